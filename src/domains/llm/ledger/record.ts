import { system } from "#platform/auth/principal.ts";
import { errorCodeOf } from "#platform/db/errors.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { ensureMonth, insertCall } from "./call-queries.ts";
import type { CallEntry } from "./ledger-schema.ts";

const writer = system("llm.ledger");

/** The time within a UUIDv7. */
export function timeOf(id: string): Date {
  return new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));
}

/** Writes down a call that needed no reservation: blocked, limited, over budget, or answered by the cache. */
export async function recordCall(entry: CallEntry): Promise<void> {
  await withMonths([entry.id], () => db.as(writer, (tx) => insertCall(tx, entry)));
  countCall(entry);
}

/** For the metric of the ledger's rows. */
export function countCall({ endpoint, outcome }: Pick<CallEntry, "endpoint" | "outcome">): void {
  metrics().llmCalls.inc({ endpoint, outcome });
}

/** Does what adds the rows of these calls. Their month's partition is there, but for the first calls of a month that no job made it for. */
export async function withMonths<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isWithoutMonth(error)) throw error;
    const months = new Map(ids.map((id) => [timeOf(id).toISOString().slice(0, 7), timeOf(id)]));
    await db.as(writer, async (tx) => {
      for (const at of months.values()) await ensureMonth(tx, at);
    });
    return work();
  }
}

function isWithoutMonth(error: unknown): boolean {
  return errorCodeOf(error) === "23514" && error instanceof Error && /no partition of relation/.test(error.message);
}
