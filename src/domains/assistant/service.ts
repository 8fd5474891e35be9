import { randomBytes } from "node:crypto";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { system, tenantOf, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { log } from "#platform/observability/log.ts";
import { annotate, requestContext } from "#platform/observability/request-context.ts";
import { retrieve } from "#domains/knowledge/server.ts";
import type { Retrieval } from "#domains/knowledge/index.ts";
import { configuredModel } from "#domains/llm/server.ts";
import { abstain, fallsShort, quote, write, type Draft } from "./answers.ts";
import * as queries from "./queries.ts";
import type { Answer, AnswerFeedbackRequest, AskEvent, AskRequest, AskResponse } from "./schema.ts";

const passagesPerQuestion = 6;
/** How long answers are kept for feedback. */
export const answerRetentionDays = 90;

/**
 * Answers one question, or up to twenty, from what the principal may read: all are retrieved in one statement, then
 * answered in their order. Yields a `retrieval` and an `answer` for each, `token`s while a model writes, then `done`.
 * Throws DATABASE_UNAVAILABLE, or UPSTREAM_UNAVAILABLE when the model fails before its first word.
 */
export async function* ask(principal: Principal, request: AskRequest, signal: AbortSignal): AsyncGenerator<AskEvent> {
  const questions = "questions" in request ? request.questions : [request.question];
  const started = performance.now();
  const { searched, retrievals } = await retrieve(principal, questions, { limit: passagesPerQuestion });
  const modes: string[] = [];
  for (const [index, retrieval] of retrievals.entries()) {
    const from = index === 0 ? started : performance.now();
    yield { event: "retrieval", data: { index, passages: retrieval.passages.length, searched } };
    const writing = answerOne(principal, retrieval, signal);
    let step = await writing.next();
    for (; !step.done; step = await writing.next()) yield { event: "token", data: { index, text: step.value } };
    const answer: Answer = {
      id: newId(),
      question: retrieval.question,
      ...step.value,
      passagesSearched: searched,
      traceId: requestContext()?.traceId ?? randomBytes(16).toString("hex"),
      cached: false,
      durationMs: Math.round((performance.now() - from) * 10) / 10,
    };
    await keep(principal, answer);
    modes.push(answer.mode);
    yield { event: "answer", data: { index, answer } };
  }
  annotate({ questions: questions.length, modes: modes.join(",") });
  yield { event: "done", data: { answers: retrievals.length } };
}

async function* answerOne(principal: Principal, retrieval: Retrieval, signal: AbortSignal): AsyncGenerator<string, Draft> {
  if (fallsShort(retrieval)) return abstain(retrieval);
  if (configuredModel() === null) return quote(principal, retrieval);
  return yield* write(retrieval, signal);
}

/** An answer is worth more than its record: when keeping it fails, it is still given. */
async function keep(principal: Principal, answer: Answer): Promise<void> {
  try {
    await db.as(principal, (tx) => queries.insertAnswer(tx, tenantOf(principal), answer));
  } catch (error) {
    log().warn({ err: error, answerId: answer.id }, "answer not kept");
  }
}

/** All events of an `ask` as one response. */
export function collectAnswers(request: AskRequest, events: AskEvent[]): AskResponse {
  const answers = events.flatMap((event) => (event.event === "answer" ? [event.data.answer] : []));
  const [first] = answers;
  if (!first) throw new Error("ask gave no answer");
  return "questions" in request ? { answers } : first;
}

/** Stores whether an answer helped. Throws NOT_FOUND when there is no such answer of the principal's. */
export async function leaveAnswerFeedback(principal: Principal, feedback: AnswerFeedbackRequest): Promise<void> {
  if (await db.as(principal, (tx) => queries.insertFeedback(tx, feedback))) return;
  throw new AppError("NOT_FOUND", { detail: "There is no such answer. It may have been deleted after its retention." });
}

/** Deletes answers that are past their retention; answers how many. */
export function purgeAnswers(): Promise<number> {
  return db.as(system("assistant.purge"), (tx) => queries.deleteAnswersOlderThan(tx, answerRetentionDays));
}
