import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Redis as UpstashRedis } from "@upstash/redis";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { newId } from "#lib/ids.ts";
import { FailoverRateLimiter } from "#platform/security/failover-rate-limiter.ts";
import { MemoryRateLimiter } from "#platform/security/memory-rate-limiter.ts";
import type { RateLimitPolicy } from "#platform/security/rate-limiter.ts";
import { connectRedis, readyWithin, storeOf } from "#platform/security/redis-store.ts";
import type { ScriptStore } from "#platform/security/script-counts.ts";
import { SharedRateLimiter } from "#platform/security/shared-rate-limiter.ts";
import { startApp, type AppServer } from "../support/app-server.ts";
import { startFakeUpstash, type FakeUpstash } from "../support/fake-upstash.ts";
import { waitFor } from "../support/servers/process.ts";
import { askRedis, startRedis, type RunningRedis } from "../support/servers/redis.ts";

const timeoutMs = 2_000;
let redis: RunningRedis;
let upstash: FakeUpstash;
const connections: ReturnType<typeof connectRedis>[] = [];

beforeAll(async () => {
  redis = await startRedis();
  upstash = await startFakeUpstash(redis.url);
}, 120_000);
afterEach(() => connections.splice(0).forEach((connection) => connection.disconnect()));
afterAll(async () => {
  await upstash.close();
  await redis.stop();
});

async function redisStore(url = redis.url): Promise<ScriptStore> {
  const connection = connectRedis(url, timeoutMs);
  connections.push(connection);
  await readyWithin(connection, 5_000);
  return storeOf(connection);
}
const upstashStore = () => Promise.resolve<ScriptStore>(new UpstashRedis({ url: upstash.url, token: upstash.token, retry: false, enableTelemetry: false }));

const backends = [["redis", redisStore], ["upstash", upstashStore]] as const;

describe.each(backends)("limits counted in %s", (backend, open) => {
  test("are those counted in memory, decision by decision", async () => {
    const store = await open();
    const policies = fc.record({ name: fc.constant("any"), limit: fc.integer({ min: 1, max: 20 }), windowMs: fc.integer({ min: 1_000, max: 100_000 }) });
    const steps = fc.array(fc.record({ waitShare: fc.double({ min: 0, max: 0.7, noNaN: true }), cost: fc.integer({ min: 0, max: 4 }) }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(policies, steps, fc.integer({ min: 1, max: 2_000_000_000_000 }), async (policy, sequence, from) => {
        const [key, clock] = [newId(), { now: from }];
        const shared = new SharedRateLimiter(backend, store, { now: () => clock.now });
        const memory = new MemoryRateLimiter({ now: () => clock.now });
        for (const { waitShare, cost } of sequence) {
          clock.now += Math.floor(waitShare * policy.windowMs);
          expect(await shared.check(key, policy, cost)).toEqual({ ...(await memory.check(key, policy, cost)), backend });
        }
      }),
      { numRuns: 30 },
    );
  });

  test("are decided by themselves, also those that come at once", async () => {
    const now = () => 1_800_000_000_000;
    const [shared, memory] = [new SharedRateLimiter(backend, await open(), { now }), new MemoryRateLimiter({ now })];
    const policies = [3, 40, 7].map((limit) => ({ name: `at once ${limit}`, limit, windowMs: 1_000 * limit }));
    const keys = [newId(), newId(), newId()];
    const takes = Array.from({ length: 300 }, (_, n) => ({ key: keys[n % 3] ?? "", policy: policies[n % 3] ?? { name: "", limit: 0, windowMs: 1 }, cost: n % 4 }));
    const decided = await Promise.all(takes.map(({ key, policy, cost }) => shared.check(key, policy, cost)));
    const expected = await Promise.all(takes.map(({ key, policy, cost }) => memory.check(key, policy, cost)));
    expect(decided).toEqual(expected.map((decision) => ({ ...decision, backend })));
    expect(decided.filter(({ allowed }) => !allowed).length).toBeGreaterThan(100);
  });

  test("go by the store's own clock, and end with their window", async () => {
    const shared = new SharedRateLimiter(backend, await open());
    const policy = { name: "short", limit: 2, windowMs: 400 };
    const key = newId();
    const first = await shared.check(key, policy, 2);
    expect(first).toMatchObject({ allowed: true, remaining: 0, limit: 2, backend });
    expect(Math.abs(first.resetAt - Date.now())).toBeLessThan(2_000);
    const refused = await shared.check(key, policy);
    expect(refused.allowed).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, refused.retryAfterMs + 20));
    expect((await shared.check(key, policy)).allowed).toBe(true);
  });

  test("a refused cost leaves what was there, and looking costs nothing", async () => {
    const shared = new SharedRateLimiter(backend, await open());
    const policy = { name: "hour", limit: 10, windowMs: 3_600_000 };
    const key = newId();
    await shared.check(key, policy, 7);
    expect(await shared.check(key, policy, 4)).toMatchObject({ allowed: false, remaining: 3 });
    expect(await shared.check(key, policy, 0)).toMatchObject({ allowed: true, remaining: 3 });
    expect(await shared.check(key, policy, 3)).toMatchObject({ allowed: true, remaining: 0 });
  });
});

