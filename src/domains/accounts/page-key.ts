import { z } from "zod";
import { decodeCursor } from "#lib/cursor.ts";
import { AppError } from "#lib/errors.ts";

/** Lists whose newest rows come first are sorted by their ids, which sort by time. */
export const IdKey = z.tuple([z.uuid()]);

/** The sort key inside a cursor, null without one. Throws INVALID_REQUEST for one that isn't of this list. */
export function keyOf<Key extends readonly [string, ...string[]]>(cursor: string | undefined, schema: z.ZodType<Key> & { def: { items: readonly unknown[] } }): Key | null {
  const key = decodeCursor(cursor, schema.def.items.length);
  if (key === null) return null;
  const parsed = schema.safeParse(key);
  if (parsed.success) return parsed.data;
  throw new AppError("INVALID_REQUEST", { detail: "Start the list again without a cursor.", errors: [{ path: "cursor", message: "This cursor is not one of this list" }] });
}
