import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { bootPglite, prepareEmbedded } from "#platform/db/embedded-engine.ts";
import { migrateServer, prepareServerAuth } from "#platform/db/migrate-server.ts";
import { startPostgres } from "./servers/postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
    templateDatabase: string;
    pgliteImage: string;
  }
}

/** Starts the server Postgres and prepares a migrated database on each engine, for test files to copy. */
export default async function setup(project: TestProject) {
  const postgres = await startPostgres();
  console.log(postgres.description);
  const templateDatabase = `tieline_template_${process.pid}`;
  await administer(postgres.url, `create database ${templateDatabase}`);
  await migrateServer(databaseUrl(postgres.url, templateDatabase));
  await prepareServerAuth(databaseUrl(postgres.url, templateDatabase));

  const folder = await mkdtemp(join(tmpdir(), "tieline-test-"));
  const pgliteImage = join(folder, "pglite.tar");
  const pglite = await bootPglite();
  await prepareEmbedded(pglite);
  await writeFile(pgliteImage, Buffer.from(await (await pglite.dumpDataDir("none")).arrayBuffer()));
  await pglite.close();

  project.provide("postgresUrl", postgres.url);
  project.provide("templateDatabase", templateDatabase);
  project.provide("pgliteImage", pgliteImage);
  return async () => {
    await administer(postgres.url, `drop database if exists ${templateDatabase} with (force)`);
    await postgres.stop();
    await rm(folder, { recursive: true });
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
