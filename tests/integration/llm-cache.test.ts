import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { processWide } from "#lib/process-wide.ts";
import { definePrompt, type LlmCall } from "#domains/llm/index.ts";
import { callModel } from "#domains/llm/server.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { createRedisCache, textCache } from "#platform/cache/text-cache.ts";
import { connectRedis, readyWithin, storeOf } from "#platform/security/redis-store.ts";
import { SharedRateLimiter } from "#platform/security/shared-rate-limiter.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { withEnvironment } from "../support/environment.ts";
import { createMember } from "../support/factories.ts";
import { startFakeOpenAi, type FakeOpenAi } from "../support/fake-openai.ts";
import { startGateway } from "../support/gateway-processes.ts";
import { startRedis, type RunningRedis } from "../support/servers/redis.ts";

const minuteMs = 60_000;
const prompt = definePrompt({ id: "test", purpose: "Tests.", versions: [{ version: 1, since: "2026-11-21", change: "The first one.", instructions: "Repeat." }] });
let opened: TestDatabase;
let fake: FakeOpenAi;
let redis: RunningRedis;
let admin: ReturnType<typeof connectRedis>;
let restore = () => undefined as void;
const variables: Record<string, string> = {};
let serial = 0;

/** Answers are kept in database 1 of this Redis; limits would live in 0. */
const cacheUrl = () => `${redis.url}/1`;

beforeAll(async () => {
  [opened, fake, redis] = await Promise.all([openTestDatabase("server"), startFakeOpenAi(), startRedis({ own: true })]);
  Object.assign(variables, { OPENAI_API_KEY: "k", OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODEL: "fake-model", REDIS_CACHE_URL: cacheUrl(), SESSION_SECRET: randomBytes(48).toString("base64") });
  restore = withEnvironment(variables);
  // More patient than in production: a busy machine is no reason to find nothing.
  processWide("text-cache", () => createRedisCache(cacheUrl(), 5_000));
  admin = connectRedis(cacheUrl(), 5_000);
  await readyWithin(admin, 5_000);
});
beforeEach(async () => {
  fake.requests.length = 0;
  fake.behave({ kind: "stream", pieces: ["Kept"] });
  await untilCacheAnswers();
  await admin.flushdb();
});
afterAll(async () => {
  restore();
  admin.disconnect();
  await Promise.all([fake.close(), redis.stop(), opened.close()]);
});

const callOf = (over: Partial<LlmCall> = {}): LlmCall => ({
  endpoint: "ask", prompt, input: { question: `Question ${(serial += 1)}` }, maxOutputTokens: 100, principal: anonymous, address: "203.0.113.9", signal: new AbortController().signal, cacheable: true, ...over,
});
async function made(call: LlmCall): Promise<{ text: string; cached: boolean | undefined }> {
  let [text, cached]: [string, boolean | undefined] = ["", undefined];
  for await (const event of callModel(call)) {
    if (event.type === "text") text += event.text;
    else cached = event.cached;
  }
  return { text, cached };
}
/** A connection fails at once while it is being made: until then nothing is kept. */
async function untilCacheAnswers(): Promise<void> {
  await expect.poll(async () => {
    await textCache().set("probe", "there", minuteMs);
    return textCache().get("probe");
  }, { timeout: 15_000, interval: 100 }).toBe("there");
}

