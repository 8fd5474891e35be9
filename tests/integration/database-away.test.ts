import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as ask } from "#app/api/ask/route.ts";
import { GET as getEntry } from "#app/api/help/[id]/route.ts";
import { GET as getManifest } from "#app/api/help/manifest/route.ts";
import { GET as ready } from "#app/api/health/ready/route.ts";
import { seedHelp, forgetHelpEntries } from "#domains/help/server.ts";
import { useDatabase, type Database } from "#platform/db/database.ts";
import { migrateServer } from "#platform/db/migrate-server.ts";
import { openServer } from "#platform/db/server-engine.ts";
import { call } from "../support/http.ts";
import { startPostgres, type RunningPostgres } from "../support/servers/postgres.ts";
import { createServerCopy } from "../support/database.ts";

/** A server of its own where one can be started; with TEST_DATABASE_URL, connections are cut and refused instead. */
async function separateServer(): Promise<{ url: string; down(): Promise<void>; up(): Promise<void>; stop(): Promise<void> }> {
  const postgres: RunningPostgres = await startPostgres();
  if (postgres.restart) return { url: postgres.url, ...postgres.restart, stop: postgres.stop };
  const copy = await createServerCopy();
  const name = new URL(copy.url).pathname.slice(1);
  const administer = async (statement: string) => {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  return {
    url: copy.url,
    down: async () => {
      await administer(`alter database ${name} allow_connections false`);
      await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    },
    up: () => administer(`alter database ${name} allow_connections true`),
    stop: copy.drop,
  };
}

describe("a database that goes away and comes back", () => {
  let server: Awaited<ReturnType<typeof separateServer>>;
  let database: Database;
  const question = { json: { question: "What is a reserve margin?" } };

  beforeAll(async () => {
    server = await separateServer();
    await migrateServer(server.url);
    database = await openServer({ url: server.url, poolMax: 4 });
    useDatabase(Promise.resolve(database));
    await seedHelp();
  }, 90_000);
  afterAll(async () => {
    useDatabase(undefined);
    await database.close();
    await server.stop();
  });

  test("is said to be away, leaves help readable, and is used again once back", async () => {
    expect((await call(ask, "/api/ask", question)).status).toBe(200);
    forgetHelpEntries();

    await server.down();
    const away = await call(ask, "/api/ask", question);
    expect(away.status).toBe(503);
    expect(await away.json()).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    expect(Number(away.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await call(ready, "/api/health/ready")).status).toBe(503);
    expect(await (await call(getManifest, "/api/help/manifest")).json()).toMatchObject({ origin: "bundled" });
    const entry = await call(getEntry, "/api/help/reserve-margin", { params: { id: "reserve-margin" } });
    expect(await entry.json()).toMatchObject({ origin: "bundled", title: "Reserve margin" });
    expect((await call(getEntry, "/api/help/no-such", { params: { id: "no-such" } })).status).toBe(404);

    await server.up();
    expect((await call(ask, "/api/ask", question)).status).toBe(200);
    expect(await (await call(getManifest, "/api/help/manifest")).json()).toMatchObject({ origin: "database" });
  }, 60_000);
});
