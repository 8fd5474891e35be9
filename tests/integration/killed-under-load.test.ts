import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { llmJobs } from "#domains/llm/jobs.ts";
import { insertPrice } from "#domains/llm/prices/price-queries.ts";
import { system } from "#platform/auth/principal.ts";
import { useDatabase, type Database } from "#platform/db/database.ts";
import { migrateServer } from "#platform/db/migrate-server.ts";
import { openServer } from "#platform/db/server-engine.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { startApp, type AppServer } from "../support/app-server.ts";
import { inspect } from "../support/database.ts";
import { createMember } from "../support/factories.ts";
import { observationsOf, recordObservations } from "../support/grid.ts";
import { outcomeOf, post, startLoad, type Kind } from "../support/load.ts";
import { startModel, type ModelProcess } from "../support/model-processes.ts";
import { insertKey } from "../support/organisations.ts";
import { startPostgres, type RunningPostgres } from "../support/servers/postgres.ts";
import { waitFor } from "../support/servers/process.ts";
import { startRedis, type RunningRedis } from "../support/servers/redis.ts";
import { CookieJar, password } from "../support/sessions.ts";

const perSecond = 20;
const limit = 30;
const replicas = 2;
/** Of an answer, by the usage that the model tells and its price. */
const exactCost = "0.0000636";
const waitMs = 40_000;

const kinds: Kind[] = ["document", "stream", "insight"];
const ofAsk = ["generated", "generated, in part", "UPSTREAM_UNAVAILABLE", "DATABASE_UNAVAILABLE"];
const documented: Record<Kind, string[]> = {
  document: ofAsk,
  stream: ofAsk,
  insight: ["generated", "computed, UPSTREAM_UNAVAILABLE", "computed, DATABASE_UNAVAILABLE", "DATABASE_UNAVAILABLE"],
};

/** One request of the load and what came of it. */
interface Exchange {
  question: string;
  traceId: string;
  kind: Kind;
  outcome: string;
  /** Whether the server was killed, or wasn't there, before it ended. */
  killed: boolean;
}

/** Of the books, as far as the test looks at it; amounts are exact decimals. */
interface Row {
  trace: string | null;
  outcome: string;
  expired: boolean;
  estimated: boolean;
  cost: string | null;
  charged: string;
  reserved: string;
}

const exchanges: Exchange[] = [];
let postgres: RunningPostgres;
let [limits, cache]: [RunningRedis?, RunningRedis?] = [];
let model: ModelProcess;
let database: Database;
let dataDir: string;
let app: AppServer | undefined;
/** How often the server has gone or come back. */
let changes = 0;
let principals: Record<string, string>[];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tieline-load-"));
  [postgres, limits, cache, model] = await Promise.all([startPostgres({ own: true, durable: true }), startRedis({ own: true }), startRedis({ own: true }), startModel()]);
  await migrateServer(postgres.url);
  database = await openServer({ url: postgres.url, poolMax: 4 });
  useDatabase(Promise.resolve(database));
  const price = { service: "standard" as const, tier: 0 as const };
  await db.as(system("test"), (tx) => insertPrice(tx, {
    provider: "openai", model: "fake-model", version: "fake@1", origin: "imported", effectiveFrom: null, effectiveTo: null, tierAbove: null, source: "test", asOf: "2026-11-01", note: "",
    rates: [{ ...price, bucket: "input", usdPerMillion: "0.1" }, { ...price, bucket: "output", usdPerMillion: "0.7" }],
  }));
  const demand = Array.from({ length: 24 }, (_, hour) => 15_000 + 100 * hour);
  await recordObservations("ieso.demand", observationsOf({ region: "CA-ON", metric: "demand", unit: "MW" }, "2026-03-02T05:00:00Z", 60, demand));
  app = await startServer();
  const key = await insertKey((await createMember("Load")).tenantId, ["ask"]);
  principals = [...Array.from({ length: 64 }, (_, n) => from(`10.1.0.${n}`)), { ...from("10.2.0.1"), ...key.headers }, { ...from("10.2.0.2"), ...(await signUp(from("10.2.0.2"))) }];
}, 120_000);
afterAll(async () => {
  await app?.end("SIGKILL");
  useDatabase(undefined);
  await database.close();
  await Promise.all([model.kill(), limits?.stop(), cache?.stop(), postgres.stop()]);
  await rm(dataDir, { recursive: true });
});

