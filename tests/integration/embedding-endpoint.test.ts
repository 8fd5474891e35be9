import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { isAppError } from "#lib/errors.ts";
import { anonymous, system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { removeDocument, retrieve } from "#domains/knowledge/server.ts";
import { forgetQuestionVectors } from "#domains/knowledge/question-vectors.ts";
import { createDocument } from "../support/factories.ts";
import { countVectors, embedNow, find, startEmbeddingModel, storedModels, type EmbeddingModel } from "../support/embedding-model.ts";
import type { EmbeddingBehaviour } from "../support/fake-embeddings.ts";
import { engines, openTestDatabase, type TestDatabase } from "../support/database.ts";

describe.each(engines)("an embedding endpoint, with the %s engine", (engine) => {
  let opened: TestDatabase;
  let model: EmbeddingModel;

  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    model = await startEmbeddingModel();
    await createDocument("An automobile with an accumulator.");
    await embedNow();
  });
  afterAll(async () => {
    await model.close();
    await opened.close();
  });
  beforeEach(() => {
    model.configure("model-a");
    model.fake.behave({ kind: "vectors" });
    model.fake.requests.length = 0;
    forgetQuestionVectors();
  });

  test("is asked for the vectors of a batch at once, and once for the same question", async () => {
    const ask = () => retrieve(anonymous, ["Which car?", "Rain or snow", "which  CAR"], { limit: 3 });
    expect((await ask()).mode).toBe("hybrid");
    expect(model.fake.requests.map(({ input }) => input)).toEqual([["Which car?", "Rain or snow"]]);
    expect((await ask()).mode).toBe("hybrid");
    expect(model.fake.requests).toHaveLength(1);
  });

  test("is asked with its own key, for numbers as numbers", async () => {
    await find("car");
    expect(model.fake.requests).toMatchObject([{ model: "model-a", authorization: "Bearer sk-secret", encoding_format: "float" }]);
    expect(model.fake.requests[0]).not.toHaveProperty("dimensions");
  });

  test("is never sent another server's key", async () => {
    model.configure("model-a", { EMBEDDING_API_KEY: undefined });
    await find("car");
    expect(model.fake.requests).toMatchObject([{ authorization: "Bearer none" }]);
  });

  test.each([
    ["is slow", { kind: "slow", ms: 5_000 }],
    ["never ends its answer", { kind: "stall" }],
    ["fails", { kind: "refuse", status: 500 }],
    ["rejects the key", { kind: "refuse", status: 401 }],
    ["has had enough", { kind: "refuse", status: 429 }],
    ["gives other dimensions", { kind: "dimensions", count: 63 }],
    ["gives too few vectors", { kind: "wrong-count", by: -1 }],
    ["gives too many vectors", { kind: "wrong-count", by: 1 }],
    ["gives NaN", { kind: "number", as: "NaN" }],
    ["gives null", { kind: "number", as: "null" }],
    ["gives Infinity", { kind: "number", as: "1e999" }],
    ["gives text", { kind: "number", as: '"x"' }],
    ["gives zeros", { kind: "zeros" }],
    ["gives garbage", { kind: "garbage" }],
  ] satisfies [string, EmbeddingBehaviour][])("that %s leaves a search by words, within its time limit", async (_, behaviour) => {
    model.fake.behave(behaviour);
    const started = performance.now();
    expect(await find("Is there an automobile?")).toEqual({ mode: "degraded", found: ["An automobile with an accumulator."] });
    expect(performance.now() - started).toBeLessThan(2_000);
    model.fake.behave({ kind: "vectors" });
    expect((await find("Is there an automobile?")).mode).toBe("hybrid");
  });

  test("isn't kept waiting for by who has left: the request ends with theirs, and says nothing against the endpoint", async () => {
    model.configure("model-a", { EMBEDDING_TIMEOUT_MS: "60000" });
    model.fake.behave({ kind: "stall" });
    for (let left = 1; left <= 3; left += 1) {
      const caller = new AbortController();
      const before = model.fake.abandoned;
      const asked = retrieve(anonymous, ["automobile"], { limit: 3, signal: caller.signal });
      await vi.waitFor(() => expect(model.fake.requests).toHaveLength(left));
      caller.abort(new Error("left"));
      await expect(asked).rejects.toThrow("left");
      await vi.waitFor(() => expect(model.fake.abandoned).toBe(before + 1));
    }
    model.fake.behave({ kind: "vectors" });
    expect((await find("automobile")).mode).toBe("hybrid");
  });

  test("that can't be reached leaves a search by words", async () => {
    model.configure("model-a", { EMBEDDING_BASE_URL: "http://127.0.0.1:1/v1" });
    expect((await find("automobile")).mode).toBe("degraded");
  });

  test("that failed three times in a row is left alone for a while; then one question tries it, for which no other waits", async () => {
    model.fake.behave({ kind: "refuse", status: 500 });
    for (let i = 0; i < 5; i += 1) expect((await find(`automobile ${i}`)).mode).toBe("degraded");
    expect(model.fake.requests).toHaveLength(3);
    const now = Date.now;
    const clock = vi.spyOn(Date, "now").mockImplementation(() => now() + 11_000);
    const answered = Promise.withResolvers<EmbeddingBehaviour>();
    model.fake.behave(() => answered.promise);
    const trying = find("automobile 6");
    await expect.poll(() => model.fake.requests.length).toBe(4);
    expect((await find("automobile 7")).mode).toBe("degraded");
    answered.resolve({ kind: "vectors" });
    expect((await trying).mode).toBe("hybrid");
    expect((await find("automobile 8")).mode).toBe("hybrid");
    clock.mockRestore();
  });

  test.each([
    ["other dimensions", { kind: "dimensions", count: 63 }, "63 dimensions where 64 were expected"],
    ["too few vectors", { kind: "wrong-count", by: -1 }, "gave 0 vectors for 1 texts"],
    ["zeros", { kind: "zeros" }, "nothing but zeros"],
    ["text for a number", { kind: "number", as: '"x"' }, "data.0.embedding.0"],
    ["status 401", { kind: "refuse", status: 401 }, "answered with 401"],
    ["garbage", { kind: "garbage" }, "can't be read"],
  ] satisfies [string, EmbeddingBehaviour, string][])("that answers with %s has nothing of it stored, and the failure says why without a key", async (_, behaviour, reason) => {
    const document = await createDocument("Rain.");
    model.fake.behave(behaviour);
    const error = await embedNow().then(() => undefined, (thrown: unknown) => thrown);
    expect(isAppError(error) && error.code).toBe("UPSTREAM_UNAVAILABLE");
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
    expect(cause).toContain(reason);
    expect(cause).not.toMatch(/secret|127\.0\.0\.1/);
    expect(await countVectors()).toBe(1);
    model.fake.behave({ kind: "vectors" });
    expect(await embedNow()).toMatchObject({ embedded: 1, againIn: null });
    await db.as(system("test"), (tx) => removeDocument(tx, document));
  });

  test("is refused with what to set when its model has more dimensions than an index holds", async () => {
    model.configure("model-large");
    model.fake.behave({ kind: "dimensions", count: 4_096 });
    await expect(embedNow()).rejects.toThrow("Set EMBEDDING_DIMENSIONS to 4000 or less");
    expect(await storedModels()).toHaveLength(1);
  });

  test("is asked for dimensions when they are set, which makes another model of it", async () => {
    model.configure("model-a", { EMBEDDING_DIMENSIONS: "32" });
    await embedNow();
    expect(model.fake.requests).toMatchObject([{ dimensions: 32 }]);
    expect(await storedModels()).toMatchObject([{ dimensions: 64, state: "retired" }, { dimensions: 32, state: "active" }]);
    await find("car");
    expect(model.fake.requests.at(-1)).toMatchObject({ dimensions: 32, input: ["car"] });
  });
});
