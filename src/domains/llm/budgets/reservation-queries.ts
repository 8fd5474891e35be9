import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { Caller } from "../ledger/caller.ts";
import type { ReserveRequest } from "./budget-schema.ts";

/** The budget that had no room. `roomLater`: what other calls hold would be enough, if it comes back. */
const Refusal = z.object({
  budgetId: z.uuid(), ofTenant: z.boolean(), provider: z.string().nullable(), period: z.enum(["day", "month"]), roomLater: z.boolean(), renewsInSeconds: z.number(),
});
export type Refusal = z.infer<typeof Refusal>;

/** Holds the most that a call can cost; answers the budget that refuses, whereupon the unit of work must be rolled back. */
export async function reserveRoom(tx: Tx, caller: Caller, { callId, endpoint, provider, model, mostUsd, leaseMs }: ReserveRequest): Promise<Refusal | null> {
  const { rows } = await sql<{ refusal: unknown }>`
    select app.llm_reserve(${callId}::uuid, ${caller.tenantId}::uuid, ${caller.principalKind}, ${caller.principalId}, ${endpoint}, ${provider}, ${model},
      ${mostUsd ?? "0"}::numeric, ${leaseMs}::int) as refusal`.execute(tx);
  return Refusal.nullable().parse(rows[0]?.refusal ?? null);
}

/** Gives back what a call held and charges it. Answers whether its row is to be written: false when it was settled before. */
export async function settleRoom(tx: Tx, callId: string, chargedUsd: string, provider: string): Promise<boolean> {
  const { rows } = await sql<{ settled: boolean }>`select app.llm_settle(${callId}::uuid, ${chargedUsd}::numeric, ${provider}) as settled`.execute(tx);
  return rows[0]?.settled ?? false;
}

/** Charges calls whose lease ran out the most that they could cost; answers how many. */
export async function expireReservations(tx: Tx, mostRows: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select app.llm_expire(${mostRows}::int) as n`.execute(tx);
  return rows[0]?.n ?? 0;
}