test("answers are kept under keyed hashes, each organisation's, prompt's and corpus's own, for a day at most", async () => {
  const [one, other] = [await createMember("One"), await createMember("Other")];
  const call = callOf({ principal: one, input: { question: "Who is marie.tremblay@example.ca?" } });
  const newer = definePrompt({ ...prompt, versions: [...prompt.versions, { version: 2, since: "2026-11-22", change: "Longer.", instructions: "Repeat twice." }] });
  const variants = [call, { ...call, principal: other }, { ...call, principal: anonymous }, { ...call, prompt: newer }, { ...call, corpusVersion: "2:1" }];
  for (const each of variants) expect(await made(each)).toEqual({ text: "Kept", cached: false });
  for (const each of variants) expect(await made(each)).toEqual({ text: "Kept", cached: true });
  expect(fake.requests).toHaveLength(variants.length);

  const keys = await admin.keys("*");
  expect(keys).toHaveLength(variants.length);
  for (const key of keys) {
    expect(key).toMatch(/^tieline:answer:[0-9a-f]{64}$/);
    const leftMs = await admin.pttl(key);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(24 * 3_600_000);
    expect(await admin.get(key)).not.toMatch(/tremblay|Who is/);
  }
});

test("what one process kept another one gives", async () => {
  const process = await startGateway({ ...variables, DATABASE_URL: opened.url ?? "" });
  try {
    // Its connection to the cache may still be opening at its first calls, which then keep nothing: each try asks something new.
    await expect.poll(async () => {
      const question = `Shared ${randomBytes(4).toString("hex")}`;
      process.call(question);
      await process.reached(question, "ended");
      return made(callOf({ input: { question } }));
    }, { timeout: 40_000 }).toEqual({ text: "Kept", cached: true });
  } finally {
    await process.end();
  }
}, 60_000);

test("a full cache lets go of what was asked for longest ago, and fails nobody", async () => {
  const own = await startRedis({ own: true });
  const connection = connectRedis(own.url, 5_000);
  try {
    await readyWithin(connection, 5_000);
    await connection.config("SET", "maxmemory-policy", "allkeys-lru");
    await connection.config("SET", "maxmemory-samples", "64");
    const empty = Number(/used_memory:(\d+)/.exec(await connection.info("memory"))?.[1]);
    await connection.config("SET", "maxmemory", String(empty + 2_000_000));
    const cache = createRedisCache(own.url, 5_000);
    await expect.poll(async () => (await cache.set("first", "x".repeat(50_000), minuteMs), (await cache.get("first"))?.length), { timeout: 5_000 }).toBe(50_000);
    for (let n = 0; n < 80; n += 1) await cache.set(`text ${n}`, String(n).padEnd(50_000), minuteMs);
    expect(Number(/evicted_keys:(\d+)/.exec(await connection.info("stats"))?.[1])).toBeGreaterThan(20);
    expect(await cache.get("first")).toBeUndefined();
    expect((await cache.get("text 79"))?.trim()).toBe("79");
  } finally {
    connection.disconnect();
    await own.stop();
  }
}, 30_000);

test("emptying the cache leaves the limits, which live in another database", async () => {
  const limits = connectRedis(`${redis.url}/0`, 5_000);
  try {
    await readyWithin(limits, 5_000);
    const limiter = new SharedRateLimiter("redis", storeOf(limits));
    const policy = { name: "hour", limit: 10, windowMs: 3_600_000 };
    const call = callOf();
    await made(call);
    await limiter.check("somebody", policy, 4);
    await admin.flushdb();
    expect(await limiter.check("somebody", policy, 0)).toMatchObject({ remaining: 6 });
    expect(await made(call)).toEqual({ text: "Kept", cached: false });
  } finally {
    limits.disconnect();
  }
});

test("calls go on without a cache that dies, and are kept again when it is back", async () => {
  const call = callOf();
  await made(call);
  await redis.kill();
  expect(await made(call)).toEqual({ text: "Kept", cached: false });
  expect(await made(call)).toEqual({ text: "Kept", cached: false });
  redis = await startRedis({ own: true, port: Number(new URL(redis.url).port) });
  await untilCacheAnswers();
  expect(await made(call)).toEqual({ text: "Kept", cached: false });
  expect(await made(call)).toEqual({ text: "Kept", cached: true });
  expect((await inspect<{ outcome: string }>("select outcome from app.llm_call_log order by id desc limit 5")).map(({ outcome }) => outcome)).toEqual(["cached", "ok", "ok", "ok", "ok"]);
}, 30_000);