test("a key of Redis holds a hash of the subject and is forgotten", async () => {
  const store = await redisStore();
  await new SharedRateLimiter("redis", store).check("0123abc", { name: "minute", limit: 5, windowMs: 60_000 });
  const [connection] = connections;
  expect(await connection?.keys("*0123abc")).toEqual(["tieline:count:0123abc"]);
  const left = await connection?.pttl("tieline:count:0123abc");
  expect(left).toBeGreaterThan(60_000);
  expect(left).toBeLessThanOrEqual(120_000);
});

describe.each(["redis", "upstash"] as const)("four processes on %s", (backend) => {
  test("admit exactly the limit between them, whatever comes at once", async () => {
    const variables: Record<string, string> = backend === "redis" ? { REDIS_URL: redis.url } : { UPSTASH_REDIS_REST_URL: upstash.url, UPSTASH_REDIS_REST_TOKEN: upstash.token };
    const outcomes = await takeInProcesses(4, newId(), 100, 500, { ...variables, RATE_LIMIT_TIMEOUT_MS: "10000" });
    expect(outcomes.flatMap(({ backends }) => backends)).toEqual(Array.from({ length: 4 }, () => backend));
    expect(outcomes.reduce((sum, { allowed }) => sum + (allowed[backend] ?? 0), 0)).toBe(100);
  }, 60_000);
});

const Outcome = z.object({ allowed: z.record(z.string(), z.number()), backends: z.array(z.string()) });

