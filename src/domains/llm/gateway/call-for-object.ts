import { z } from "zod";
import { restore } from "#platform/security/redaction/redact.ts";
import type { Restorer } from "#platform/security/redaction/restorer.ts";
import type { RedactionSession } from "#platform/security/redaction/session.ts";
import type { Finish, ModelEvent } from "#domains/llm/schema.ts";
import { jsonSchemaOf } from "#domains/llm/structured/result-schema.ts";
import { askForObject, type Completion, type Structured } from "#domains/llm/structured/structured.ts";
import type { AnswerForm } from "./answer-form.ts";
import type { LlmCall } from "./call.ts";
import { callModel } from "./pipeline.ts";

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
  const form: AnswerForm = {
    schema: JSON.stringify(jsonSchemaOf(result)),
    async *ask(send, first) {
      asked = await askForObject({ name: call.prompt.id, result, ...first }, (request) => completed(send(request)));
      if (asked.ok) yield { type: "text", text: JSON.stringify(asked.value) };
      yield { type: "end", finish: asked.ok ? "stop" : "unusable" };
    },
    restorer: jsonRestorer,
  };
  let [text, facts] = ["", { callId: "", model: "", cached: false }];
  for await (const event of callModel(call, form)) {
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

const JsonValue = z.json();

/** Restores a JSON document once it is whole: values may hold what JSON has to escape. */
function jsonRestorer(session: RedactionSession): Restorer {
  let text = "";
  return { push: (piece) => ((text += piece), ""), end: () => (text === "" ? "" : JSON.stringify(restore(JsonValue.parse(JSON.parse(text)), session))) };
}
