/** The databases under measurement: a Postgres server of the benchmark's own, and PGlite in a folder as the product keeps it. */
import { join } from "node:path";
import pg from "pg";
import { useDatabase, type Database } from "#platform/db/database.ts";
import { bootPglite, embeddedDatabase, prepareEmbedded } from "#platform/db/embedded-engine.ts";
import { migrateServer, prepareServerAuth } from "#platform/db/migrate-server.ts";
import { openServer } from "#platform/db/server-engine.ts";
import { temporaryFolder } from "../../support/servers/exit.ts";
import { startPostgres } from "../../support/servers/postgres.ts";

export interface Store {
  engine: Database["engine"];
  /** For titles. */
  name: string;
  description: string;
  /** Units of work that can run at once. */
  connections: number;
  /** The server's URL, with a superuser's login; null on PGlite. */
  url: string | null;
  /** Runs a statement as the owner: past row security, without a limit of time. */
  owner<Row>(statement: string, values?: unknown[]): Promise<Row[]>;
  /** Ends the database and removes its data. */
  close(): Promise<void>;
}

const poolMax = 4;
const databaseName = `tieline_bench_${process.pid}`;

/** A migrated database on a Postgres server, made the process's own. */
export async function openServerStore(): Promise<Store> {
  const server = await startPostgres();
  const url = await createDatabase(server.url, databaseName);
  await migrateServer(url);
  await prepareServerAuth(url);
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const database = await openServer({ url, poolMax });
  useDatabase(Promise.resolve(database));
  return {
    engine: "server",
    name: "server Postgres",
    description: server.description,
    connections: 2,
    url,
    owner: async <Row>(statement: string, values: unknown[] = []) => (await owner.query(statement, values)).rows as Row[],
    close: async () => {
      useDatabase(undefined);
      await database.close();
      await owner.end();
      await dropDatabase(server.url, databaseName);
      await server.stop();
    },
  };
}

/**
 * A migrated embedded database, made the process's own. Its session stays the superuser's, which the product gives up:
 * units of work have the same role and row security either way, and the sizes of tables can be read.
 */
export async function openEmbeddedStore(): Promise<Store> {
  const folder = temporaryFolder("bench-pglite", null);
  const pglite = await bootPglite(join(folder.path, "postgres"));
  await prepareEmbedded(pglite);
  const database = embeddedDatabase(pglite, "PGlite of the benchmark");
  useDatabase(Promise.resolve(database));
  const [version] = (await pglite.query<{ server_version: string }>("show server_version")).rows;
  return {
    engine: "embedded",
    name: "PGlite",
    description: `PGlite with PostgreSQL ${version?.server_version ?? "?"}, in a folder`,
    connections: 1,
    url: null,
    owner: async <Row>(statement: string, values: unknown[] = []) => (await pglite.query<Row>(statement, values)).rows,
    close: async () => {
      useDatabase(undefined);
      await database.close();
      await folder.remove();
    },
  };
}

/** Makes a database on the server that `url` leads to; answers its URL. */
export async function createDatabase(url: string, name: string): Promise<string> {
  await administer(url, `create database ${name}`);
  const created = new URL(url);
  created.pathname = `/${name}`;
  return created.toString();
}

/** Drops a database, whoever is still connected to it. */
export function dropDatabase(url: string, name: string): Promise<void> {
  return administer(url, `drop database if exists ${name} with (force)`);
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
