import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { llmJobs } from "#domains/llm/jobs.ts";
import { insertPrice } from "#domains/llm/prices/price-queries.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { openTestDatabase, inspect, type TestDatabase } from "../support/database.ts";
import { startFakeOpenAi, type FakeOpenAi } from "../support/fake-openai.ts";
import { startGateway, type GatewayProcess } from "../support/gateway-processes.ts";

let opened: TestDatabase;
let fake: FakeOpenAi;
const processes: GatewayProcess[] = [];

beforeAll(async () => {
  opened = await openTestDatabase("server");
  fake = await startFakeOpenAi();
  const price = { service: "standard" as const, tier: 0 as const };
  await db.as(system("test"), (tx) => insertPrice(tx, {
    provider: "openai", model: "fake-model", version: "fake@1", origin: "checked-in", effectiveFrom: null, effectiveTo: null, tierAbove: null, source: "test", asOf: "2026-11-01", note: "",
    rates: [{ ...price, bucket: "input", usdPerMillion: "0.1" }, { ...price, bucket: "output", usdPerMillion: "0.7" }],
  }));
});
afterAll(async () => {
  await Promise.all(processes.map((each) => each.end()));
  await fake.close();
  await opened.close();
});

const periods = async () => (await inspect<{ spent: number; reserved: number }>("select spent_usd::float8 as spent, reserved_usd::float8 as reserved from app.llm_budget_periods order by budget_id")).map(({ spent, reserved }) => [spent, reserved]);
const ledger = () => inspect<{ id: string; outcome: string; cost: string | null; charged: number; estimated: boolean; expired: boolean }>(
  "select id, outcome, cost_usd::text as cost, charged_usd::float8 as charged, usage_estimated as estimated, expired from app.llm_call_log order by id");
async function expire(): Promise<void> {
  const job = llmJobs.find(({ name }) => name === "llm.expire");
  if (!job) throw new Error("No job ends leases");
  await job.handle({}, new AbortController().signal);
}

test("processes that die or stand still between reserving and settling leave right books, and one that goes on corrects them", async () => {
  const gateway = async () => {
    const started = await startGateway({ DATABASE_URL: opened.url ?? "", SESSION_SECRET: randomBytes(48).toString("base64"), OPENAI_API_KEY: "k", OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODEL: "fake-model", LLM_TIMEOUT_MS: "60000" });
    processes.push(started);
    return started;
  };
  const [killed, frozen] = await Promise.all([gateway(), gateway()]);
  fake.behave((question) => question === "frozen" ? { kind: "stream", pieces: ["One", " two"], pauseMs: 3_000 } : { kind: "stream", pieces: Array<string>(10_000).fill("word "), pauseMs: 20 });
  killed.call("killed");
  await killed.reached("killed", "begun");
  frozen.call("frozen");
  await frozen.reached("frozen", "begun");
  frozen.signal("SIGSTOP");
  await killed.end();

  // What they hold stays held while they might still run.
  const held = await inspect<{ most: number }>("select most_usd::float8 as most from app.llm_reservations order by call_id");
  const [ofKilled = NaN, ofFrozen = NaN] = held.map(({ most }) => most);
  expect(ofKilled).toBeGreaterThan(0);
    await expire();
  const count = (await periods()).length;
  expect(await periods()).toEqual(Array(count).fill([0, expect.closeTo(ofKilled + ofFrozen, 12)]));
  expect(await ledger()).toEqual([]);

  await inspect("update app.llm_reservations set expires_at = now() - interval '1 second'");
  await expire();
  expect(await inspect("select * from app.llm_reservations")).toEqual([]);
  const charged = { outcome: "aborted", cost: null, estimated: true, expired: true };
  expect(await ledger()).toEqual([{ id: expect.any(String), ...charged, charged: ofKilled }, { id: expect.any(String), ...charged, charged: ofFrozen }]);
  expect(await periods()).toEqual(Array(count).fill([expect.closeTo(ofKilled + ofFrozen, 12), 0]));

  frozen.signal("SIGCONT");
  expect(await frozen.reached("frozen", "ended")).toMatchObject({ text: "One two" });
  await expect.poll(async () => (await ledger())[1]?.outcome, { timeout: 10_000 }).toBe("ok");
  expect(await ledger()).toMatchObject([{ ...charged, charged: ofKilled }, { outcome: "ok", cost: "0.0000636", charged: 0.0000636, estimated: false, expired: false }]);
  expect(await periods()).toEqual(Array(count).fill([expect.closeTo(ofKilled + 0.0000636, 12), 0]));
  expect(count).toBeGreaterThan(0);
}, 60_000);
