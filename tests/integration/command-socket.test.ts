import { mkdtemp, rm, stat } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { system, anonymous } from "#platform/auth/principal.ts";
import { connectCommands, serveCommands } from "#platform/db/command-socket.ts";
import { useDatabase } from "#platform/db/database.ts";
import { embeddedDatabase, openEmbedded } from "#platform/db/embedded-engine.ts";
import { db } from "#platform/db/unit-of-work.ts";

describe("the command socket of a running server", () => {
  let folder: string;
  let path: string;
  let pglite: PGlite;
  let stopServing: () => Promise<void>;
  let closeServer: () => Promise<void>;
  let server: Awaited<ReturnType<typeof openEmbedded>>["database"];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tieline-socket-"));
    path = join(folder, "command.sock");
    ({ database: server, pglite } = await openEmbedded());
    closeServer = () => server.close();
    stopServing = await serveCommands(path, pglite);
  });
  afterAll(async () => {
    useDatabase(undefined);
    await stopServing();
    await closeServer();
    await rm(folder, { recursive: true });
  });

  async function command() {
    const handle = await connectCommands(path);
    if (!handle) throw new Error("No server listens");
    const database = embeddedDatabase(handle, "remote");
    useDatabase(Promise.resolve(database));
    return database;
  }

  test("belongs to its user alone", async () => {
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("carries units of work, with every kind of value", async () => {
    const remote = await command();
    const row = await db.as(system("test"), async (tx) => {
      const { rows } = await sql`select current_user as who, 12::bigint as big, 1.50::numeric as exact, null as nothing,
        '2026-11-21T00:00:00Z'::timestamptz as at, ${["a", "b"]}::text[] as list, '{"a":1}'::jsonb as json`.execute(tx);
      return rows[0];
    });
    expect(row).toEqual({ who: "service_role", big: 12, exact: "1.50", nothing: null, at: new Date("2026-11-21T00:00:00Z"), list: ["a", "b"], json: { a: 1 } });
    await remote.close();
  });

  test("tells how many rows were changed, with parameters or without", async () => {
    const remote = await command();
    const counts = await db.as(system("test"), async (tx) => [
      (await sql`update app.llm_quotas set version = version`.execute(tx)).numAffectedRows,
      (await sql`update app.llm_quotas set version = version where principal_kind = ${"key"}`.execute(tx)).numAffectedRows,
    ]);
    expect(counts).toEqual([4n, 1n]);
    await remote.close();
  });

  test("keeps to row security and reports the database's errors with their code", async () => {
    const remote = await command();
    const insert = db.as(anonymous, (tx) => tx.insertInto("app.organisations").values({ name: "x" }).execute());
    await expect(insert).rejects.toMatchObject({ code: "42501" });
    expect(await db.as(system("test"), (tx) => tx.selectFrom("app.organisations").selectAll().execute())).toEqual([]);
    await remote.close();
  });

  test("runs scripts, and rolls back work that throws", async () => {
    const remote = await command();
    expect(await db.script(system("test"), "select 1 as a; select 2 as b")).toEqual([{ a: 1 }, { b: 2 }]);
    const failing = db.as(system("test"), async (tx) => {
      await tx.insertInto("app.organisations").values({ name: "half" }).execute();
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    expect(await db.as(system("test"), (tx) => tx.selectFrom("app.organisations").selectAll().execute())).toEqual([]);
    await remote.close();
  });

  test("rolls back a command that dies inside a transaction, and goes on serving", async () => {
    const dying = await connectCommands(path);
    const begun = Promise.withResolvers<void>();
    const work = dying?.transaction(async (tx) => {
      await tx.query("set local role service_role");
      await tx.query("insert into app.organisations (name) values ('dying')");
      begun.resolve();
      await new Promise(() => undefined);
    });
    void work;
    await begun.promise;
    await stopServing();
    stopServing = await serveCommands(path, pglite);
    const remote = await command();
    expect(await db.as(system("test"), (tx) => tx.selectFrom("app.organisations").selectAll().execute())).toEqual([]);
    await remote.close();
  });

  test("survives a frame that holds no value", async () => {
    const socket = createConnection(path);
    await new Promise((done) => socket.once("connect", done));
    socket.write(Buffer.from([0, 0, 0, 3, 1, 2, 3]));
    await new Promise((done) => socket.once("close", done));
    const remote = await command();
    expect(await db.as(system("test"), (tx) => sql`select 1 as one`.execute(tx))).toMatchObject({ rows: [{ one: 1 }] });
    await remote.close();
  });

  test("survives a client that sends nonsense", async () => {
    const socket = createConnection(path);
    await new Promise((done) => socket.once("connect", done));
    socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3]));
    await new Promise((done) => socket.once("close", done));
    const remote = await command();
    expect(await db.as(system("test"), (tx) => sql`select 1 as one`.execute(tx))).toMatchObject({ rows: [{ one: 1 }] });
    await remote.close();
  });

  test("is not there when nobody listens", async () => {
    expect(await connectCommands(join(folder, "nobody.sock"))).toBeUndefined();
  });
});
