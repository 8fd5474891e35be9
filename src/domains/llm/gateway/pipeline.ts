import { requireConsent } from "#domains/llm/consents/consents.ts";
import { plainText, type AnswerForm, type AnswerPiece } from "./answer-form.ts";
import type { GatewayEvent, LlmCall } from "./call.ts";
import { CallRecord } from "./call-record.ts";
import { lookUp, type KeptAnswer, type LookedUp } from "./kept-answers.ts";
import { redactCall } from "./redact-call.ts";
import { startRequests } from "./requests.ts";
import { requireHarmless } from "./require-harmless.ts";
import { requireModel } from "./require-model.ts";
import { restoreAnswer, type RestoredAnswer } from "./restore-answer.ts";

/**
 * One call of a model, from its question to its row in the books, in the order of the specification: feature flag → policy and
 * consent → quota and budget → cache → redaction → provider, parse and validate → restore → settle → books, metrics and trace. Whatever
 * ends it, also the caller who stops reading, it is written down.
 *
 * Throws LLM_DISABLED, SAFETY_BLOCKED, CONSENT_REQUIRED, RATE_LIMITED, BUDGET_EXCEEDED, UPSTREAM_UNAVAILABLE, DATABASE_UNAVAILABLE (no
 * call is made that can't be booked), and the signal's reason.
 */
export async function* callModel(call: LlmCall, form: AnswerForm = plainText): AsyncGenerator<GatewayEvent, void> {
  const record = new CallRecord(call);
  let looked: LookedUp | null = null;
  let keep: Omit<KeptAnswer, "costUsd"> | null = null;
  try {
    const providers = await requireModel(call.endpoint, call.principal, call.address);
    requireHarmless(call, record);
    await requireConsent(call.datasets);
    const send = await startRequests(call, providers, record, Buffer.byteLength(form.schema));
    looked = await lookUp(call, providers, form.schema);
    const { session, input, summary } = redactCall(call, looked.kept?.tag);
    record.redactions = summary;
    const pieces = looked.kept ? given(looked.kept, record) : form.ask(send, { instructions: call.prompt.instructions, input });
    const answer = yield* restoreAnswer(pieces, form.restorer(session));
    const { finish } = answer;
    const cached = looked.kept !== null;
    record.answered(finish, cached);
    const model = record.model ?? "";
    if (!cached && isWorthKeeping(call, answer)) keep = { text: answer.redacted, tag: session.tag, model, provider: record.provider ?? "" };
    yield { type: "end", callId: record.id, model, usage: record.usage, finished: finish === "stop", cached };
  } catch (error) {
    record.failed(error);
    throw error;
  } finally {
    await record.close();
    await looked?.done(keep && { ...keep, costUsd: record.costUsd });
  }
}

/** An answer that is known: the values of its placeholders are this call's own, which stand at the same places. */
function* given({ text, provider, model, costUsd }: KeptAnswer, record: CallRecord): Generator<AnswerPiece> {
  Object.assign(record, { provider, model, savedUsd: costUsd });
  record.sawText();
  yield { type: "text", text };
  yield { type: "end", finish: "stop" };
}

function isWorthKeeping({ worthKeeping }: LlmCall, { text, finish }: RestoredAnswer): boolean {
  return finish === "stop" && text.trim() !== "" && (worthKeeping?.(text) ?? true);
}
