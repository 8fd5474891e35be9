import { pageOf } from "#lib/cursor.ts";
import { AppError } from "#lib/errors.ts";
import type { Admin } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import * as queries from "./admin-call-queries.ts";
import type { AdminCallList, CallDetail, CallListQuery, Spend, SpendQuery } from "./ledger-schema.ts";
import { readSpend } from "./spend-queries.ts";

const dayMs = 24 * 3_600_000;

/** Model calls of everybody, newest first. */
export async function listModelCalls(admin: Admin, query: CallListQuery): Promise<AdminCallList> {
  const [before = null] = query.cursor ?? [];
  const rows = await db.as(admin, (tx) => queries.listCalls(tx, query, { before, limit: query.limit + 1 }));
  return pageOf(rows, query.limit, ({ id }) => [id]);
}

/** One call with what was said of it. Throws NOT_FOUND. */
export async function getModelCall(admin: Admin, id: string): Promise<CallDetail> {
  const call = await db.as(admin, (tx) => queries.findCall(tx, id));
  if (!call) throw new AppError("NOT_FOUND", { detail: "The ledger has no such call. It may be too old to be kept." });
  return call;
}

/** What calls of a span of UTC days cost. */
export async function readModelSpend(admin: Admin, { from, to }: SpendQuery): Promise<Spend> {
  const last = to ?? dayOf(from === undefined ? Date.now() : Math.min(Date.now(), Date.parse(from) + 366 * dayMs));
  const first = from ?? dayOf(Date.parse(last) - 29 * dayMs);
  return db.as(admin, (tx) => readSpend(tx, first, last < first ? first : last));
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
