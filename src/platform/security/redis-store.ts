import { Redis } from "ioredis";
import type { ScriptStore } from "./script-counts.ts";

/** How soon a Redis that doesn't answer counts as away. */
const connectTimeoutMs = 500;

/** A connection to plain Redis that fails at once while it is away: nothing is queued to be counted later. */
export function connectRedis(url: string, timeoutMs: number): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    maxRetriesPerRequest: 0,
    commandTimeout: timeoutMs,
    connectTimeout: connectTimeoutMs,
    retryStrategy: (attempt) => Math.min(50 * attempt, 250),
  });
  // Told where it matters: to whoever asked. Without a listener the process would end.
  redis.on("error", () => undefined);
  return redis;
}

/** Waits until a connection is ready, or the time is up: what comes first is counted in memory. */
export async function readyWithin(redis: Redis, timeoutMs: number): Promise<void> {
  if (redis.status === "ready") return;
  await Promise.race([new Promise((resolve) => redis.once("ready", resolve)), new Promise((resolve) => setTimeout(resolve, timeoutMs).unref())]);
}

/** A connection as shared limits use it. */
export function storeOf(redis: Redis): ScriptStore {
  return {
    evalsha: (sha, keys, args) => redis.evalsha(sha, keys.length, ...keys, ...args),
    eval: (script, keys, args) => redis.eval(script, keys.length, ...keys, ...args),
  };
}
