import type { z } from "zod";
import type { Finish, ModelEvent } from "#domains/llm/schema.ts";
import { jsonSchemaOf } from "#domains/llm/structured/result-schema.ts";
import { askForObject, type Completion, type Structured } from "#domains/llm/structured/structured.ts";
import type { LlmCall } from "./call.ts";
import { callModel, jsonRestorer, type Exchange } from "./pipeline.ts";

/** A call whose answer is an object of this schema. */
export interface ObjectCall<T> extends LlmCall {
  result: z.ZodType<T>;
}

/** The object, or why there is none; with the facts of the call. */
export type ObjectAnswer<T> = Structured<T> & {
  /** The call's row in the books. */
  callId: string;
  model: string;
  /** True when somebody has had the same answer before. */
  cached: boolean;
};

/**
 * Asks for an object through all the steps of callModel, as which it throws. What can't be read as one, also when the model was shown
 * what is wrong, is `ok: false`: the caller answers without a model then.
 */
export async function callForObject<T>({ result, ...call }: ObjectCall<T>): Promise<ObjectAnswer<T>> {
  let asked: Structured<T> | null = null;
  const exchange: Exchange = {
    formBytes: Buffer.byteLength(JSON.stringify(jsonSchemaOf(result))),
    scope: "object",
    async *talk(send, first) {
      asked = await askForObject({ name: call.prompt.id, result, ...first }, (request) => completed(send(request)));
      if (!asked.ok) return "unusable";
      yield JSON.stringify(asked.value);
      return "stop";
    },
    restorer: jsonRestorer,
  };
  let [text, facts] = ["", { callId: "", model: "", cached: false }];
  for await (const event of callModel(call, exchange)) {
    if (event.type === "text") text += event.text;
    else facts = { callId: event.callId, model: event.model, cached: event.cached };
  }
  return { ...read(result, text, asked), ...facts };
}

/** What was read before the placeholders were filled, read once more with them filled: of the cache it is the only reading. */
function read<T>(result: z.ZodType<T>, text: string, asked: Structured<T> | null): Structured<T> {
  if (asked && !asked.ok) return asked;
  const value = result.safeParse(text === "" ? undefined : JSON.parse(text));
  return value.success ? { ok: true, value: value.data, repaired: asked?.repaired ?? false } : { ok: false, reason: "not_in_form" };
}

async function completed(events: AsyncGenerator<ModelEvent>): Promise<Completion> {
  let [text, finish]: [string, Finish] = ["", "unknown"];
  for await (const event of events) {
    if (event.type === "text") text += event.text;
    else finish = event.finish;
  }
  return { text, finish };
}
