import type { z } from "zod";
import type { Finish, JsonSchema } from "#domains/llm/schema.ts";
import { readObject, type Unreadable } from "./reading.ts";
import { jsonSchemaOf } from "./result-schema.ts";

/** The object that was asked for, or why there is none: the caller answers without a model then. */
export type Structured<T> = { ok: true; value: T; repaired: boolean } | { ok: false; reason: Unreadable };

/** What a model is asked, and a schema that its answer is to have. */
export interface ObjectRequest {
  instructions: string;
  input: string;
  jsonSchema: { name: string; schema: JsonSchema };
}

export interface Completion {
  text: string;
  finish: Finish;
}

/** Characters of an answer that the model is shown again: room for it is held before the first request. */
const longestShown = 6_000;

/**
 * Asks for an object. An answer that isn't it is shown to the model once, with what is wrong; what is wrong again, or refused, is
 * told as such. `name` is letters, digits, _ and -. Throws what `complete` throws.
 */
export async function askForObject<T>(
  { name, result, instructions, input }: { name: string; result: z.ZodType<T>; instructions: string; input: string },
  complete: (request: ObjectRequest) => Promise<Completion>,
): Promise<Structured<T>> {
  const jsonSchema = { name, schema: jsonSchemaOf(result) };
  const first = await complete({ instructions, input, jsonSchema });
  const reading = readObject(result, first);
  if (reading.ok) return { ok: true, value: reading.value, repaired: false };
  if (reading.reason === "refused") return { ok: false, reason: reading.reason };
  const again = readObject(result, await complete(repairOf({ instructions, input, jsonSchema }, first.text, reading.errors)));
  return again.ok ? { ok: true, value: again.value, repaired: true } : { ok: false, reason: again.reason };
}

/** The same request with the answer that it got: as data beside the first input, so that its text stays data. */
function repairOf({ instructions, input, jsonSchema }: ObjectRequest, answer: string, errors: string[]): ObjectRequest {
  return {
    instructions: `${instructions}

You have answered this request before, and the answer can't be used. The input now holds the request, your answer and what is wrong
with it. Give the answer anew, as one JSON object of this schema and nothing else:
${JSON.stringify(jsonSchema.schema)}`,
    input: JSON.stringify({ request: input, answer: answer.slice(0, longestShown), errors }),
    jsonSchema,
  };
}
