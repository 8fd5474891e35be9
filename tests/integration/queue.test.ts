import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { defineJob, enqueue, startWorkers } from "#platform/queue/queue.ts";
import { purge } from "#domains/assistant/server.ts";
import { createMember } from "../support/factories.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

describe.each(engines)("the queue on the %s engine", (engine) => {
  let opened: TestDatabase;
  const handled: string[] = [];
  const note = defineJob({
    name: "test.note",
    data: z.object({ text: z.string() }),
    retries: 0,
    handle: async ({ text }) => {
      handled.push(text);
      if (text === "fail") throw new Error("on purpose");
      return {};
    },
  });
  let stop: (timeoutMs: number) => Promise<void>;

  beforeAll(async () => {
    handled.length = 0;
    opened = await openTestDatabase(engine);
    stop = await startWorkers([note, purge]);
  });
  afterAll(async () => {
    await stop(2_000);
    await opened.close();
  });

  const waitFor = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 100 });

  test("runs a job that a tenant's unit of work has put in, once that has committed", async () => {
    const member = await createMember("Queue users");
    await db.as(member, (tx) => enqueue(tx, note, { text: "committed" }));
    await waitFor(() => expect(handled).toContain("committed"));
  });

  test("never runs a job whose unit of work was rolled back", async () => {
    const member = await createMember("Roll back");
    await expect(
      db.as(member, async (tx) => {
        await enqueue(tx, note, { text: "rolled back" });
        throw new Error("on purpose");
      }),
    ).rejects.toThrow("on purpose");
    await db.as(member, (tx) => enqueue(tx, note, { text: "after" }));
    await waitFor(() => expect(handled).toContain("after"));
    expect(handled).not.toContain("rolled back");
  });

  test("records a job that fails, and one whose data doesn't fit, as failed", async () => {
    await db.as(system("test"), async (tx) => {
      await enqueue(tx, note, { text: "fail" });
      await enqueue(tx, note, { text: 7 as unknown as string });
    });
    await waitFor(async () => {
      const [row] = await inspect<{ n: number }>("select count(*)::int as n from pgboss.job where name = 'test.note' and state = 'failed'");
      expect(row?.n).toBe(2);
    });
    expect(handled).not.toContain(7);
  });

  test("schedules the purge of old answers", async () => {
    expect(await inspect("select name, cron from pgboss.schedule")).toEqual([{ name: "assistant.purge", cron: "17 8 * * *" }]);
  });

  test("the purge deletes answers past their retention and keeps the others", async () => {
    const add = (id: string, age: string) =>
      inspect(
        `insert into app.answers (id, question, answer, mode, partial, citations, trace_id, duration_ms, created_at)
         values ($1, 'q', 'a', 'abstained', false, '[]', 't', 1, now() - $2::interval)`,
        [id, age],
      );
    await add("00000000-0000-7000-8000-000000000001", "91 days");
    await add("00000000-0000-7000-8000-000000000002", "89 days");
    expect(await purge.run({}, new AbortController().signal)).toEqual({ deleted: 1 });
    expect(await inspect("select id from app.answers")).toEqual([{ id: "00000000-0000-7000-8000-000000000002" }]);
  });

  test("a queue that doesn't exist is an error at once", async () => {
    const unknown = defineJob({ name: "test.unknown", data: z.object({}), retries: 0, handle: async () => ({}) });
    await expect(db.as(system("test"), (tx) => enqueue(tx, unknown, {}))).rejects.toThrow("There is no queue test.unknown");
  });
});
