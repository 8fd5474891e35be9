import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import { fuzzystrmatch } from "@electric-sql/pglite/contrib/fuzzystrmatch";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { vector } from "@electric-sql/pglite/vector";
import { Kysely, PGliteDialect, type PGlite as KyselyPGlite, type PGliteTransaction } from "kysely";
import { ensureAuthSchema } from "./auth-schema.ts";
import type { Database } from "./database.ts";
import { migrate, type MigrationTarget } from "./migrate.ts";
import { restingRole } from "./roles.ts";
import type { Schema } from "./schema.ts";
import { valueParsers } from "./value-types.ts";
import { countQuery } from "#platform/observability/statements.ts";

export interface EmbeddedTransaction extends PGliteTransaction {
  /** Runs several statements. */
  exec(statements: string): Promise<{ rows: Record<string, unknown>[]; affectedRows?: number | undefined }[]>;
}

/** The part of PGlite that the application uses; a command reaches a running server's through the same shape. */
export interface EmbeddedHandle extends Omit<KyselyPGlite, "transaction"> {
  transaction<T>(work: (tx: EmbeddedTransaction) => Promise<T>): Promise<T>;
}

/** The type's OID; PGlite itself reads bytes one by one, which takes a hundred times as long. */
const bytea = 17;

/** Boots PGlite with the extensions the schema needs; without a directory it lives in memory. */
export function bootPglite(directory?: string): Promise<PGlite> {
  return PGlite.create({
    ...(directory === undefined ? {} : { dataDir: directory }),
    extensions: { fuzzystrmatch, pg_trgm, vector },
    parsers: { ...valueParsers, [bytea]: (text: string) => Buffer.from(text.slice(2), "hex") },
  });
}

/** PGlite as the migration runner sees it. */
export function pgliteMigrationTarget(pglite: PGlite): MigrationTarget {
  return {
    run: async (statements) => void (await pglite.exec(statements)),
    rows: async (statement, values) => (await pglite.query<Record<string, unknown>>(statement, values)).rows,
  };
}

/** Brings the schema up to date: the application's, and that of the built-in auth plane, which needs the superuser too. */
export async function prepareEmbedded(pglite: PGlite): Promise<void> {
  const target = pgliteMigrationTarget(pglite);
  await migrate(target);
  await ensureAuthSchema(target);
}

/**
 * Gives up the superuser for good: PGlite has no way back within a session, so this comes after the migrations. From
 * here on a query outside of a unit of work is refused by the database.
 */
export async function rest(pglite: PGlite): Promise<void> {
  await pglite.exec(`set session authorization ${restingRole}`);
}

/**
 * PGlite works on the process's own thread, and its promises resolve without ever letting another request in. Each
 * transaction waits its turn behind whatever input and output is due, so that a long line of questions doesn't keep
 * the process from answering anything else.
 */
function inTurn(handle: EmbeddedHandle): EmbeddedHandle {
  return {
    get closed() {
      return handle.closed;
    },
    get ready() {
      return handle.ready;
    },
    waitReady: handle.waitReady,
    query: (statement, values, options) => handle.query(statement, values, options),
    transaction: async (work) => {
      await new Promise((resume) => setImmediate(resume));
      return handle.transaction((tx) => work(direct(tx)));
    },
    close: () => handle.close(),
  };
}

/** What has no parameters goes to PGlite in one message instead of five, as `pg` does it too, and may be several statements. */
function direct(tx: EmbeddedTransaction): EmbeddedTransaction {
  return {
    exec: (statements) => tx.exec(statements),
    rollback: () => tx.rollback(),
    query: async <R>(statement: string, values?: unknown[], options?: Parameters<EmbeddedTransaction["query"]>[2]) => {
      if (values && values.length > 0) return tx.query<R>(statement, values, options);
      return (await tx.exec(statement)).at(-1) as Awaited<ReturnType<typeof tx.query<R>>>;
    },
  };
}

/** Wraps an embedded database, opened here or reached through a running server, as the process's database. */
export function embeddedDatabase(engine: EmbeddedHandle, description: string): Database {
  const handle = inTurn(engine);
  return {
    engine: "embedded",
    description,
    kysely: new Kysely<Schema>({ dialect: new PGliteDialect({ pglite: handle }), log: countQuery }),
    script: (statements) =>
      handle.transaction(async (tx) => (await tx.exec(statements)).flatMap((result) => result.rows)),
    close: () => handle.close(),
  };
}

/**
 * Opens the embedded database in `directory` (a Postgres data directory, made when absent; in memory without one),
 * brings its schema up to date and leaves it at rest. The caller holds the directory's lock: two processes on one
 * directory would corrupt it.
 */
export async function openEmbedded(directory?: string): Promise<{ database: Database; pglite: PGlite }> {
  if (directory !== undefined) await makeCluster(directory);
  const pglite = await bootPglite(directory).catch((error: unknown) => {
    throw new Error(`The database in ${directory ?? "memory"} can't be opened. Restore a backup, or move it away to begin anew.`, { cause: error });
  });
  try {
    await prepareEmbedded(pglite);
    await rest(pglite);
  } catch (error) {
    await pglite.close();
    throw error;
  }
  return { database: embeddedDatabase(pglite, `PGlite in ${directory ?? "memory"}`), pglite };
}

/**
 * Makes the cluster beside its place and moves it there when it is whole: a first start that is broken off leaves
 * nothing that a second one would take for a database.
 */
async function makeCluster(directory: string): Promise<void> {
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  if (existsSync(directory)) return;
  await (await bootPglite(unfinished)).close();
  await rename(unfinished, directory);
}