async function takeInProcesses(processes: number, key: string, limit: number, times: number, variables: Record<string, string>): Promise<z.infer<typeof Outcome>[]> {
  const started = Array.from({ length: processes }, () =>
    spawn(process.execPath, ["--conditions=react-server", "tests/support/limit-process.ts", key, String(limit), String(times)], {
      stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...variables, LOG_LEVEL: "silent" },
    }));
  try {
    const lines = started.map(({ stdout }) => createInterface({ input: stdout })[Symbol.asyncIterator]());
    const next = async (at: number) => (await lines[at]?.next())?.value ?? "";
    for (const at of started.keys()) expect(await next(at)).toBe("ready");
    for (const { stdin } of started) stdin.write("go\n");
    return await Promise.all(started.map(async (_process, at) => Outcome.parse(JSON.parse(await next(at)))));
  } finally {
    await Promise.all(started.map(ended));
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

describe("while Redis is away", () => {
  const policy: RateLimitPolicy = { name: "hour", limit: 100, windowMs: 3_600_000 };

  test("each process gives its part of the limit, never more, and what fails closed refuses; it is back within a second of Redis", async () => {
    const own = await startRedis({ own: true });
    const connection = connectRedis(own.url, 200);
    connections.push(connection);
    await readyWithin(connection, 5_000);
    const changes: string[] = [];
    const limiter = new FailoverRateLimiter(new SharedRateLimiter("redis", storeOf(connection)), new MemoryRateLimiter(), {
      replicas: 4, onChange: (away) => changes.push(away ? "away" : "back"),
    });
    expect(await limiter.check("a", policy)).toMatchObject({ backend: "redis", limit: 100, remaining: 99 });

    await own.kill();
    const meanwhile = await Promise.all(Array.from({ length: 300 }, () => limiter.check("a", policy)));
    expect(meanwhile.filter(({ allowed }) => allowed)).toHaveLength(25);
    expect(new Set(meanwhile.map(({ backend, limit }) => `${backend} ${limit}`))).toEqual(new Set(["memory 25"]));
    await expect(limiter.check("b", { ...policy, failsClosed: true })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(limiter.available).toBe(false);

    const again = await startRedis({ own: true, port: Number(new URL(own.url).port) });
    const since = performance.now();
    while ((await limiter.check("c", policy)).backend !== "redis" && performance.now() - since < 10_000) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(limiter.available).toBe(true);
    expect(performance.now() - since).toBeLessThan(1_000);
    expect(changes).toEqual(["away", "back"]);
    connection.disconnect();
    await again.stop();
  }, 60_000);

  test("a Redis that accepts and never answers costs a request its timeout once, and the next ones nothing", async () => {
    const own = await startRedis({ own: true });
    const connection = connectRedis(own.url, 50);
    connections.push(connection);
    await readyWithin(connection, 5_000);
    await askRedis(own.url, "CLIENT PAUSE 60000 ALL");
    const sent = vi.spyOn(connection, "evalsha");
    const limiter = new FailoverRateLimiter(new SharedRateLimiter("redis", storeOf(connection)), new MemoryRateLimiter(), { replicas: 2, now: () => 0 });
    expect(await limiter.check("a", policy)).toMatchObject({ backend: "memory", limit: 50, remaining: 49 });
    expect(await limiter.check("a", policy)).toMatchObject({ backend: "memory", remaining: 48 });
    expect(sent).toHaveBeenCalledTimes(1);
    await own.kill();
  });
});

describe("the server", () => {
  let own: RunningRedis;
  let app: AppServer;

  beforeAll(async () => {
    own = await startRedis({ own: true });
    app = await startApp({ REDIS_URL: own.url, RATE_LIMIT_TIMEOUT_MS: "5000" });
  }, 120_000);
  afterAll(async () => {
    await app.end("SIGKILL");
    await own.stop();
  });

  const backend = async () => (await fetch(`${app.url}/api/help/manifest`)).headers.get("x-ratelimit-backend");
  const logIn = () => fetch(`${app.url}/api/admin/login`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ email: "nobody@example.com", password: "not the password" }) });

  test("counts in Redis from the first request, in memory without it, and in Redis again; nobody signs in meanwhile", async () => {
    expect(await backend()).toBe("redis");
    expect((await logIn()).status).toBe(401);

    await own.kill();
    expect(await backend()).toBe("memory");
    const refused = await logIn();
    expect([refused.status, refused.headers.get("retry-after"), z.object({ code: z.string() }).parse(await refused.json()).code]).toEqual([503, "2", "UPSTREAM_UNAVAILABLE"]);
    const readiness = async () => z.object({ state: z.string(), checks: z.array(z.object({ name: z.string(), state: z.string() })) }).parse(await (await fetch(`${app.url}/api/health/ready`)).json());
    expect((await readiness()).checks).toContainEqual(expect.objectContaining({ name: "limits", state: "degraded" }));

    own = await startRedis({ own: true, port: Number(new URL(own.url).port) });
    await waitFor("limits to be counted in Redis", 10_000, async () => ((await backend()) === "redis" ? true : null));
    expect((await logIn()).status).toBe(401);
    expect((await readiness()).checks).toContainEqual(expect.objectContaining({ name: "limits", state: "ok" }));
  }, 60_000);
});
