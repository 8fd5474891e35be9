import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MemoryRateLimiter } from "./memory-rate-limiter.ts";
import type { RateLimitPolicy } from "./rate-limiter.ts";

const minute: RateLimitPolicy = { name: "default", limit: 10, windowMs: 60_000 };

function limiterAt(start: number, maxKeys?: number) {
  const clock = { now: start };
  const limiter = new MemoryRateLimiter({ now: () => clock.now, ...(maxKeys === undefined ? {} : { maxKeys }) });
  return { clock, limiter };
}

async function take(limiter: MemoryRateLimiter, key: string, times: number, policy = minute) {
  let allowed = 0;
  for (let count = 0; count < times; count += 1) if ((await limiter.check(key, policy)).allowed) allowed += 1;
  return allowed;
}

describe("a window", () => {
  test("admits exactly the limit, however many come at once", async () => {
    const { limiter } = limiterAt(0);
    const decisions = await Promise.all(Array.from({ length: 50 }, () => limiter.check("a", minute)));
    expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(10);
    expect(decisions.map(({ remaining }) => remaining).slice(0, 11)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]);
  });

  test("of one key leaves other keys alone", async () => {
    const { limiter } = limiterAt(0);
    await take(limiter, "a", 50);
    expect(await take(limiter, "b", 50)).toBe(10);
  });

  test("weighs on the next one with the share that still lies within the last minute", async () => {
    const { clock, limiter } = limiterAt(59_999);
    await take(limiter, "a", 10);
    clock.now = 60_000;
    expect(await take(limiter, "a", 50)).toBe(0);
    clock.now = 90_000;
    expect(await take(limiter, "a", 50)).toBe(5);
    clock.now = 180_000;
    expect(await take(limiter, "a", 50)).toBe(10);
  });

  test("ends at resetAt, in epoch milliseconds", async () => {
    const { limiter } = limiterAt(1_700_000_030_000);
    expect((await limiter.check("a", minute)).resetAt).toBe(1_700_000_040_000);
  });
});

test("a clock set back forgives nothing", async () => {
  const { clock, limiter } = limiterAt(600_000);
  await take(limiter, "a", 10);
  clock.now = 300_000;
  expect(await take(limiter, "a", 50)).toBe(0);
});

describe("a cost above one", () => {
  test("counts as that many units", async () => {
    const { limiter } = limiterAt(0);
    expect(await limiter.check("a", minute, 7)).toMatchObject({ allowed: true, remaining: 3 });
    expect(await limiter.check("a", minute, 4)).toMatchObject({ allowed: false, remaining: 3 });
    expect(await limiter.check("a", minute, 3)).toMatchObject({ allowed: true, remaining: 0 });
  });

  test("over the limit is refused for ever, with a wait that stays finite", async () => {
    const { limiter } = limiterAt(0);
    const decision = await limiter.check("a", minute, 11);
    expect(decision.allowed).toBe(false);
    expect(decision.retryAfterMs).toBe(120_000);
  });
});

test("remembers a bounded number of keys and forgets the one unused for longest", async () => {
  const { limiter } = limiterAt(0, 3);
  await take(limiter, "a", 10);
  for (const key of ["b", "c"]) await take(limiter, key, 1);
  await take(limiter, "a", 1);
  for (let index = 0; index < 2; index += 1) await take(limiter, `new-${index}`, 1);
  expect(limiter.size).toBe(3);
  expect(await take(limiter, "a", 1)).toBe(0);
  for (let index = 0; index < 1_000; index += 1) await take(limiter, `flood-${index}`, 1);
  expect(limiter.size).toBe(3);
});

describe("for any sequence of requests", () => {
  const policy = fc.record({
    name: fc.constant("any"),
    limit: fc.integer({ min: 1, max: 20 }),
    windowMs: fc.integer({ min: 10, max: 100_000 }),
  });
  const steps = fc.array(
    fc.record({ waitShare: fc.double({ min: 0, max: 1.2, noNaN: true }), cost: fc.integer({ min: 1, max: 4 }) }),
    {
      minLength: 1,
      maxLength: 60,
    },
  );
  const start = fc.integer({ min: 0, max: 2_000_000_000_000 });

  test("never admits more than the limit by its own weighted count", async () => {
    await fc.assert(
      fc.asyncProperty(policy, steps, start, async (rule, sequence, from) => {
        const { clock, limiter } = limiterAt(from);
        const admitted = new Map<number, number>();
        for (const { waitShare, cost } of sequence) {
          clock.now += Math.floor((waitShare * rule.windowMs) / 4);
          const decision = await limiter.check("a", rule, cost);
          const window = Math.floor(clock.now / rule.windowMs);
          if (decision.allowed) admitted.set(window, (admitted.get(window) ?? 0) + cost);
          const left = rule.windowMs - (clock.now % rule.windowMs);
          const weighted =
            Math.floor((left * (admitted.get(window - 1) ?? 0)) / rule.windowMs) + (admitted.get(window) ?? 0);
          if (decision.allowed) expect(weighted).toBeLessThanOrEqual(rule.limit);
          expect(admitted.get(window) ?? 0).toBeLessThanOrEqual(rule.limit);
          expect(decision.remaining).toBe(Math.max(0, rule.limit - weighted));
          expect(decision.resetAt).toBeGreaterThan(clock.now);
          expect(decision.resetAt - clock.now).toBeLessThanOrEqual(rule.windowMs);
        }
      }),
    );
  });

  test.each([
    ["enough", 0, true],
    ["not a millisecond too long", 1, false],
  ])("retryAfterMs is %s", async (_name, earlyMs, allowed) => {
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(policy, steps, start, async (rule, sequence, from) => {
        const { clock, limiter } = limiterAt(from);
        for (const { waitShare, cost } of sequence) {
          clock.now += Math.floor((waitShare * rule.windowMs) / 4);
          const affordable = Math.min(cost, rule.limit);
          const decision = await limiter.check("a", rule, affordable);
          expect(decision.retryAfterMs > 0).toBe(!decision.allowed);
          if (decision.allowed) continue;
          refusals += 1;
          clock.now += decision.retryAfterMs - earlyMs;
          expect((await limiter.check("a", rule, affordable)).allowed).toBe(allowed);
          return;
        }
      }),
    );
    expect(refusals).toBeGreaterThan(20);
  });
});
