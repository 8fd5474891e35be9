/**
 * npm run bench:limiter: prints how many decisions a second our limiter takes on a real Redis beside rate-limiter-flexible on the same one,
 * in turns, and what a limit adds to a request of the API at 100 requests a second (--rate). --rounds N (7), --seconds N of the
 * API's phases (5), --concurrency N (64), --json FILE.
 */
import { parseArgs } from "node:util";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { z } from "zod";
import { reloadEnvironment } from "#platform/config/environment.ts";
import { route } from "#platform/http/route.ts";
import type { RouteHandler } from "#platform/http/operation.ts";
import { limiterKey } from "#platform/security/limits.ts";
import { connectRateLimits, rateLimiter } from "#platform/security/process-limiter.ts";
import { connectRedis, readyWithin } from "#platform/security/redis-store.ts";
import { askRedis, startRedis } from "../support/servers/redis.ts";
import { publish, withLoad } from "./machine.ts";
import { figure, type Findings } from "./report.ts";
import { percentile } from "./statistics.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" }, seconds: { type: "string", default: "5" }, concurrency: { type: "string", default: "64" }, rate: { type: "string", default: "100" }, json: { type: "string" } } });
const [rounds, seconds, concurrency, perSecond] = [Number(values.rounds), Number(values.seconds), Number(values.concurrency), Number(values.rate)];
const decisionsPerRound = 20_000;
const subjects = Array.from({ length: 1_000 }, (_, n) => limiterKey("bench", `address 10.0.${n >> 8}.${n & 255}`));
const limit = 1_000_000_000;

const redis = await startRedis({ own: true });
Object.assign(process.env, { LOG_LEVEL: "silent", REDIS_URL: redis.url, RATE_LIMIT_TIMEOUT_MS: "5000", RATE_LIMIT_PER_MINUTE: String(limit) });
reloadEnvironment();

type Decide = (key: string) => Promise<unknown>;

/** Decisions a second, so many at a time. */
async function pace(decide: Decide): Promise<number> {
  let taken = 0;
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, async () => {
    for (; taken < decisionsPerRound; taken += 1) await decide(subjects[taken % subjects.length] ?? "");
  }));
  return (taken * 1_000) / (performance.now() - started);
}

async function inTurns<Name extends string>(ways: Record<Name, Decide>): Promise<Record<Name, number[]>> {
  const names = Object.keys(ways) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const name of names) await pace(ways[name]);
  for (let round = 0; round < rounds; round += 1) {
    // Who goes first changes: what warms up or tires within a round favours nobody.
    const order = names.map((_, n) => names[(n + round) % names.length] as Name);
    for (const name of order) found[name].push(await pace(ways[name]));
  }
  return found;
}

async function measureDecisions(): Promise<Findings> {
  const policy = { name: "bench", limit, windowMs: 60_000 };
  const alike = connectRedis(redis.url, 5_000);
  await readyWithin(alike, 5_000);
  const theirs = new RateLimiterRedis({ storeClient: alike, points: limit, duration: 60, keyPrefix: "flexible" });
  const bare = connectRedis(redis.url, 5_000);
  await readyWithin(bare, 5_000);
  const found = await inTurns({
    ours: (key) => rateLimiter().check(key, policy),
    theirs: (key) => theirs.consume(key, 1),
    ping: () => bare.ping(),
  });
  const calls = await askRedis(redis.url, "INFO commandstats");
  for (const connection of [alike, bare]) connection.disconnect();
  return {
    title: `Decisions a second on Redis, ${concurrency} at a time`,
    figures: [
      figure("ours, sliding window", "/s", found.ours, { baseline: { name: "rate-limiter-flexible, fixed window", samples: found.theirs } }),
      figure("ours, of rate-limiter-flexible's in the same round", "", found.ours.map((each, round) => each / (found.theirs[round] ?? NaN)), { goal: { least: 0.9 } }),
      figure("ours, of what the connection can do", "/s", found.ours, { baseline: { name: "PING", samples: found.ping } }),
    ],
    notes: [
      `${redis.description}. Both on a connection with the same settings, taking turns in one process; ${decisionsPerRound} decisions a round over ${subjects.length} subjects.`,
      `Calls of scripts: ${/cmdstat_evalsha:calls=(\d+)/.exec(calls)?.[1] ?? "?"} by their hash, ${/cmdstat_eval:calls=(\d+)/.exec(calls)?.[1] ?? "0"} with their text.`,
    ],
  };
}

const result = z.object({ ok: z.boolean() });
const declared = (name: "default" | "none") => route({ summary: "Measures.", auth: "anyone", limit: name, result, handle: () => ({ ok: true }) });
const routes = { limited: declared("default"), unlimited: declared("none") };
let serial = 0;

async function ask(handler: RouteHandler): Promise<void> {
  serial += 1;
  const headers = { "x-forwarded-for": `10.${(serial >> 16) & 255}.${(serial >> 8) & 255}.${serial & 255}` };
  const response = await handler(new Request("http://tieline.bench/api/bench", { headers }), { params: Promise.resolve({}) });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`A request was answered with ${response.status}`);
}

/** Milliseconds that requests took, begun on time whether or not earlier ones have ended, the two routes in turns. */
async function atRate(): Promise<Record<keyof typeof routes, number[]>> {
  const found: Record<keyof typeof routes, number[]> = { limited: [], unlimited: [] };
  const running: Promise<void>[] = [];
  const begun = performance.now();
  for (let n = 0; n < 2 * seconds * perSecond; n += 1) {
    const wait = begun + (n * 1_000) / (2 * perSecond) - performance.now();
    if (wait > 0) await new Promise((resume) => setTimeout(resume, wait));
    const name = n % 2 === 0 ? "limited" : "unlimited";
    const started = performance.now();
    running.push(ask(routes[name]).then(() => void found[name].push(performance.now() - started)));
  }
  await Promise.all(running);
  return found;
}

async function measureApi(): Promise<Findings> {
  const paces = await inTurns({ limited: () => ask(routes.limited), unlimited: () => ask(routes.unlimited) });
  const { limited, unlimited } = await atRate();
  const added = (share: number) => percentile(limited, share) - percentile(unlimited, share);
  return {
    title: `What a limit on Redis adds to a request, ${perSecond} limited ones a second`,
    figures: [
      figure("a light route with a limit", "ms", limited, { baseline: { name: "the same without", samples: unlimited } }),
      figure("added, p50", "ms", [added(0.5)], { goal: { most: 1 } }),
      figure("added, p95", "ms", [added(0.95)], { goal: { most: 3 } }),
      figure("requests with a limit, as many as go", "/s", paces.limited, { baseline: { name: "without", samples: paces.unlimited } }),
    ],
    notes: [`The route's whole chain in this process, without a socket; ${perSecond} of the same route without a limit run between them.`],
  };
}

try {
  await connectRateLimits();
  publish([await withLoad(measureDecisions), await withLoad(measureApi)], values.json);
} finally {
  await redis.stop();
}
process.exit(0);
