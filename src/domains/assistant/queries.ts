import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { Answer, AnswerFeedbackRequest } from "./schema.ts";

/** Keeps answers in one statement, so that feedback can be tied to them. */
export async function insertAnswers(tx: Tx, tenantId: string | null, answers: Answer[]): Promise<void> {
  if (answers.length === 0) return;
  await tx
    .insertInto("app.answers")
    .values(
      answers.map((answer) => ({
        id: answer.id,
        tenant_id: tenantId,
        question: answer.question,
        answer: answer.answer,
        mode: answer.mode,
        partial: answer.partial,
        citations: sql<string>`${JSON.stringify(answer.citations.map(({ n, url, quotes }) => ({ n, url, quotes })))}::jsonb`,
        model: answer.model,
        input_tokens: answer.usage?.inputTokens ?? null,
        output_tokens: answer.usage?.outputTokens ?? null,
        call_id: answer.callId,
        trace_id: answer.traceId,
        duration_ms: Math.round(answer.durationMs),
      })),
    )
    .execute();
}

/** Stores feedback on one of the caller's answers and answers which model call that is from; null when there is no such answer. */
export async function insertFeedback(tx: Tx, { answerId, helpful, comment }: AnswerFeedbackRequest): Promise<Pick<Answer, "callId"> | null> {
  const { rows } = await sql<Pick<Answer, "callId">>`
    select app.give_answer_feedback(${answerId}::uuid, ${helpful}, ${comment ?? null}) as "callId"`.execute(tx);
  return rows[0] ?? null;
}

/** Deletes answers older than `days`, feedback included; answers how many. */
export async function deleteAnswersOlderThan(tx: Tx, days: number): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom("app.answers")
    .where("created_at", "<", sql<Date>`now() - ${days} * interval '1 day'`)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** How many kept answers each of these organisations has; those without any are left out. */
export async function countAnswers(tx: Tx, tenantIds: string[]): Promise<Map<string, number>> {
  if (tenantIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("app.answers").select((select) => ["tenant_id", select.fn.countAll<number>().as("count")]).where("tenant_id", "in", tenantIds).groupBy("tenant_id").execute();
  return new Map(rows.map(({ tenant_id, count }) => [tenant_id ?? "", count]));
}
