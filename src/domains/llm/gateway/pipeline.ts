import { z } from "zod";
import { langfuse, tieline } from "#platform/observability/gen-ai-attributes.ts";
import { restore } from "#platform/security/redaction/redact.ts";
import { createRestorer } from "#platform/security/redaction/restorer.ts";
import type { RedactionSession } from "#platform/security/redaction/session.ts";
import { requireConsent } from "#domains/llm/consents/consents.ts";
import type { Finish, ModelEvent, ModelRequest, Provider } from "#domains/llm/schema.ts";
import { askProviders } from "./ask-providers.ts";
import type { GatewayEvent, LlmCall } from "./call.ts";
import { CallRecord } from "./call-record.ts";
import { holdRoom } from "./hold-room.ts";
import { lookUp, type KeptAnswer } from "./kept-answers.ts";
import { redactCall } from "./redact-call.ts";
import { harmIn } from "./require-harmless.ts";
import { requireModel, type Providers } from "./require-model.ts";

const JsonValue = z.json();

/** Sends one request of the call to its models; what goes out and comes back is redacted. */
export type Send = (request: Pick<ModelRequest, "instructions" | "input" | "jsonSchema">) => AsyncGenerator<ModelEvent>;

/** How an answer is got from the models and read. Plain text unless given. */
export interface Exchange {
  /** Bytes of the form that the answer is to have. */
  formBytes: number;
  /** What parts answers of one form from those of another in the cache. */
  scope: string;
  /** Yields pieces of the answer and returns how it ended; "unusable" for one that can't be read as what was asked for. */
  talk(send: Send, first: Pick<ModelRequest, "instructions" | "input">): AsyncGenerator<string, Finish | "unusable">;
  /** Makes pieces readable again. */
  restorer(session: RedactionSession): { push(piece: string): string; end(): string };
}

const plainText: Exchange = {
  formBytes: 0,
  scope: "text",
  async *talk(send, first) {
    let finish: Finish = "unknown";
    for await (const event of send(first)) {
      if (event.type === "text") yield event.text;
      else finish = event.finish;
    }
    return finish;
  },
  restorer: createRestorer,
};

/** Restores a JSON document once it is whole: values may hold what JSON has to escape. */
export function jsonRestorer(session: RedactionSession): { push(piece: string): string; end(): string } {
  let text = "";
  return { push: (piece) => ((text += piece), ""), end: () => (text === "" ? "" : JSON.stringify(restore(JsonValue.parse(JSON.parse(text)), session))) };
}

/**
 * One call of a model, from its question to its row in the books, in the order of the specification: feature flag → policy and
 * consent → quota → budget → cache → redaction → provider → parse and validate → restore → settle → books, metrics and trace. Whatever
 * ends it, also the caller who stops reading, it is written down; a request that gave nothing to use, because its model failed or
 * answered in another form, is a row of its own, and room is held anew for the next.
 *
 * Throws LLM_DISABLED, SAFETY_BLOCKED, CONSENT_REQUIRED, RATE_LIMITED, BUDGET_EXCEEDED, UPSTREAM_UNAVAILABLE, DATABASE_UNAVAILABLE (no
 * call is made that can't be booked), and the signal's reason.
 */
export async function* callModel(call: LlmCall, exchange: Exchange = plainText): AsyncGenerator<GatewayEvent, void> {
  const record = new CallRecord(call);
  let looked: Awaited<ReturnType<typeof lookUp>> | null = null;
  let keep: Omit<KeptAnswer, "costUsd"> | null = null;
  let ended = false;
  try {
    const providers = await requireModel(call.endpoint, call.principal, call.address);
    requireHarmless(call, record);
    await requireConsent(call.datasets);
    const hold = async (at: Providers, repairs: boolean): Promise<Providers> => {
      const room = await holdRoom(record.id, call, at, { formBytes: exchange.formBytes, repairs });
      record.reservation = room.reservation;
      return room.providers;
    };
    let willing = await hold(providers, false);
    looked = await lookUp(call, providers, exchange.scope);
    if (looked.kept) {
      yield* given(looked.kept, call, exchange, record);
      ended = true;
      return;
    }
    const { session, input, summary } = redactCall(call);
    record.redactions = summary;
    const restorer = exchange.restorer(session);
    let requests = 0;
    const told = {
      record, promptId: call.prompt.id, promptVersion: call.prompt.version,
      fallBack: async (next: Provider) => {
        await record.requestFailed("UPSTREAM_UNAVAILABLE");
        await hold([next], requests > 1);
      },
    };
    const send: Send = async function* (request) {
      requests += 1;
      if (requests > 1) {
        await record.requestFailed("UNUSABLE_ANSWER");
        willing = await hold(providers, true);
      }
      yield* askProviders(willing, { ...request, maxOutputTokens: call.maxOutputTokens, signal: call.signal }, told);
    };
    let [raw, shown] = ["", ""];
    const talking = exchange.talk(send, { instructions: call.prompt.instructions, input });
    let finish: Finish | "unusable" = "unknown";
    try {
      for (let step = await talking.next(); ; step = await talking.next()) {
        if (step.done) {
          finish = step.value;
          break;
        }
        raw += step.value;
        const text = restorer.push(step.value);
        shown += text;
        if (text !== "") yield { type: "text", text };
      }
    } finally {
      await talking.return("unknown");
    }
    const rest = restorer.end();
    shown += rest;
    if (rest !== "") yield { type: "text", text: rest };
    record.outcome = finish === "unusable" ? "failed" : "ok";
    record.errorCode = finish === "unusable" ? "UNUSABLE_ANSWER" : null;
    ended = true;
    const { model, provider } = record;
    if (finish === "stop" && shown.trim() !== "" && (call.worthKeeping?.(shown) ?? true)) keep = { text: raw, tag: session.tag, model: model ?? "", provider: provider ?? "" };
    yield { type: "end", callId: record.id, model: model ?? "", usage: record.usage, finished: finish === "stop", cached: false };
  } catch (error) {
    ended = true;
    record.failed(error);
    throw error;
  } finally {
    if (!ended) record.outcome = "aborted";
    await record.close();
    if (looked?.kept === null) await looked.done(keep && { ...keep, costUsd: record.costUsd });
  }
}

/** Step 2: throws SAFETY_BLOCKED, noted with its category. */
function requireHarmless({ question, earlier }: LlmCall, record: CallRecord): void {
  if (question === undefined) return;
  const span = record.span.child("policy", { [langfuse.type]: "guardrail" });
  const refusal = harmIn(question, earlier);
  span.set({ [tieline.outcome]: refusal ? "blocked" : "allowed", [tieline.policyCategory]: refusal?.category });
  span.end();
  if (!refusal) return;
  record.policyCategory = refusal.category;
  throw refusal.error;
}

/** An answer that is known: its values are this call's own, which stand at the same places. */
async function* given(kept: KeptAnswer, call: LlmCall, exchange: Exchange, record: CallRecord): AsyncGenerator<GatewayEvent> {
  const { session, summary } = redactCall(call, kept.tag);
  Object.assign(record, { redactions: summary, outcome: "cached", provider: kept.provider, model: kept.model, savedUsd: kept.costUsd });
  const restorer = exchange.restorer(session);
  const text = restorer.push(kept.text) + restorer.end();
  record.sawText();
  yield { type: "text", text };
  yield { type: "end", callId: record.id, model: kept.model, usage: null, finished: true, cached: true };
}
