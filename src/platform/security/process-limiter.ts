import { Redis as UpstashRedis } from "@upstash/redis";
import { environment } from "#platform/config/environment.ts";
import { processWide } from "#lib/process-wide.ts";
import { log } from "#platform/observability/log.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { onShutdown } from "#platform/process/shutdown.ts";
import { FailoverRateLimiter } from "./failover-rate-limiter.ts";
import { MemoryRateLimiter } from "./memory-rate-limiter.ts";
import type { RateLimitBackend, RateLimiter } from "./rate-limiter.ts";
import { connectRedis, readyWithin, storeOf } from "./redis-store.ts";
import { SharedRateLimiter } from "./shared-rate-limiter.ts";

const connectMs = 1_000;

interface Limits {
  limiter: RateLimiter;
  /** The store that is asked first. */
  backend: RateLimitBackend;
  /** Whether it answered when it was last asked. */
  available: () => boolean;
  /** Waits a moment for a store that needs a connection. */
  connected: Promise<void>;
}

const limits = () => processWide<Limits>("rate-limits", open);

/** The process's limiter: the store that the environment names with memory behind it, or memory alone. */
export function rateLimiter(): RateLimiter {
  return limits().limiter;
}

/** Which store the limits are counted in, and whether it answers. */
export function rateLimitStore(): { backend: RateLimitBackend; available: boolean } {
  const { backend, available } = limits();
  return { backend, available: available() };
}

/** Opens the connection to the store, so that the first request is counted there; a second later the server starts without. */
export async function connectRateLimits(): Promise<void> {
  await limits().connected;
}

function open(): Limits {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token, REDIS_URL: redisUrl, RATE_LIMIT_TIMEOUT_MS: timeoutMs } = environment();
  if (url !== undefined && token !== undefined) {
    const store = new UpstashRedis({ url, token, retry: false, signal: () => AbortSignal.timeout(timeoutMs), enableTelemetry: false });
    return shared(new SharedRateLimiter("upstash", store), Promise.resolve());
  }
  if (redisUrl !== undefined) {
    const redis = connectRedis(redisUrl, timeoutMs);
    onShutdown(() => Promise.resolve(redis.disconnect()));
    return shared(new SharedRateLimiter("redis", storeOf(redis)), readyWithin(redis, connectMs));
  }
  return { limiter: new MemoryRateLimiter(), backend: "memory", available: () => true, connected: Promise.resolve() };
}

function shared(store: SharedRateLimiter, connected: Promise<void>): Limits {
  const limiter = new FailoverRateLimiter(store, new MemoryRateLimiter(), {
    replicas: environment().RATE_LIMIT_REPLICAS,
    onChange: (away) => {
      metrics().rateLimitStoreUp.set(away ? 0 : 1);
      if (away) log().warn({ err: away.cause, backend: store.backend }, "limits are counted in memory");
      else log().info({ backend: store.backend }, "limits are counted together again");
    },
  });
  metrics().rateLimitStoreUp.set(1);
  return { limiter, backend: store.backend, available: () => limiter.available, connected };
}
