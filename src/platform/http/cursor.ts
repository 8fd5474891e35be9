import { z } from "zod";
import { findUnstorable } from "#lib/storable-text.ts";

/** A query parameter that holds a cursor of lib/cursor.ts whose key has these parts. What isn't one is refused as the client's mistake. */
export function cursorOf<Parts extends [z.ZodType<unknown, string>, ...z.ZodType<unknown, string>[]]>(parts: Parts) {
  const Key = z.tuple(parts);
  return z
    .string()
    .max(1_000)
    .transform((text, context) => {
      const key = Key.safeParse(parsed(Buffer.from(text, "base64url").toString()));
      if (key.success && findUnstorable(key.data) === null) return key.data;
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
