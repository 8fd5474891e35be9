import type { AppError } from "#lib/errors.ts";
import { system, tenantOf, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { unknownAddress } from "#platform/http/client-address.ts";
import { log } from "#platform/observability/log.ts";
import { annotate } from "#platform/observability/request-context.ts";
import { langfuse, tieline } from "#platform/observability/gen-ai-attributes.ts";
import { startSpan, within, type TraceSpan } from "#platform/observability/tracing.ts";
import { refuseHarm, writerFor } from "#domains/llm/server.ts";
import { AnswerWriter, type Made } from "./answer-writer.ts";
import { distinct, lookUp, type Asked, type LookUp } from "./look-up.ts";
import { merge } from "./merge.ts";
import { answerPrompt } from "./prompt.ts";
import * as queries from "./queries.ts";
import type { Answer, AnswerFailure, AskEvent, AskRequest, AskResponse } from "./schema.ts";

/** Answers of a request that a model writes side by side. */
const parallelAnswers = 4;
/** How long answers are kept for feedback. */
export const answerRetentionDays = 90;

/**
 * Answers one question, or up to twenty, from what the principal may read and the request's scope allows. All are looked
 * up in one statement; equal questions are answered once. Yields a `retrieval` for each, then an `answer` for each that
 * needs no model, at once; then the others, four at a time: `token`s while a model writes (for the first of equal
 * questions), and each `answer` as soon as it is finished; `done` at the end. In a batch, an answer that fails is a
 * `failure` and the rest goes on.
 * The client's `address` is who asks where nobody is signed in, for a flag that is on for a share of people.
 * A question that asks for harm is answered neither from the sources nor by a model. Throws DATABASE_UNAVAILABLE; for a single
 * question SAFETY_BLOCKED, and what the gateway throws, UPSTREAM_UNAVAILABLE when the model fails before its first citation among it.
 */
export async function* ask(principal: Principal, request: AskRequest, signal: AbortSignal, address = unknownAddress): AsyncGenerator<AskEvent, void> {
  const span = startSpan("ask", { [langfuse.type]: "chain" });
  try {
    yield* answer({ principal, signal, address, span }, request);
  } catch (error) {
    span.failed(error);
    throw error;
  } finally {
    span.end();
  }
}

interface Asker {
  principal: Principal;
  signal: AbortSignal;
  address: string;
  span: TraceSpan;
}

async function* answer(asker: Asker, request: AskRequest): AsyncGenerator<AskEvent, void> {
  const { principal, signal, address, span } = asker;
  const batch = "questions" in request;
  const all = distinct(batch ? request.questions : [request.question]);
  const refused = await harmful(asker, all);
  const [first] = refused.values();
  if (first && !batch) throw first;
  const asked = all.filter((one) => !refused.has(one));
  const model = await writerFor("ask", principal, address);
  const writer = new AnswerWriter();
  const found = await traced(span, () => lookUp(principal, asked, request.scope, model, signal));
  const tally = { answers: 0, failures: 0, cached: 0, modes: new Set<string>() };
  const answered = async function* (made: Made[]): AsyncGenerator<AskEvent, void> {
    const answers = made.flatMap(({ looked, draft, reused, cached }) => writer.answersOf(looked, draft, { ...found, reused, cached }));
    await keep(principal, answers.map(({ answer }) => answer));
    for (const event of answers) {
      tally.answers += 1;
      tally.cached += Number(event.answer.cached);
      tally.modes.add(event.answer.mode);
      yield { event: "answer", data: event };
    }
  };

  for (const [one, error] of refused) {
    for (const data of writer.failures(one, error)) {
      tally.failures += 1;
      yield { event: "failure", data };
    }
  }
  for (const data of writer.retrievals(found)) yield { event: "retrieval", data };
  const { ready, open } = writer.answerable(found.questions, model);
  if (ready.length > 0) yield* answered(ready);
  const writing = open.map((one) => async function* (stop: AbortSignal): AsyncGenerator<AskEvent, void> {
    const both = AbortSignal.any([signal, stop]);
    try {
      const made = yield* writer.write(one, { principal, address, span, signal: both });
      yield* answered([made]);
    } catch (error) {
      if (!batch || both.aborted) throw error;
      for (const data of writer.failures(one, error)) {
        tally.failures += 1;
        yield { event: "failure", data };
      }
    }
  });
  yield* merge(writing, parallelAnswers);
  const { answers, failures, cached, modes } = tally;
  annotate({ questions: answers + failures, modes: [...modes].sort().join(","), cached, failures });
  yield { event: "done", data: { answers, failures, statements: found.statements } };
}

/** The questions that ask for harm, each with its refusal, which is in the books. What was asked before in the same request counts for a plan. */
async function harmful({ principal, signal, address, span }: Asker, asked: Asked[]): Promise<Map<Asked, AppError>> {
  const refused = new Map<Asked, AppError>();
  for (const [place, one] of asked.entries()) {
    const earlier = asked.slice(0, place).map(({ question }) => question);
    const refusal = await refuseHarm({ endpoint: "ask", prompt: answerPrompt, principal, signal, address, span, question: one.question, earlier });
    if (refusal) refused.set(one, refusal);
  }
  return refused;
}

/** The search as a piece of the trace. */
async function traced(span: TraceSpan, search: () => Promise<LookUp>): Promise<LookUp> {
  const piece = span.child("retrieval", { [langfuse.type]: "retriever" });
  return within(piece, async () => {
    const found = await search();
    const passages = found.questions.reduce((sum, one) => sum + ("known" in one ? one.known.passages : one.retrieval.passages.length), 0);
    piece.set({ [tieline.questions]: found.questions.length, [tieline.passages]: passages, [tieline.searched]: found.searched, [tieline.retrievalMode]: found.mode, [tieline.statements]: found.statements });
    return found;
  });
}

/** An answer is worth more than its record: when keeping it fails, it is still given. */
async function keep(principal: Principal, answers: Answer[]): Promise<void> {
  try {
    await db.as(principal, (tx) => queries.insertAnswers(tx, tenantOf(principal), answers));
  } catch (error) {
    log().warn({ err: error, answerIds: answers.map(({ id }) => id) }, "answers not kept");
  }
}

/** All events of an `ask` as one response, in the order of the questions. */
export function collectAnswers(request: AskRequest, events: AskEvent[]): AskResponse {
  const answers: (Answer | AnswerFailure)[] = [];
  for (const { event, data } of events) {
    if (event === "answer") answers[data.index] = data.answer;
    if (event === "failure") answers[data.index] = { question: data.question, error: { code: data.code, title: data.title, detail: data.detail } };
  }
  const [first] = answers;
  if ("questions" in request) return { answers };
  if (!first || "error" in first) throw new Error("ask gave no answer");
  return first;
}

/** Deletes answers that are past their retention; answers how many. */
export function purgeAnswers(): Promise<number> {
  return db.as(system("assistant.purge"), (tx) => queries.deleteAnswersOlderThan(tx, answerRetentionDays));
}

/** How many answers are kept of each of these organisations; those without any are left out. */
export function countAnswersOf(principal: Principal, tenantIds: string[]): Promise<Map<string, number>> {
  return db.as(principal, (tx) => queries.countAnswers(tx, tenantIds));
}
