import { z } from "zod";

/** A place in a list that is read in pages: the sort key of the row before it, opaque to clients. */
export function toCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** A query parameter that holds a cursor whose key has these parts. What isn't one is refused as the client's mistake. */
export function cursorOf<Parts extends [z.ZodType<unknown, string>, ...z.ZodType<unknown, string>[]]>(parts: Parts) {
  const Key = z.tuple(parts);
  return z
    .string()
    .max(1_000)
    .transform((text, context) => {
      const key = Key.safeParse(parsed(Buffer.from(text, "base64url").toString()));
      if (key.success) return key.data;
      context.addIssue({ code: "custom", message: "This isn't a place in this list. Begin without a cursor." });
      return z.NEVER;
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A page of the rows that were read, where one more than `limit` was asked for: that one only says that there is more.
 * `keyOf` gives a row's sort key.
 */
export function pageOf<Row>(rows: Row[], limit: number, keyOf: (row: Row) => readonly string[]): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? toCursor(keyOf(last)) : null };
}
