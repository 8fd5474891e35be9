import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { anonymous, system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { startWorkers } from "#platform/queue/queue.ts";
import { activateModel, addModel } from "#domains/knowledge/embedding-queries.ts";
import { forgetActiveModel } from "#domains/knowledge/question-vectors.ts";
import { corpusVersion, embedPassages, removeDocument, retrieve, wantAllVectors } from "#domains/knowledge/server.ts";
import { tokensOf } from "#domains/knowledge/tokens.ts";
import { createDocument, createMember } from "../support/factories.ts";
import { countVectors, embedNow, find, startEmbeddingModel, storedModels, type EmbeddingModel } from "../support/embedding-model.ts";
import type { EmbeddingBehaviour } from "../support/fake-embeddings.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

describe.each(engines)("vectors on the %s engine", (engine) => {
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

  const askedModels = () => [...new Set(model.fake.requests.map(({ model: name }) => name))];
  /** As many passages as there are words. */
  const long = (words: string[]) => words.map((word) => `## About ${word}\n\nThe ${word} is described here.`).join("\n\n");

  test("finds a passage that shares no word with the question, once it has been embedded", async () => {
    await createDocument("An automobile with an inexpensive accumulator.");
    await createDocument("Rain falls on the coast in winter.");
    expect(await find("cheap car battery")).toEqual({ mode: "keyword", found: [] });
    expect(await embedNow()).toEqual({ embedded: 2, againIn: null, model: "model-a" });
    const { mode, found } = await find("cheap car battery");
    expect(mode).toBe("hybrid");
    expect(found[0]).toBe("An automobile with an inexpensive accumulator.");
    expect(await storedModels()).toEqual([{ id: 1, name: "model-a", dimensions: 64, state: "active" }]);
  });

  test("keeps vectors in half precision where they are indexed or wouldn't fit a page, in single where they are compared one by one", async () => {
    const [short, long] = await Promise.all([64, 2_001].map((dimensions) => db.as(system("test"), (tx) => addModel(tx, "sized", dimensions, true, engine === "server"))));
    const types = await inspect("select id, vector_type from app.embedding_models order by dimensions");
    expect(types).toEqual([{ id: short, vector_type: engine === "server" ? "halfvec" : "vector" }, { id: long, vector_type: "halfvec" }]);
  });

  test("the model before answers until the next is complete, also when that is broken off half way; then the next alone", async () => {
    const words = Array.from({ length: 250 }, (_, i) => `thing${i}`);
    await createDocument(long(words), { title: "Things" });
    await createDocument("An automobile with an inexpensive accumulator.");
    await embedNow();
    const total = await countVectors();
    model.configure("model-b");
    let batches = 0;
    model.fake.behave(({ model: name, input }) => (name === "model-b" && input.length > 1 && (batches += 1) === 2 ? { kind: "refuse", status: 401 } : { kind: "vectors" }));
    await expect(embedNow()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(await storedModels()).toMatchObject([{ name: "model-a", state: "active" }, { name: "model-b", state: "filling" }]);
    const half = await countVectors(2);
    expect(half).toBe(96);

    model.fake.requests.length = 0;
    expect((await find("cheap car battery")).found[0]).toContain("automobile");
    expect(askedModels()).toEqual(["model-a"]);

    model.fake.behave({ kind: "vectors" });
    model.fake.requests.length = 0;
    expect(await embedNow()).toMatchObject({ embedded: total - half, againIn: null, model: "model-b" });
    expect(model.fake.requests.reduce((sum, { input }) => sum + input.length, 0)).toBe(total - half);
    expect(await storedModels()).toMatchObject([{ name: "model-a", state: "retired" }, { name: "model-b", state: "active" }]);

    model.fake.requests.length = 0;
    expect(await find("cheap car battery")).toMatchObject({ mode: "hybrid", found: expect.arrayContaining(["An automobile with an inexpensive accumulator."]) });
    expect(askedModels()).toEqual(["model-b"]);

    await embedNow();
    expect(await storedModels()).toHaveLength(2);
    await inspect("update app.embedding_models set state_since = now() - interval '11 minutes' where name = 'model-a'");
    await embedNow();
    expect(await storedModels()).toMatchObject([{ name: "model-b" }]);
    await expect(countVectors(1)).rejects.toThrow("does not exist");
  });

  test("a model that was retired and not dropped yet is filled up again, not anew", async () => {
    await createDocument("An automobile.");
    await embedNow();
    model.configure("model-b");
    await embedNow();
    await createDocument("Rain.");
    model.configure("model-a");
    model.fake.requests.length = 0;
    expect(await embedNow()).toMatchObject({ embedded: 1, model: "model-a" });
    expect(await storedModels()).toMatchObject([{ name: "model-a", state: "active" }, { name: "model-b", state: "retired" }]);
    expect(model.fake.requests).toHaveLength(1);
  });

  test.each([
    ["is refused", { kind: "refuse", status: 400 }],
    ["is too large", { kind: "refuse", status: 413 }],
    ["gets zeros", { kind: "zeros" }],
    ["gets no vector", { kind: "wrong-count", by: -1 }],
  ] satisfies [string, EmbeddingBehaviour][])("a passage that %s whenever it is asked about keeps no other from its vector, and is asked about no more", async (_, behaviour) => {
    await createDocument(long(["rain", "poison", "snow"]));
    await createDocument("An automobile.", { tenantId: (await createMember("A")).tenantId });
    const { sourceId } = await createDocument("A poison of its own.");
    model.fake.behave(({ input }) => (input.some((text) => text.includes("poison")) ? behaviour : { kind: "vectors" }));
    expect(await embedNow()).toEqual({ embedded: 3, againIn: null, model: "model-a" });
    expect(await storedModels()).toMatchObject([{ state: "active" }]);
    expect((await find("poison")).found).toContain("A poison of its own.");
    const refused = () => inspect<{ model_id: number; reason: string }>("select model_id, reason from app.unembeddable");
    expect(await refused()).toEqual([{ model_id: 1, reason: expect.stringMatching(/^(The endpoint gave|openai answered with 4)/) }, { model_id: 1, reason: expect.any(String) }]);

    model.fake.requests.length = 0;
    expect(await embedNow()).toMatchObject({ embedded: 0, againIn: null });
    expect(model.fake.requests).toEqual([]);

    model.fake.behave({ kind: "vectors" });
    await createDocument("An antidote.", { sourceId });
    expect(await embedNow()).toMatchObject({ embedded: 1 });
    expect(await refused()).toHaveLength(1);
    model.configure("model-b");
    expect(await embedNow()).toMatchObject({ embedded: 5 });
    await inspect("select app.drop_embedding_model(1)");
    expect(await refused()).toEqual([]);
  });

  test("an endpoint that takes fewer passages at once gets fewer", async () => {
    await createDocument(long(Array.from({ length: 40 }, (_, i) => `thing${i}`)));
    model.fake.behave(({ input }) => (input.length > 8 ? { kind: "refuse", status: 422 } : { kind: "vectors" }));
    expect(await embedNow()).toMatchObject({ embedded: 40, againIn: null });
    expect(await inspect("select from app.unembeddable")).toEqual([]);
  });

  test.each([400, 429])("an endpoint that refuses everything with status %i makes no passage unembeddable", async (status) => {
    await createDocument("An automobile.");
    await embedNow();
    await createDocument("Rain.");
    model.fake.behave({ kind: "refuse", status });
    await expect(embedNow()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(await inspect("select from app.unembeddable")).toEqual([]);
    model.fake.behave({ kind: "vectors" });
    expect(await embedNow()).toMatchObject({ embedded: 1 });
  });

  test("a passage or a question beyond 500 tokens is cut, and never within a character", async () => {
    await createDocument("漢".repeat(900), { title: "Long" });
    await createDocument(`${"🔌".repeat(1_500)}`, { title: "Plugs" });
    await embedNow();
    const asked = model.fake.requests.flatMap(({ input }) => input).filter((text) => text !== "Tieline");
    expect(asked.length).toBeGreaterThan(2);
    await find("電".repeat(1_999));
    await find(`x${"🔌".repeat(1_500)}`);
    for (const text of [...asked, ...model.fake.requests.slice(-2).flatMap(({ input }) => input)]) {
      expect(text.isWellFormed()).toBe(true);
      expect(tokensOf(text)).toBeLessThanOrEqual(500);
    }
    expect(tokensOf(model.fake.requests.at(-2)?.input[0] ?? "")).toBeGreaterThan(495);
  });

  test("while another model is filled, what is indexed meanwhile is found by the model that answers", async () => {
    await createDocument("Rain falls on the coast.");
    await embedNow();
    model.configure("model-b");
    model.fake.behave(({ model: name, input }) => (name === "model-b" && input[0] !== "Tieline" ? { kind: "refuse", status: 401 } : { kind: "vectors" }));
    await expect(embedNow()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    await createDocument("An automobile with an inexpensive accumulator.");
    const [corpus] = await inspect<{ id: number }>("select id from app.corpora");
    const data = { corpusId: corpus?.id ?? 0 };
    expect(await embedNow(data)).toEqual({ embedded: 1, againIn: null, model: "model-a" });
    expect((await find("cheap car battery")).found[0]).toContain("automobile");

    model.fake.behave(({ model: name }) => (name === "model-a" ? { kind: "refuse", status: 404 } : { kind: "vectors" }));
    await createDocument("Snow.");
    expect(await embedNow(data)).toEqual({ embedded: 0, againIn: null, model: "model-a" });
    expect(await embedNow()).toMatchObject({ embedded: 3, model: "model-b" });
  });

  test("what a process found by the model before isn't taken for what the next one finds", async () => {
    const version = async () => (await retrieve(anonymous, ["car"], { limit: 1 })).version;
    await createDocument("An automobile.");
    const byWords = await version();
    expect((await corpusVersion(anonymous)).version).toBe(byWords);
    await embedNow();
    const first = await version();
    // As another process does it: this one still knows the model before.
    const next = await db.as(system("test"), (tx) => addModel(tx, "model-b", 64, false, false));
    await db.as(system("test"), (tx) => activateModel(tx, next));
    const stale = await version();
    expect((await corpusVersion(anonymous)).version).toBe(stale);
    forgetActiveModel();
    const fresh = await version();
    expect(fresh).not.toBe(stale);
    expect((await corpusVersion(anonymous)).version).toBe(fresh);
    expect(new Set([byWords, first, stale, fresh]).size).toBe(4);
    model.fake.behave({ kind: "refuse", status: 500 });
    expect((await retrieve(anonymous, ["bike"], { limit: 1 }))).toMatchObject({ mode: "degraded", version: fresh });
  });

  test("a process that died while it was filling is followed by the next, once its lease has run out", async () => {
    await createDocument("An automobile.");
    model.fake.behave({ kind: "refuse", status: 400 });
    await embedNow().catch(() => undefined);
    model.fake.behave({ kind: "vectors" });
    await inspect("select app.add_embedding_model('model-a', 64, false, false)");
    await inspect("update app.embedding_models set leased_until = now() + interval '60 seconds'");
    expect(await embedNow()).toEqual({ embedded: 0, againIn: 60, model: "model-a" });
    expect(await inspect("select round(extract(epoch from start_after - created_on))::int as wait from pgboss.job where name = 'knowledge.embed' and singleton_key is null and state = 'created'"))
      .toEqual([{ wait: 60 }]);
    await inspect("update app.embedding_models set leased_until = now()");
    expect(await embedNow()).toMatchObject({ embedded: 1, againIn: null });
  });

  test("a run without time left says that something is left, and the next goes on", async () => {
    await createDocument(long(Array.from({ length: 120 }, (_, i) => `thing${i}`)));
    const clock = vi.spyOn(performance, "now");
    let jumps = 0;
    model.fake.behave(({ input }) => {
      if (input.length > 1) clock.mockImplementation(() => 1e9 + (jumps += 1));
      return { kind: "vectors" };
    });
    expect(await embedNow()).toMatchObject({ embedded: 96, againIn: 0 });
    clock.mockRestore();
    expect(await storedModels()).toMatchObject([{ state: "filling" }]);
    expect(await embedNow()).toMatchObject({ againIn: null });
    expect(await storedModels()).toMatchObject([{ state: "active" }]);
  });

  test("what was remembered of a search is out of date once vectors change what it finds", async () => {
    const version = async () => (await retrieve(anonymous, ["car"], { limit: 1 })).version;
    await createDocument("An automobile.");
    await inspect("update app.corpora set answer_from_similarity = 0.5");
    const before = await version();
    await embedNow();
    const active = await version();
    expect(active).not.toBe(before);
    expect(await inspect("select answer_from_similarity as from from app.corpora")).toEqual([{ from: null }]);
    await createDocument("Rain.");
    const indexed = await version();
    await embedNow();
    expect(await version()).not.toBe(indexed);
    const embedded = await version();
    await embedNow();
    expect(await version()).toBe(embedded);
  });

  test("a document indexed later is embedded by the queue, and its passages wait as one job", async () => {
    await createDocument("An automobile.");
    await embedNow();
    const stop = await startWorkers([embedPassages]);
    await createDocument("Rain falls on the coast.");
    await createDocument("Snow falls on the accumulator.");
    const waiting = await inspect<{ n: number }>("select count(*)::int as n from pgboss.job where name = 'knowledge.embed' and state = 'created' and singleton_key is not null");
    expect(waiting[0]?.n).toBeLessThanOrEqual(1);
    await vi.waitFor(async () => expect(await countVectors()).toBe(3), { timeout: 10_000, interval: 100 });
    expect((await find("battery")).found[0]).toBe("Snow falls on the accumulator.");
    await stop(2_000);
  });

  test("asked for twice, one run waits; with other keys, others do", async () => {
    await wantAllVectors();
    await wantAllVectors();
    const { tenantId } = await createMember("A");
    await createDocument("One.", { tenantId });
    await createDocument("Two.", { tenantId });
    await createDocument("Public.");
    const waiting = await inspect<{ key: string }>("select singleton_key as key from pgboss.job where name = 'knowledge.embed' and state = 'created' order by 1");
    const corpora = await inspect<{ id: string }>("select id::text as id from app.corpora order by 1");
    expect(waiting.map(({ key }) => key)).toEqual([...corpora.map(({ id }) => id), null]);
    model.configure(undefined);
    await inspect("delete from pgboss.job");
    await createDocument("Three.", { tenantId });
    await wantAllVectors();
    expect(await inspect("select from pgboss.job")).toEqual([]);
    expect(await embedNow()).toEqual({ embedded: 0, againIn: null, model: null });
  });

  test("a passage that was replaced while it was embedded doesn't get the vector of the old text", async () => {
    const { sourceId } = await createDocument("An automobile.");
    let replaced = false;
    model.fake.behave(async ({ input }) => {
      if (!replaced && input.some((text) => text.includes("automobile"))) {
        replaced = true;
        await createDocument("Rain falls on the coast.", { sourceId });
      }
      return { kind: "vectors" };
    });
    expect(await embedNow()).toMatchObject({ embedded: 1, againIn: null });
    expect(model.fake.requests.at(-1)?.input).toEqual(["Document\nRain falls on the coast."]);
    expect((await find("rain falls on the coast")).found).toEqual(["Rain falls on the coast."]);
    expect(await countVectors()).toBe(1);
  });

  test("a deleted document's vectors go with it, of every model", async () => {
    const document = await createDocument("An automobile.");
    await createDocument("Rain.");
    await embedNow();
    model.configure("model-b");
    await embedNow();
    expect([await countVectors(1), await countVectors(2)]).toEqual([2, 2]);
    await db.as(system("test"), (tx) => removeDocument(tx, document));
    expect([await countVectors(1), await countVectors(2)]).toEqual([1, 1]);
  });

  test("another tenant's vectors are never found or seen", async () => {
    const [a, b] = [await createMember("A"), await createMember("B")];
    await createDocument("An automobile with an inexpensive accumulator.", { tenantId: a.tenantId });
    await createDocument("Rain falls on the coast.", { tenantId: b.tenantId });
    await createDocument("Snow in the mountains.");
    await embedNow();
    expect((await find("cheap car battery", a)).found).toContain("An automobile with an inexpensive accumulator.");
    for (const principal of [b, anonymous]) {
      const { mode, found } = await find("cheap car battery", principal);
      expect(mode).toBe("hybrid");
      expect(found).not.toContain("An automobile with an inexpensive accumulator.");
      const seen = await db.as(principal, (tx) => tx.selectFrom("app.chunk_embeddings_1" as "app.chunks").select("corpus_id").execute());
      expect(seen).toHaveLength(principal === b ? 2 : 1);
    }
    await expect(db.as(a, (tx) => tx.deleteFrom("app.chunk_embeddings_1" as "app.chunks").execute())).rejects.toThrow("permission denied");
  });

  test("answers by words when the model's table has gone, and by the next model after that", async () => {
    await createDocument("An automobile.");
    await embedNow();
    await find("car");
    await inspect("update app.embedding_models set state = 'retired'");
    await inspect("select app.drop_embedding_model(1)");
    expect(await find("automobile")).toEqual({ mode: "degraded", found: ["An automobile."] });
    expect(await find("automobile")).toMatchObject({ mode: "keyword" });
    await embedNow();
    expect(await find("automobile")).toMatchObject({ mode: "hybrid" });
  });
});
