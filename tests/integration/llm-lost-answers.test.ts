import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { definePrompt, type GatewayEvent } from "#domains/llm/index.ts";
import { callModel } from "#domains/llm/server.ts";
import { llmJobs } from "#domains/llm/jobs.ts";
import { insertPrice } from "#domains/llm/prices/price-queries.ts";
import { forgetPrices } from "#domains/llm/prices/prices.ts";
import { anonymous, system } from "#platform/auth/principal.ts";
import { useDatabase, type Database } from "#platform/db/database.ts";
import { openServer } from "#platform/db/server-engine.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { startCuttingProxy, type CuttingProxy } from "../support/cutting-proxy.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { withEnvironment } from "../support/environment.ts";
import { startFakeOpenAi, type FakeOpenAi } from "../support/fake-openai.ts";

const prompt = definePrompt({ id: "test", purpose: "Tests.", versions: [{ version: 1, since: "2026-11-21", change: "The first one.", instructions: "Repeat." }] });
let opened: TestDatabase;
let proxy: CuttingProxy;
let throughProxy: Database;
let fake: FakeOpenAi;
let restore: () => void;

beforeAll(async () => {
  opened = await openTestDatabase("server");
  const url = new URL(opened.url ?? "");
  proxy = await startCuttingProxy(Number(url.port));
  url.port = String(proxy.port);
  throughProxy = await openServer({ url: url.toString(), poolMax: 4 });
  useDatabase(Promise.resolve(throughProxy));
  fake = await startFakeOpenAi();
  restore = withEnvironment({ OPENAI_API_KEY: "k", OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODEL: "fake-model", LLM_TIMEOUT_MS: "20000" });
  forgetPrices();
  const price = { service: "standard" as const, tier: 0 as const };
  await db.as(system("test"), (tx) => insertPrice(tx, {
    provider: "openai", model: "fake-model", version: "fake@1", origin: "checked-in", effectiveFrom: null, effectiveTo: null, tierAbove: null, source: "test", asOf: "2026-11-01", note: "",
    rates: [{ ...price, bucket: "input", usdPerMillion: "0.1" }, { ...price, bucket: "output", usdPerMillion: "0.7" }],
  }));
});
beforeEach(async () => {
  for (const table of ["llm_reservations", "llm_call_log", "llm_budget_periods", "llm_rate_limit"] as const) await inspect(`delete from app.${table}`);
});
afterAll(async () => {
  restore();
  forgetPrices();
  await throughProxy.close();
  await Promise.all([proxy.close(), fake.close()]);
  await opened.close();
});

async function made(question: string): Promise<string> {
  const events: GatewayEvent[] = [];
  for await (const event of callModel({ endpoint: "ask", prompt, input: { question }, maxOutputTokens: 100, principal: anonymous, address: "203.0.113.9", signal: new AbortController().signal, cacheable: true })) events.push(event);
  return events.flatMap((event) => (event.type === "text" ? [event.text] : [])).join("");
}

/** The rows once all leases have run out, what is still held, and what the budgets say. */
async function books() {
  await inspect("update app.llm_reservations set expires_at = now() - interval '1 second'");
  await llmJobs.find(({ name }) => name === "llm.expire")?.handle({}, new AbortController().signal);
  const rows = await inspect("select outcome, error_code, charged_usd::float8 as charged, saved_usd::float8 as saved from app.llm_call_log order by id");
  const periods = await inspect("select spent_usd::float8 as spent, reserved_usd::float8 as reserved from app.llm_budget_periods");
  return { rows, held: await inspect("select from app.llm_reservations"), periods };
}

test("a call whose room was held though nobody heard it: no model is asked, one row says so, and the room is given back at no cost", async () => {
  proxy.loseAnswerTo("llm_reserve_all");
  await expect(made("Held?")).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
  expect(fake.requests).toEqual([]);
  expect(await books()).toEqual({
    rows: [{ outcome: "failed", error_code: "DATABASE_UNAVAILABLE", charged: 0, saved: null }], held: [], periods: Array(2).fill({ spent: 0, reserved: 0 }),
  });
});

test("a call that was booked though nobody heard it is booked once, and an equal one isn't said to have saved nothing", async () => {
  proxy.loseAnswerTo("llm_settle_all");
  expect([await made("Booked?"), await made("Booked?")]).toEqual(["Hello", "Hello"]);
  expect(await books()).toEqual({
    rows: [{ outcome: "ok", error_code: null, charged: 0.0000636, saved: null }, { outcome: "cached", error_code: null, charged: 0, saved: null }],
    held: [], periods: Array(2).fill({ spent: 0.0000636, reserved: 0 }),
  });
});
