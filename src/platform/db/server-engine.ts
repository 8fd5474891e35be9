import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Database } from "./engine.ts";
import { restingRole } from "./roles.ts";
import type { Schema } from "./schema.ts";
import { valueParsers } from "./value-types.ts";
import { countQuery } from "#platform/observability/statements.ts";

const connectTimeoutMs = 5_000;

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format): ((text: string) => unknown) =>
    valueParsers[oid] ?? (pg.types.getTypeParser(oid, format ?? "text") as (text: string) => unknown),
};

/** Settings of a connection to `url`; several options at once are joined by spaces, as libpq reads them. */
export function connectionSettings(url: string, options?: string): pg.ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: "tieline",
    types,
    ...(options === undefined ? {} : { options }),
  };
}

/**
 * True when the server lets a connection start in the resting role. A pooler in transaction mode doesn't: there the
 * login itself must be the resting one for the database to enforce it (README, Going to Supabase).
 */
async function canRest(url: string): Promise<boolean> {
  const client = new pg.Client(connectionSettings(url, `-c role=${restingRole}`));
  try {
    await client.connect();
    const { rows } = await client.query<{ role: string }>("select current_user as role");
    return rows[0]?.role === restingRole;
  } catch (error) {
    if (error instanceof pg.DatabaseError && /^(08P01|22023|42704)$/.test(error.code ?? "")) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Opens a pool on any Postgres with pgvector, Supavisor's or PgBouncer's transaction mode included: no named prepared
 * statements, and no session state but the resting role where the server takes it at connection.
 * Throws when the server can't be reached.
 */
export async function openServer({ url, poolMax }: { url: string; poolMax: number }): Promise<Database> {
  const rests = await canRest(url);
  const pool = new pg.Pool({
    ...connectionSettings(url, rests ? `-c role=${restingRole}` : undefined),
    max: poolMax,
    idleTimeoutMillis: 30_000,
  });
  // An idle connection that breaks is dropped by the pool; the next unit of work opens another or reports the loss.
  pool.on("error", () => undefined);
  // One that breaks inside a unit of work fails its statement; unheard, its second word of it would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return {
    engine: "server",
    description: `PostgreSQL at ${new URL(url).host}, ${rests ? `resting as ${restingRole}` : "login role at rest"}`,
    kysely: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }), log: countQuery }),
    script: (statements) => runScript(pool, statements),
    close: () => pool.end(),
  };
}

async function runScript(pool: pg.Pool, statements: string): Promise<Record<string, unknown>[]> {
  const client = await pool.connect();
  try {
    const results: unknown = await client.query(`begin;\n${statements};\ncommit`);
    return [results].flat().flatMap((result) => (result as pg.QueryResult<Record<string, unknown>>).rows);
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
