import { LRUCache } from "lru-cache";
import { environment } from "#platform/config/environment.ts";
import { processWide } from "#lib/process-wide.ts";
import { log } from "#platform/observability/log.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { onShutdown } from "#platform/process/shutdown.ts";
import { connectRedis } from "#platform/security/redis-store.ts";

/** Texts under keys, kept for a while and as long as there is room; losing one costs work, never an answer. */
export interface TextCache {
  readonly backend: "redis" | "memory";
  get(key: string): Promise<string | undefined>;
  set(key: string, text: string, lifetimeMs: number): Promise<void>;
}

const maxEntries = 5_000;
const maxBytes = 64 * 2 ** 20;
/** Longer than this and asking the store costs more than it saves. */
const timeoutMs = 150;
const restMs = 1_000;

/**
 * The process's cache: Redis at REDIS_CACHE_URL, which evicts by itself (`allkeys-lru`), else this process's memory, bounded by
 * entries and bytes. While Redis doesn't answer nothing is known and nothing is kept, and it isn't asked for a second.
 */
export function textCache(): TextCache {
  return processWide<TextCache>("text-cache", () => {
    const { REDIS_CACHE_URL } = environment();
    return REDIS_CACHE_URL === undefined ? createMemoryCache() : createRedisCache(REDIS_CACHE_URL);
  });
}

/** Keeps so many texts, and so many bytes of them; what was asked for longest ago goes first. */
export function createMemoryCache(max = maxEntries, bytes = maxBytes): TextCache {
  const texts = new LRUCache<string, string>({
    max,
    maxSize: bytes,
    // A character takes two bytes at most; an entry some hundred more.
    sizeCalculation: (text, key) => 200 + 2 * (key.length + text.length),
    dispose: (_text, _key, reason) => {
      if (reason === "evict") metrics().cacheEvictions.inc();
    },
  });
  return {
    backend: "memory",
    get: (key) => Promise.resolve(texts.get(key)),
    set: (key, text, lifetimeMs) => Promise.resolve(void texts.set(key, text, { ttl: lifetimeMs })),
  };
}

/** Keeps texts in a Redis that may evict them. Never throws. */
export function createRedisCache(url: string, waitMs = timeoutMs): TextCache {
  const redis = connectRedis(url, waitMs);
  onShutdown(() => Promise.resolve(redis.disconnect()));
  let awayUntil = 0;
  const tried = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (performance.now() < awayUntil) return undefined;
    try {
      return await work();
    } catch (error) {
      if (awayUntil === 0) log().warn({ err: error }, "the cache doesn't answer");
      awayUntil = performance.now() + restMs;
      metrics().cacheFailures.inc();
      return undefined;
    }
  };
  return {
    backend: "redis",
    async get(key) {
      const text = await tried(() => redis.get(key));
      if (typeof text === "string") awayUntil = 0;
      return text ?? undefined;
    },
    set: async (key, text, lifetimeMs) => void (await tried(() => redis.set(key, text, "PX", lifetimeMs))),
  };
}
