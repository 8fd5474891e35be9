import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startBackground } from "#jobs.ts";
import { queueIsWorked } from "#platform/queue/queue.ts";
import { runShutdown } from "#platform/process/shutdown.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { captureLog } from "../support/http.ts";

let opened: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  opened = await openTestDatabase("server");
  owner = new pg.Client({ connectionString: opened.url ?? "" });
  await owner.connect();
});
afterAll(async () => {
  vi.useRealTimers();
  await owner.end();
  await opened.close();
});

test("help that can't be seeded keeps nobody out: it is said, jobs are worked, and a minute later it is tried again", async () => {
  await owner.query("alter table app.help_entries add constraint never check (false) not valid");
  const lines = captureLog();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  await startBackground();
  expect(lines.filter(({ level }) => level === "error")).toEqual([expect.objectContaining({ msg: "help was not seeded; it is tried again in a minute" })]);
  expect([queueIsWorked(), await inspect("select from app.help_entries")]).toEqual([true, []]);
  await owner.query("alter table app.help_entries drop constraint never");
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  await expect.poll(async () => (await inspect("select from app.help_entries")).length, { timeout: 30_000 }).toBeGreaterThan(50);
  expect(await runShutdown()).toEqual([]);
}, 60_000);
