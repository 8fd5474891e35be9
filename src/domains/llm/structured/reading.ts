import type { z } from "zod";
import type { Finish } from "#domains/llm/schema.ts";

/** Why there is no object: the model was unwilling, was cut off, called a tool, wrote something else, or not what was asked for. */
export type Unreadable = "refused" | "cut_off" | "tool_call" | "not_json" | "not_in_form";

export type Reading<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      reason: Unreadable;
      /** What is wrong, in words that the model can act on. */
      errors: string[];
    };

const mostErrors = 10;
const fence = /^```(?:json)?[ \t]*\r?\n([\s\S]*?)\r?\n?```$/i;

/**
 * What a model has written, as the object that was asked for. The whole text has to be one JSON object, alone or in one code
 * fence: an object among words, or a part of one, isn't read.
 */
export function readObject<T>(result: z.ZodType<T>, { text, finish }: { text: string; finish: Finish }): Reading<T> {
  if (finish === "refusal") return { ok: false, reason: "refused", errors: ["You refused to answer."] };
  const trimmed = text.trim();
  const parsed = parse(fence.exec(trimmed)?.[1] ?? trimmed);
  if (parsed !== undefined) return checked(result, parsed.value);
  if (finish === "length") return { ok: false, reason: "cut_off", errors: ["The answer was cut off at its limit of tokens. Give a shorter one."] };
  if (finish === "tool_calls") return { ok: false, reason: "tool_call", errors: ["There is no tool to call."] };
  return { ok: false, reason: "not_json", errors: ["The answer isn't one JSON object."] };
}

function checked<T>(result: z.ZodType<T>, value: unknown): Reading<T> {
  const read = result.safeParse(value);
  if (read.success) return { ok: true, value: read.data };
  const errors = read.error.issues.slice(0, mostErrors).map(({ path, message }) => `${path.map(String).join(".") || "the whole"}: ${message}`);
  return { ok: false, reason: "not_in_form", errors };
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
