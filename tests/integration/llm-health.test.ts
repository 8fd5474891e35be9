import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PUT as switchFlag } from "#app/api/admin/flags/[key]/route.ts";
import { GET as listConsents, POST as recordConsent } from "#app/api/admin/llm/consents/route.ts";
import { DELETE as withdrawConsent } from "#app/api/admin/llm/consents/[id]/route.ts";
import { POST as ask } from "#app/api/ask/route.ts";
import { GET as providersHealth } from "#app/api/health/providers/route.ts";
import { GET as llmHealth } from "#app/api/llm/health/route.ts";
import { GET as readMetrics } from "#app/api/metrics/route.ts";
import { ConsentList, ConsentView, LlmHealth, ProvidersHealth } from "#domains/llm/index.ts";
import { embed } from "#domains/llm/server.ts";
import { system } from "#platform/auth/principal.ts";
import { createAdmin } from "../support/admins.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { withEnvironment } from "../support/environment.ts";
import { createDocument } from "../support/factories.ts";
import { startFakeEmbeddings } from "../support/fake-embeddings.ts";
import { startFakeOpenAi } from "../support/fake-openai.ts";
import { call } from "../support/http.ts";

let opened: TestDatabase;
let restore = () => undefined as void;
beforeAll(async () => void (opened = await openTestDatabase("embedded")));
afterEach(() => restore());
afterAll(() => opened.close());

