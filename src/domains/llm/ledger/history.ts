import { pageOf } from "#lib/cursor.ts";
import type { Member, User } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { listCallsOf } from "./call-queries.ts";
import { type CallHistory, type CallHistoryQuery, OwnCall } from "./ledger-schema.ts";

/** A person's own calls, newest first: those made in the organisation they work in, else those made outside of any. */
export async function listOwnCalls(principal: User | Member, { endpoint, cursor, limit }: CallHistoryQuery): Promise<CallHistory> {
  const [before = null] = cursor ?? [];
  const calls = await db.as(principal, (tx) => listCallsOf(tx, { kind: principal.kind, id: principal.userId }, { endpoint, before, limit: limit + 1 }));
  return pageOf(calls.map((call) => OwnCall.parse(call)), limit, ({ id }) => [id]);
}
