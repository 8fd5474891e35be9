import { sql, type Transaction } from "kysely";
import { escapeLiteral } from "pg";
import type { Principal } from "#platform/auth/principal.ts";
import { claimsOf } from "./claims.ts";
import { database } from "./database.ts";
import { databaseError } from "./errors.ts";
import type { Schema } from "./schema.ts";
import { countStatement, countUnitOfWork } from "#platform/observability/statements.ts";

export type Tx = Transaction<Schema>;

const limits = { statement_timeout: "15000" };

/**
 * Runs `work` as one transaction with the principal's role and claims set for this transaction only, so that row
 * security decides what it sees. Commits when `work` returns, rolls back when it throws. Keep it short: never await a
 * model, the network or a reader inside. `settings` are Postgres's, by name, for this transaction; they cost no statement
 * of their own, and one of an extension that isn't loaded yet waits for it.
 *
 * Throws what `work` throws; AppError DATABASE_UNAVAILABLE when the server can't be reached.
 */
async function as<T>(principal: Principal, work: (tx: Tx) => Promise<T>, settings: Record<string, string> = {}): Promise<T> {
  try {
    const { kysely } = await database();
    countUnitOfWork();
    return await kysely.transaction().execute(async (tx) => {
      await sql.raw(enter(principal, settings)).execute(tx);
      return work(tx);
    });
  } catch (error) {
    throw databaseError(error);
  }
}

/**
 * Runs several ready-made statements as one unit of work; answers the rows of all. For machinery that brings its own
 * SQL (the queue); parameters have no place here.
 */
async function script(principal: Principal, statements: string): Promise<Record<string, unknown>[]> {
  try {
    const { script: run } = await database();
    countUnitOfWork();
    const { role, claims } = claimsOf(principal);
    return await run(`${setLocal({ ...limits, "request.jwt.claims": JSON.stringify(claims), role })};\n${statements}`);
  } catch (error) {
    throw databaseError(error);
  }
}

/**
 * Calls one function of schema app that takes JSON and answers JSON, as a unit of work of its own: one message to the server, from the
 * beginning to the commit. Numbers that must stay exact go and come as text. Throws what the function raises; DATABASE_UNAVAILABLE as `as`.
 */
async function call(principal: Principal, name: string, value: unknown): Promise<unknown> {
  if (!/^[a-z][a-z_]*$/.test(name)) throw new Error(`${name} is no function's name`);
  countStatement();
  const rows = await script(principal, `select app.${name}(${escapeLiteral(JSON.stringify(value))}::jsonb) as result`);
  return rows.at(-1)?.["result"];
}

/** Statements, without parameters so that they are one message, that make a transaction the principal's until it ends. */
function enter(principal: Principal, settings: Record<string, string>): string {
  const { role, claims } = claimsOf(principal);
  // Claims differ from caller to caller: in a SELECT, pg_stat_statements counts them as one statement. The role, which may do less, comes last.
  return [setLocal({ ...settings, ...limits }), `select set_config('request.jwt.claims', ${escapeLiteral(JSON.stringify(claims))}, true)`, setLocal({ role })].join("; ");
}

function setLocal(settings: Record<string, string>): string {
  return Object.entries(settings).map(([name, value]) => `set local ${name} = ${escapeLiteral(value)}`).join("; ");
}

/** The one way to the data. */
export const db = { as, call, script };