const from = (address: string) => ({ "x-forwarded-for": address });
const urlOf = (path: string) => `${app?.url}${path}`;

function startServer(): Promise<AppServer> {
  return startApp({
    DATA_DIR: dataDir, DATABASE_URL: postgres.url, REDIS_URL: limits?.url ?? "", REDIS_CACHE_URL: cache?.url ?? "", RATE_LIMIT_REPLICAS: String(replicas), RATE_LIMIT_TIMEOUT_MS: "5000",
    RATE_LIMIT_LLM_PER_MINUTE: String(limit), TRUSTED_PROXY_HOPS: "1", OPENAI_API_KEY: "k", OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: "fake-model", LLM_TIMEOUT_MS: "3000",
  });
}

async function signUp(headers: Record<string, string>): Promise<Record<string, string>> {
  const jar = new CookieJar();
  const response = await post(urlOf("/api/auth/sign-up"), { ...headers, "sec-fetch-site": "same-origin" }, { email: "load@example.com", password });
  response.headers.getSetCookie().forEach(jar.take);
  expect([response.status, jar.cookies.size > 0]).toEqual([201, true]);
  return jar.headers;
}

async function send(number: number): Promise<void> {
  const kind = (["document", "stream", "document", "insight"] as const)[number % 4] ?? "document";
  const question = `What is the pool price in Alberta, and how is it settled, in case ${number}?`;
  const traceId = (number + 1).toString(16).padStart(32, "0");
  const headers = { ...principals[number % principals.length], traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
  const before = changes;
  const responding = kind === "insight"
    ? post(urlOf("/api/llm/explain-chart"), headers, { region: "CA-ON", metric: "demand", resolution: "hour", from: "2026-03-02", to: "2026-03-03", prompt: question })
    : post(urlOf("/api/ask"), kind === "stream" ? { ...headers, accept: "text/event-stream" } : headers, { question });
  const outcome = await outcomeOf(kind, responding);
  exchanges.push({ question, traceId, kind, outcome, killed: before % 2 === 1 || changes > before });
}

/** Waits until requests of these kinds, answered from now on, have this outcome. */
async function until(outcome: string, asked = kinds): Promise<void> {
  const since = exchanges.length;
  for (const kind of asked) await waitFor(`${kind}: ${outcome}`, waitMs, () => (exchanges.slice(since).some((each) => each.kind === kind && each.outcome === outcome) ? true : null));
}

let bursts = 0;

/** Requests at once of a client that nobody knows, each refused for its form unless it is one too many; answers how many weren't, and by whose count. */
async function burst(): Promise<{ backends: string[]; passed: number }> {
  bursts += 1;
  // Within one minute: from the next one on, the window gives some of it back.
  const leftMs = 60_000 - (Date.now() % 60_000);
  if (leftMs < 5_000) await sleep(leftMs + 50);
  const responses = await Promise.all(Array.from({ length: 2 * limit }, () => post(urlOf("/api/ask"), from(`10.3.0.${bursts}`), {})));
  await Promise.all(responses.map((each) => each.text()));
  for (const { status, headers } of responses.filter((each) => each.status !== 400)) {
    expect([status, headers.get("retry-after"), headers.get("x-ratelimit-remaining")]).toEqual([429, expect.stringMatching(/^[1-9]\d*$/), "0"]);
  }
  const backends = [...new Set(responses.map(({ headers }) => headers.get("x-ratelimit-backend") ?? ""))];
  return { backends, passed: responses.filter(({ status }) => status === 400).length };
}

test("whatever is killed under load, every answer is a documented one, limits hold, and the books are exact", async () => {
  const stop = startLoad(perSecond, send);
  await until("generated");
  expect(await burst()).toEqual({ backends: ["redis"], passed: limit });

  await postgres.restart?.kill();
  await until("DATABASE_UNAVAILABLE");
  await postgres.restart?.up();
  await until("generated");

  await model.kill();
  const answers = model.answered;
  await until("UPSTREAM_UNAVAILABLE", ["document", "stream"]);
  await until("computed, UPSTREAM_UNAVAILABLE", ["insight"]);
  model = await startModel(Number(new URL(model.baseUrl).port));

  // While the model is left alone for having failed.
  await Promise.all([limits?.kill(), cache?.kill()]);
  expect(await burst()).toEqual({ backends: ["memory"], passed: limit / replicas });
  [limits, cache] = await Promise.all([limits, cache].map((each) => startRedis({ own: true, port: Number(new URL(each?.url ?? "").port) })));
  await waitFor("limits to be counted in Redis", waitMs, async () => ((await fetch(urlOf("/api/help/manifest"))).headers.get("x-ratelimit-backend") === "redis" ? true : null));
  expect(await burst()).toEqual({ backends: ["redis"], passed: limit });
  await until("generated");

  await waitFor("a call that runs", waitMs, async () => ((await inspect("select from app.llm_reservations")).length > 0 ? true : null));
  changes += 1;
  await app?.end("SIGKILL");
  app = await startServer();
  changes += 1;
  await until("generated");
  await stop();
  expect(await app.end("SIGTERM")).toBe(0);

  expect(exchanges.filter(({ kind, outcome, killed }) => !documented[kind].includes(outcome) && !(killed && outcome === "cut"))).toEqual([]);
  await endLeases();
  await expectExactBooks([...answers, ...model.answered]);
}, 180_000);

/** What a process left reserved, because it was killed or the database was, is charged as it would be once its time is up. */
async function endLeases(): Promise<void> {
  await inspect("update app.llm_reservations set expires_at = now() - interval '1 second'");
  await llmJobs.find(({ name }) => name === "llm.expire")?.handle({}, new AbortController().signal);
  expect(await inspect("select from app.llm_reservations")).toEqual([]);
}

/** The books against the questions that the model says it has answered, and against the quotas and budgets. */
async function expectExactBooks(questions: string[]): Promise<void> {
  const rows = await inspect<Row>(`select trace_id as trace, outcome, expired, usage_estimated as estimated, cost_usd::text as cost, charged_usd::text as charged, reserved_usd::text as reserved
    from app.llm_call_log where reserved_usd is not null`);
  expect(rows.filter(({ outcome, estimated, cost, charged, reserved }) => (outcome === "ok" ? cost !== exactCost || charged !== exactCost : charged !== (estimated ? reserved : "0")))).toEqual([]);

  const traces = new Map(exchanges.map(({ question, traceId }) => [question, traceId]));
  const answered = new Set(questions.map((question) => traces.get(question) ?? question));
  expect(answered.size).toBe(questions.length);
  const [left, settled] = [rows.filter(({ expired }) => expired), rows.filter(({ expired }) => !expired)];
  const booked = new Map(settled.map((row) => [row.trace ?? "", row]));
  expect(booked.size).toBe(settled.length);
  expect(settled.filter(({ trace, outcome }) => outcome === "ok" && !answered.has(trace ?? ""))).toEqual([]);
  expect(settled.filter(({ trace, outcome, estimated }) => outcome !== "ok" && !estimated && answered.has(trace ?? ""))).toEqual([]);
  expect([...answered].filter((trace) => !booked.has(trace)).length).toBeLessThanOrEqual(left.length);

  expect(await inspect("select sum(used)::int as calls from app.llm_rate_limit")).toEqual([{ calls: rows.length }]);
  const budgets = await inspect("select sum(spent_usd) = (select sum(charged_usd) from app.llm_call_log) as exact, sum(reserved_usd) = 0 as free from app.llm_budget_periods group by budget_id");
  expect(budgets).toEqual(Array(2).fill({ exact: true, free: true }));
}
