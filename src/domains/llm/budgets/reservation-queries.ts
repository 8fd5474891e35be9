import { sql } from "kysely";
import { z } from "zod";
import { system } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import type { Caller } from "../ledger/caller.ts";
import { rowOf } from "../ledger/call-queries.ts";
import type { CallEntry } from "../ledger/ledger-schema.ts";
import type { ReserveRequest } from "./budget-schema.ts";

const treasurer = system("llm.budgets");

/** What a call is to be counted and held for. */
export interface RoomRequest extends Omit<ReserveRequest, "address" | "counted"> {
  caller: Caller;
  /** Hash of what its daily quota is counted by; null for what isn't counted. */
  subject: string | null;
}

/** What refuses a call: its caller's quota, or the budget that has no room. `roomLater`: what other calls hold would be enough, if it comes back. */
const Refusal = z.discriminatedUnion("by", [
  z.object({ by: z.literal("quota"), renewsInSeconds: z.number() }),
  z.object({ by: z.literal("budget"), ofTenant: z.boolean(), provider: z.string().nullable(), period: z.enum(["day", "month"]), roomLater: z.boolean(), renewsInSeconds: z.number() }),
]);
export type Refusal = z.infer<typeof Refusal>;
const Refusals = z.array(Refusal.nullable());
const Written = z.array(z.boolean());

/** Counts calls and holds the most that each can cost, in one unit of work of its own; answers for each what refuses it, which then holds nothing. */
export async function reserveRooms(requests: readonly RoomRequest[]): Promise<(Refusal | null)[]> {
  const rows = requests.map(({ caller, subject, callId, endpoint, provider, model, mostUsd, leaseMs }) => ({
    call_id: callId, tenant_id: caller.tenantId, principal_kind: caller.principalKind, principal_id: caller.principalId, subject,
    endpoint, provider, model, most_usd: mostUsd ?? "0", lease_ms: leaseMs,
  }));
  return Refusals.parse(await db.call(treasurer, "llm_reserve_all", rows));
}

/** Gives back what calls held, charges them and writes their rows, in one unit of work of its own; answers for each whether it was: not when it was settled before. */
export async function settleRooms(entries: readonly CallEntry[]): Promise<boolean[]> {
  return Written.parse(await db.call(treasurer, "llm_settle_all", entries.map(rowOf)));
}

/** Charges calls whose lease ran out the most that they could cost; answers how many. */
export async function expireReservations(tx: Tx, mostRows: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select app.llm_expire(${mostRows}::int) as n`.execute(tx);
  return rows[0]?.n ?? 0;
}
