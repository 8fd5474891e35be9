import { readFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import { fuzzystrmatch } from "@electric-sql/pglite/contrib/fuzzystrmatch";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { vector } from "@electric-sql/pglite/vector";
import { CompiledQuery } from "kysely";
import pg from "pg";
import { inject } from "vitest";
import { system } from "#platform/auth/principal.ts";
import { useDatabase, type Database } from "#platform/db/database.ts";
import { bootPglite, embeddedDatabase, pgliteMigrationTarget, prepareEmbedded, rest } from "#platform/db/embedded-engine.ts";
import type { MigrationTarget } from "#platform/db/migrate.ts";
import { serverMigrationTarget } from "#platform/db/migrate-server.ts";
import { openServer } from "#platform/db/server-engine.ts";
import { forgetAnswers } from "#platform/http/kept-answers.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { valueParsers } from "#platform/db/value-types.ts";

export const engines = ["embedded", "server"] as const;
export type Engine = (typeof engines)[number];

export interface TestDatabase {
  database: Database;
  /** The server's URL, undefined on the embedded engine. */
  url: string | undefined;
  close(): Promise<void>;
}

/** Runs one statement as the service role, which row security lets see every row. */
export async function inspect<Row = Record<string, unknown>>(statement: string, values: unknown[] = []): Promise<Row[]> {
  return db.as(system("test"), async (tx) => (await tx.executeQuery<Row>(CompiledQuery.raw(statement, values))).rows);
}

/** A fresh, migrated database as its owner sees it, past row security and at no rest: for reading and changing catalogs. */
export async function openAsOwner(engine: Engine): Promise<{ target: MigrationTarget; close(): Promise<void> }> {
  if (engine === "embedded") {
    const pglite = await bootPglite();
    await prepareEmbedded(pglite);
    return { target: pgliteMigrationTarget(pglite), close: () => pglite.close() };
  }
  const copy = await createServerCopy();
  const client = new pg.Client({ connectionString: copy.url });
  await client.connect();
  const close = async () => {
    await client.end();
    await copy.drop();
  };
  return { target: serverMigrationTarget(client), close };
}

let copies = 0;

/** A fresh, migrated, empty database of the engine, made the process's own until it is closed. */
export async function openTestDatabase(engine: Engine): Promise<TestDatabase> {
  const opened = engine === "embedded" ? await openPgliteCopy() : await openServerCopy();
  useDatabase(Promise.resolve(opened.database));
  forgetAnswers();
  return {
    ...opened,
    close: async () => {
      useDatabase(undefined);
      await opened.close();
    },
  };
}

/** Makes a copy of the migrated template on the test server; answers its URL and how to drop it. */
export async function createServerCopy(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `tieline_test_${process.pid}_${(copies += 1)}`;
  await administer(`create database ${name} template ${inject("templateDatabase")}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => administer(`drop database if exists ${name} with (force)`) };
}

async function openServerCopy() {
  const { url, drop } = await createServerCopy();
  const database = await openServer({ url, poolMax: 8 });
  const close = async () => {
    await database.close();
    await drop();
  };
  return { database, url, close };
}

async function openPgliteCopy() {
  const pglite = await PGlite.create({
    loadDataDir: new Blob([await readFile(inject("pgliteImage"))]),
    extensions: { fuzzystrmatch, pg_trgm, vector },
    parsers: valueParsers,
  });
  await rest(pglite);
  const database = embeddedDatabase(pglite, "PGlite in memory");
  return { database, url: undefined, close: () => database.close() };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
