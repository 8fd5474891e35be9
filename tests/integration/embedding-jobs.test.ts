import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { startBackground } from "#jobs.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { runShutdown } from "#platform/process/shutdown.ts";
import { defineJob, enqueue, queueIsWorked } from "#platform/queue/queue.ts";
import { seedHelp } from "#domains/help/server.ts";
import { wantAllVectors } from "#domains/knowledge/server.ts";
import { startEmbeddingModel, type EmbeddingModel } from "../support/embedding-model.ts";
import { captureLog } from "../support/http.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

describe.each(engines)("the queue and what embeds, on the %s engine", (engine) => {
  let opened: TestDatabase;
  let model: EmbeddingModel;

  beforeEach(async () => {
    opened = await openTestDatabase(engine);
    model = await startEmbeddingModel();
  });
  afterEach(async () => {
    await model.close();
    await opened.close();
  });

  test("a start that can't ask for vectors is a start all the same, and ends as one", async () => {
    await seedHelp();
    await inspect("update pgboss.queue set policy = 'exclusive' where name = 'knowledge.embed'");
    await wantAllVectors();
    await inspect("update pgboss.job set start_after = now() + interval '1 hour'");
    const lines = captureLog();
    try {
      await startBackground();
      expect(queueIsWorked()).toBe(true);
      expect(lines).toContainEqual(expect.objectContaining({ level: "error", msg: expect.stringContaining("vectors") }));
    } finally {
      expect(await runShutdown()).toEqual([]);
    }
    expect(queueIsWorked()).toBe(false);
  });

  test("a job that its queue takes none of beside another is an error, not a wait without end", async () => {
    await inspect(`select pgboss.create_queue('test.exclusive', '{"policy": "exclusive"}')`);
    const exclusive = defineJob({ name: "test.exclusive", data: z.object({}), retries: 0, handle: async () => ({}) });
    const put = () => db.as(system("test"), (tx) => enqueue(tx, exclusive, {}));
    await put();
    await expect(put()).rejects.toThrow("Queue test.exclusive takes no second job");
  });
});
