import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { useDatabase } from "#platform/db/database.ts";
import { openServer } from "#platform/db/server-engine.ts";
import { bucketOf, forgetFlags, isEnabled } from "#platform/flags/flags.ts";
import { upsertFlag } from "#platform/flags/queries.ts";
import { engines, openTestDatabase, type TestDatabase } from "../support/database.ts";

const set = (enabled: boolean, rolloutPercent: number) => db.as(system("test"), (tx) => upsertFlag(tx, "sign-up", { enabled, rolloutPercent }));

describe.each(engines)("flags on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
    forgetFlags();
  });
  afterEach(async () => {
    vi.useRealTimers();
    await opened.close();
  });

  test("are on until somebody switches them, and off at once where it was done", async () => {
    expect(await isEnabled("sign-up", "a")).toBe(true);
    await set(false, 100);
    forgetFlags();
    expect(await isEnabled("sign-up", "a")).toBe(false);
    expect(await isEnabled("generated-answers", "a")).toBe(true);
  });

  test("another process sees a switch within a second", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    expect(await isEnabled("sign-up", "a")).toBe(true);
    await set(false, 100);
    expect(await isEnabled("sign-up", "a")).toBe(true);
    vi.setSystemTime(Date.now() + 1_000);
    expect(await isEnabled("sign-up", "a")).toBe(false);
  });

  test("a share is the same subjects each time, and grows by adding some", async () => {
    const subjects = Array.from({ length: 200 }, (_, i) => `subject ${i}`);
    const on = async (percent: number) => {
      await set(true, percent);
      forgetFlags();
      const found = await Promise.all(subjects.map((subject) => isEnabled("sign-up", subject)));
      return subjects.filter((_, i) => found[i]);
    };
    expect(await on(0)).toEqual([]);
    const third = await on(33);
    expect(third).toEqual(subjects.filter((subject) => bucketOf("sign-up", subject) < 33));
    expect(await on(60)).toEqual(expect.arrayContaining(third));
    expect(await on(100)).toEqual(subjects);
  });

  test("what was known last holds while the database is away", async () => {
    await set(false, 100);
    expect(await isEnabled("sign-up", "a")).toBe(false);
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.setSystemTime(Date.now() + 5_000);
    const nowhere = openServer({ url: "postgres://nobody@127.0.0.1:1/none", poolMax: 1 });
    nowhere.catch(() => undefined);
    useDatabase(nowhere);
    expect(await isEnabled("sign-up", "a")).toBe(false);
    forgetFlags();
    expect(await isEnabled("sign-up", "a")).toBe(true);
  });
});
