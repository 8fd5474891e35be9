import { z } from "zod";
import { SourceFormatError } from "./source.ts";
import { numberOf, textOf } from "./text.ts";

/** A number, or one as text: "" and null stand for none. */
export const Numeric = z.union([z.number(), z.string(), z.null()]);

/** A document in JSON, checked against a schema. Throws SourceFormatError when it is something else. */
export function jsonOf<T>(bytes: Uint8Array, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(textOf(bytes));
  } catch (cause) {
    if (cause instanceof SourceFormatError) throw cause;
    throw new SourceFormatError("The document isn't JSON", { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SourceFormatError(`The document isn't what is expected at ${issue?.path.join(".") || "its root"}: ${issue?.message ?? ""}`);
}

/** The number that a Numeric is; null for none, and for what isn't there. */
export function numericOf(value: z.infer<typeof Numeric> | undefined): number | null {
  if (typeof value !== "number") return numberOf(value ?? undefined);
  if (!Number.isFinite(value)) throw new SourceFormatError(`${value} is no number`);
  return value;
}