describe("GET /api/health/providers", () => {
  const read = async () => ProvidersHealth.parse(await (await call(providersHealth, "/api/health/providers")).json());

  test("names none where none is configured", async () => {
    expect((await read()).providers).toEqual([]);
  });

  test("tells the fullest budget, and a model that is left alone after failing too often; metrics say the same", async () => {
    const fake = await startFakeOpenAi();
    restore = withEnvironment({ OPENAI_API_KEY: "k", OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODEL: "resting-model", METRICS_TOKEN: "m".repeat(20) });
    await inspect("delete from app.llm_budgets");
    await inspect("select app.llm_add_budget(null, 'openai', 'day', 4)");
    await inspect("update app.llm_budget_periods set spent_usd = 2, reserved_usd = 1");
    expect((await read()).providers).toEqual([{ provider: "openai", models: [{ model: "resting-model", circuit: "closed", callsFree: 32 }], rateLimit: { requests: null, tokens: null }, budget: { period: "day", ratio: 0.75 } }]);
    await createDocument("The marmot link carries power.", { title: "Marmot link" });
    fake.behave({ kind: "refuse", status: 500 });
    for (let i = 0; i < 3; i += 1) expect((await call(ask, "/api/ask", { json: { question: "What does the marmot link carry?" } })).status).toBe(503);
    expect((await read()).providers).toMatchObject([{ models: [{ circuit: "open" }] }]);
    const text = await (await call(readMetrics, "/api/metrics", { headers: { authorization: `Bearer ${"m".repeat(20)}` } })).text();
    expect(text).toMatch(/external_api_circuit_state\{provider="openai",model="resting-model"\} 1\n/);
    expect(text).toMatch(/external_api_budget_ratio\{provider="openai"\} 0\.75\n/);
    expect(text).toMatch(/external_api_errors_total\{provider="openai",reason="status"\}/);
    await fake.close();
  });

  test("tells what a vendor's answers say is left of its limits, and nothing where they say nothing; metrics say the same", async () => {
    const [fake, embeddings] = await Promise.all([startFakeOpenAi(), startFakeEmbeddings()]);
    restore = withEnvironment({ OPENAI_API_KEY: "k", OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODEL: "limited-model", EMBEDDING_BASE_URL: embeddings.baseUrl, EMBEDDING_MODEL: "limited-embedding", METRICS_TOKEN: "m".repeat(20) });
    const told = (remaining: number) => ({ "x-ratelimit-limit-requests": "500", "x-ratelimit-remaining-requests": String(remaining), "x-ratelimit-reset-requests": "1h" });
    const left = async () => /external_api_rate_limit_remaining\{.*/.exec(await (await call(readMetrics, "/api/metrics", { headers: { authorization: `Bearer ${"m".repeat(20)}` } })).text())?.[0];
    await createDocument("The badger link carries power.", { title: "Badger link" });
    const asked = () => call(ask, "/api/ask", { json: { question: "What does the badger link carry?" } });
    expect((await asked()).status).toBe(200);
    expect([(await read()).providers[0]?.rateLimit, await left()]).toEqual([{ requests: null, tokens: null }, undefined]);
    fake.tell(told(499));
    fake.behave({ kind: "refuse", status: 400 });
    expect((await asked()).status).toBe(503);
    expect([(await read()).providers[0]?.rateLimit, await left()]).toEqual([{ requests: { limit: 500, remaining: 499, resetsAt: expect.any(String) }, tokens: null }, 'external_api_rate_limit_remaining{provider="openai",kind="requests"} 499']);
    embeddings.tell(told(3));
    const leftAfterVectors = async () => {
      await embed(system("test"), ["a text"]);
      return [(await read()).providers[0]?.rateLimit.requests?.remaining, await left()];
    };
    // A server of one's own says nothing of the vendor's limits.
    expect(await leftAfterVectors()).toEqual([499, 'external_api_rate_limit_remaining{provider="openai",kind="requests"} 499']);
    const restoreServer = withEnvironment({ OPENAI_BASE_URL: embeddings.baseUrl, EMBEDDING_BASE_URL: undefined });
    expect(await leftAfterVectors()).toEqual([3, 'external_api_rate_limit_remaining{provider="openai",kind="requests"} 3']);
    restoreServer();
    await Promise.all([fake.close(), embeddings.close()]);
  });
});

describe("GET /api/llm/health", () => {
  const read = async () => LlmHealth.parse(await (await call(llmHealth, "/api/llm/health")).json());

  test("tells which endpoints a model answers, as its flags say", async () => {
    expect((await read()).endpoints.map(({ mode }) => mode)).toEqual(Array(6).fill("computed"));
    restore = withEnvironment({ OPENAI_API_KEY: "k", OPENAI_MODEL: "some-model" });
    expect((await read()).endpoints[0]).toEqual({ endpoint: "ask", mode: "generated", model: "some-model" });
    const { headers } = await createAdmin("admin");
    for (const key of ["generated-answers", "model-calls"]) {
      const switched = (enabled: boolean) => call(switchFlag, `/api/admin/flags/${key}`, { method: "PUT", params: { key }, json: { enabled, rolloutPercent: 100 }, headers });
      await switched(false);
      expect((await read()).endpoints).toEqual(expect.arrayContaining([{ endpoint: "ask", mode: "computed", model: null }, { endpoint: "market-brief", mode: "computed", model: null }]));
      await switched(true);
    }
  });
});

describe("POST /api/admin/llm/consents", () => {
  const body = { steward: "A Nation", datasets: ["water-levels"], purposes: ["model_input"], validFrom: "2026-11-01T00:00:00Z", validUntil: null, evidence: "Resolution 1" };

  test("records a decision, with its audit; viewers may only read", async () => {
    const [editor, viewer] = [await createAdmin("admin"), await createAdmin("viewer")];
    const recorded = await call(recordConsent, "/api/admin/llm/consents", { json: body, headers: editor.headers });
    expect(recorded.status).toBe(201);
    const { id } = ConsentView.parse(await recorded.json());
    expect((await call(recordConsent, "/api/admin/llm/consents", { json: body, headers: viewer.headers })).status).toBe(403);
    expect(await (await call(listConsents, "/api/admin/llm/consents", { headers: viewer.headers })).json()).toMatchObject({ items: [{ id, withdrawnAt: null, state: "in_force" }] });
    expect(await inspect("select action, target from app.audit_log where action like 'consent.%'")).toEqual([{ action: "consent.recorded", target: id }]);
  });

  test.each([
    ["no dataset", { ...body, datasets: [] }],
    ["an end before its beginning", { ...body, validUntil: "2026-10-01T00:00:00Z" }],
    ["a year that isn't one", { ...body, validFrom: "0000-01-01T00:00:00Z" }],
    ["an unknown purpose", { ...body, purposes: ["training"] }],
    ["no evidence", { ...body, evidence: " " }],
  ])("refuses one with %s", async (_, json) => {
    const { headers } = await createAdmin("admin");
    expect((await call(recordConsent, "/api/admin/llm/consents", { json, headers })).status).toBe(400);
  });
});

describe("GET /api/admin/llm/consents", () => {
  test("is the administrators' alone", async () => {
    expect((await call(listConsents, "/api/admin/llm/consents")).status).toBe(403);
  });

  test("says what each is now, and is filtered by dataset and state, page by page", async () => {
    const { headers } = await createAdmin("viewer");
    await inspect("delete from app.llm_consents");
    await inspect(`insert into app.llm_consents (id, steward, datasets, purposes, valid_from, valid_until, withdrawn_at, evidence)
      select app.uuid_v7(), 'B', datasets, '{display}', now() + since, now() + until, now() + withdrawn, evidence from (values
        ('{x,y}'::text[], interval '-2 days', null::interval, null::interval, 'in force'),
        ('{x}', '1 day', '2 days', null, 'to come'),
        ('{x}', '-2 days', '-1 day', null, 'over'),
        ('{y}', '-2 days', null, '-1 day', 'taken back')) as given (datasets, since, until, withdrawn, evidence)`);
    const list = async (query: string) => ConsentList.parse(await (await call(listConsents, `/api/admin/llm/consents?${query}`, { headers })).json());
    const states = async (query: string) => (await list(query)).items.map(({ evidence, state }) => `${evidence}: ${state}`).sort();
    expect(await states("")).toEqual(["in force: in_force", "over: ended", "taken back: withdrawn", "to come: not_yet"]);
    expect(await states("dataset=y")).toEqual(["in force: in_force", "taken back: withdrawn"]);
    expect(await states("dataset=x&state=ended")).toEqual(["over: ended"]);
    const { items: [newest], nextCursor } = await list("limit=1");
    const rest = await list(`cursor=${nextCursor ?? ""}`);
    expect([rest.items.length, rest.nextCursor]).toEqual([3, null]);
    expect(rest.items.map(({ id }) => id)).not.toContain(newest?.id);
    expect((await call(listConsents, "/api/admin/llm/consents?state=given", { headers })).status).toBe(400);
  });
});

describe("DELETE /api/admin/llm/consents/{id}", () => {
  test("withdraws once", async () => {
    const { headers } = await createAdmin("admin");
    const [consent] = await inspect<{ id: string }>("insert into app.llm_consents (id, steward, datasets, purposes, valid_from, evidence) values (app.uuid_v7(), 'B', '{x}', '{export}', now(), 'Letter') returning id");
    const id = consent?.id ?? "";
    const withdraw = () => call(withdrawConsent, `/api/admin/llm/consents/${id}`, { method: "DELETE", params: { id }, headers });
    expect(ConsentView.parse(await (await withdraw()).json()).withdrawnAt).not.toBeNull();
    expect((await withdraw()).status).toBe(404);
  });
});
