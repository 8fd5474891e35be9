import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { processWide } from "#lib/process-wide.ts";
import { system, type Member } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { forgetFlags } from "#platform/flags/flags.ts";
import { upsertFlag } from "#platform/flags/queries.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { forgetQuestionVectors } from "#domains/knowledge/question-vectors.ts";
import { insertPrice } from "#domains/llm/prices/price-queries.ts";
import { forgetPrices } from "#domains/llm/prices/prices.ts";
import { embed } from "#domains/llm/server.ts";
import { countVectors, embedNow, find, startEmbeddingModel, type EmbeddingModel } from "../support/embedding-model.ts";
import { createDocument, createMember } from "../support/factories.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

const worker = system("test");
/** Valid by its check digit, and nobody's. */
const sin = "046 454 286";

async function switchModels(enabled: boolean): Promise<void> {
  await db.as(worker, (tx) => upsertFlag(tx, "model-calls", { enabled, rolloutPercent: 100 }));
  forgetFlags();
}

describe.each(engines)("vectors in the books on the %s engine", (engine) => {
  let opened: TestDatabase;
  let model: EmbeddingModel;
  let member: Member;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    model = await startEmbeddingModel();
    member = await createMember("Alice Power");
    forgetPrices();
    await db.as(worker, (tx) => insertPrice(tx, {
      provider: "openai", model: "model-a", version: "openai/model-a@start", origin: "checked-in", effectiveFrom: null, effectiveTo: null, tierAbove: null, source: "test", asOf: "2026-11-01", note: "",
      rates: [{ service: "standard", tier: 0, bucket: "input", usdPerMillion: "0.02" }],
    }));
  });
  afterAll(async () => {
    forgetPrices();
    await model.close();
    await opened.close();
  });
  beforeEach(async () => {
    model.configure("model-a");
    model.fake.behave({ kind: "vectors" });
    model.fake.requests.length = 0;
    forgetQuestionVectors();
    for (const table of ["llm_reservations", "llm_call_log", "llm_budgets"] as const) await inspect(`delete from app.${table}`);
    await switchModels(true);
  });
  const ledger = () => inspect("select tenant_id, principal_kind as kind, principal_id as who, outcome, usage, cost_usd::text as cost, redaction_summary as redactions from app.llm_call_log where endpoint = 'embed' order by id");
  const lookups = async () => {
    const { values } = await metrics().modelCacheLookups.get();
    const counted = (result: string) => values.find(({ labels }) => labels.endpoint === "embed" && labels.result === result)?.value ?? 0;
    return { hit: counted("hit"), miss: counted("miss") };
  };
  const budget = (limit: string, tenant: string | null = null) => inspect("select app.llm_add_budget($1, null, 'day', $2::numeric)", [tenant, limit]);

  test("a question is booked once, on the organisation that asked it, at its exact cost; asked again it costs nothing", async () => {
    await createDocument("An automobile with an accumulator.");
    await embedNow();
    await inspect("delete from app.llm_call_log");
    const before = await lookups();
    await find("car", member);
    await find("car", member);
    expect(await lookups()).toEqual({ hit: before.hit + 1, miss: before.miss + 1 });
    expect(await ledger()).toEqual([{ tenant_id: member.tenantId, kind: "system", who: "knowledge.search", outcome: "ok", usage: { input: 10 }, cost: "0.0000002", redactions: {} }]);
  });

  test("a vector that is remembered is one organisation's, under a key that holds no word of the question", async () => {
    const before = await lookups();
    for (const principal of [member, member, await createMember("Bob Power")]) await find(`Who has the SIN ${sin}?`, principal);
    expect(await lookups()).toEqual({ hit: before.hit + 1, miss: before.miss + 2 });
    const { vectors } = processWide<{ vectors: Map<string, unknown> }>("question-vectors", () => ({ vectors: new Map() }));
    expect([vectors.size, [...vectors.keys()].join().includes("046")]).toEqual([2, false]);
  });

  test("passages are booked on whose they are, in requests of their own", async () => {
    await createDocument("Everybody may read of rain.");
    await createDocument("Alice's own snow.", { tenantId: member.tenantId });
    await embedNow();
    expect(await ledger()).toMatchObject([null, member.tenantId].map((tenant) => ({ tenant_id: tenant, who: "knowledge.embed", outcome: "ok" })));
  });

  test("personal values leave as placeholders that are the same whatever is sent beside them", async () => {
    await embed(worker, [`My SIN is ${sin}, and yours?`, "write to ana@example.com"]);
    await embed(worker, ["write to ana@example.com"]);
    const sent = model.fake.requests.map(({ input }) => input);
    expect(JSON.stringify(sent)).not.toMatch(/046|ana@/);
    expect(sent[0]?.[1]).toBe(sent[1]?.[0]);
    expect((await ledger())[0]).toMatchObject({ redactions: { sin: 1, email: 1 } });
  });

  test("a used-up budget stops searches by meaning and goes on by words; a failure is booked without cost, a time-out with the most", async () => {
    await budget("0");
    expect((await find("automobile")).mode).toBe("degraded");
    expect(model.fake.requests).toEqual([]);
    expect(await ledger()).toMatchObject([{ outcome: "over_budget", cost: "0" }]);
    await inspect("delete from app.llm_budgets");
    model.fake.behave({ kind: "refuse", status: 500 });
    await find("rain");
    model.fake.behave({ kind: "stall" });
    await find("wind");
    expect((await ledger()).slice(1)).toMatchObject([{ outcome: "failed", cost: "0" }, { outcome: "failed", cost: null, usage: null }]);
  });

  test("one organisation without a budget waits; the passages of others don't", async () => {
    await budget("0", member.tenantId);
    const before = await countVectors();
    await createDocument("Alice's own hail.", { tenantId: member.tenantId, title: "Hail" });
    await createDocument("Everybody may read of thunder.", { title: "Thunder" });
    expect(await embedNow()).toMatchObject({ embedded: 1, againIn: 600 });
    expect(await countVectors()).toBe(before + 1);
    await inspect("delete from app.llm_budgets");
    expect(await embedNow()).toMatchObject({ embedded: 1, againIn: null });
  });

  test("passages of a governed dataset are sent only with its steward's consent; others don't wait for it, and a new model comes into use without them", async () => {
    await inspect("insert into app.llm_governed_datasets (id, steward, tags, reason) values ('governed', 'A Nation', '{ocap}', 'Resolution 1')");
    try {
      await createDocument("The river is low in autumn.", { source: "governed", title: "River" });
      await createDocument("Everybody may read of fog.", { title: "Fog" });
      expect(await embedNow()).toMatchObject({ embedded: 1, againIn: null });
      model.configure("model-b");
      expect(await embedNow()).toMatchObject({ againIn: null, model: "model-b" });
      expect((await find("fog")).mode).toBe("hybrid");
      expect(JSON.stringify(model.fake.requests)).not.toContain("river");

      await inspect("insert into app.llm_consents (id, steward, datasets, purposes, valid_from, evidence) values ($1, 'A Nation', '{governed}', '{model_input}', now(), 'Resolution 2')", [newId()]);
      expect(await embedNow()).toMatchObject({ embedded: 1 });
      expect(JSON.stringify(model.fake.requests)).toContain("river");
    } finally {
      await inspect("delete from app.llm_consents");
      await inspect("delete from app.llm_governed_datasets");
    }
  });

  test("nothing is sent while models are switched off", async () => {
    await switchModels(false);
    await expect(embed(system("test", newId()), ["rain"])).rejects.toMatchObject({ code: "LLM_DISABLED" });
    expect(model.fake.requests).toEqual([]);
  });
});
