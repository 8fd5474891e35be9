import { expect, test } from "vitest";
import { metrics } from "#platform/observability/metrics.ts";
import { createMemoryCache, createRedisCache } from "./text-cache.ts";

const minute = 60_000;

test("memory holds so many texts, drops the one asked for longest ago and counts it", async () => {
  const cache = createMemoryCache(2);
  const evictions = async () => (await metrics().cacheEvictions.get()).values[0]?.value ?? 0;
  const before = await evictions();
  for (const key of ["a", "b"]) await cache.set(key, key, minute);
  await cache.get("a");
  await cache.set("c", "c", minute);
  expect(await Promise.all(["a", "b", "c"].map((key) => cache.get(key)))).toEqual(["a", undefined, "c"]);
  expect(await evictions()).toBe(before + 1);
});

test("memory holds so many bytes, and nothing that is larger than all of it", async () => {
  const cache = createMemoryCache(100, 10_000);
  for (let i = 0; i < 10; i += 1) await cache.set(String(i), "x".repeat(1_400), minute);
  expect((await Promise.all(Array.from({ length: 10 }, (_, i) => cache.get(String(i))))).filter(Boolean)).toHaveLength(3);
  await cache.set("large", "x".repeat(6_000), minute);
  expect(await cache.get("large")).toBeUndefined();
});

test("a Redis that isn't there knows nothing and fails nothing", async () => {
  const cache = createRedisCache("redis://127.0.0.1:1", 50);
  await cache.set("a", "text", minute);
  expect(await cache.get("a")).toBeUndefined();
});
