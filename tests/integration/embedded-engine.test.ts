import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anonymous, system } from "#platform/auth/principal.ts";
import { useDatabase } from "#platform/db/database.ts";
import { openEmbedded } from "#platform/db/embedded-engine.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { openTestDatabase } from "../support/database.ts";

describe("the embedded engine", () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "tieline-embedded-"))));
  afterAll(async () => {
    useDatabase(undefined);
    await rm(folder, { recursive: true });
  });

  async function open(directory: string) {
    const { database } = await openEmbedded(directory);
    useDatabase(Promise.resolve(database));
    return database;
  }

  test("a first start that was broken off anywhere leaves nothing in the way of the next", async () => {
    const whole = join(folder, "whole");
    await (await open(whole)).close();
    const directory = join(folder, "postgres");
    await mkdir(`${directory}.unfinished`);
    for (const entry of (await readdir(whole)).slice(0, 11)) await cp(join(whole, entry), join(`${directory}.unfinished`, entry), { recursive: true });
    const database = await open(directory);
    await db.as(system("test"), (tx) => tx.insertInto("app.organisations").values({ name: "kept" }).execute());
    await database.close();
    expect(existsSync(`${directory}.unfinished`)).toBe(false);

    const again = await open(directory);
    expect(await db.as(system("test"), (tx) => tx.selectFrom("app.organisations").select("name").execute())).toEqual([{ name: "kept" }]);
    await again.close();
  }, 60_000);

  test("a directory that holds no whole database is refused with its name and what to do", async () => {
    const directory = join(folder, "half");
    const whole = join(folder, "whole");
    await mkdir(directory);
    for (const entry of (await readdir(whole)).slice(0, 11)) await cp(join(whole, entry), join(directory, entry), { recursive: true });
    await expect(openEmbedded(directory)).rejects.toThrow(/half can't be opened. Restore a backup, or move it away/);
  }, 60_000);

  test("lets the process do other things between units of work that wait in line", async () => {
    const opened = await openTestDatabase("embedded");
    const order: string[] = [];
    const units = Array.from({ length: 4 }, (_, i) =>
      db.as(anonymous, (tx) => sql`select count(*) from generate_series(1, 20000)`.execute(tx)).then(() => order.push(`unit ${i}`)));
    const others = (async () => {
      for (let i = 0; i < 3; i += 1) {
        await new Promise((resume) => setImmediate(resume));
        order.push("other");
      }
    })();
    await Promise.all([...units, others]);
    await opened.close();
    expect(order.indexOf("other")).toBeLessThan(order.indexOf("unit 1"));
    expect(order.lastIndexOf("other")).toBeLessThan(order.lastIndexOf("unit 3"));
  });
});
