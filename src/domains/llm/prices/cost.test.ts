import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareDecimals, parseDecimal } from "#lib/decimal.ts";
import { promptTokens, type Usage, usageBuckets } from "../usage.ts";
import { catalogueOf, findPrice, mostOf, priceUsage } from "./cost.ts";
import { readCheckedIn } from "./price-file.ts";
import type { CataloguedPrice, Rate } from "./price-schema.ts";

const prices = await readCheckedIn();
const catalogue = catalogueOf(prices);
const at = (day: string) => new Date(`${day}T00:00:00Z`);
const now = at("2026-11-21");
const cost = (model: string, usage: Usage, serviceTier: string | null = null, day = now, provider = "openai") => priceUsage(catalogue, { provider, model, usage, serviceTier, at: day });

describe("costs of known calls", () => {
  test.each<[string, string, Usage, string | null, string | null]>([
    ["openai", "gpt-4o", { input: 1_000, output: 500 }, null, "0.0075"],
    ["openai", "gpt-4o-2024-05-13", { input: 1_000, output: 500 }, null, "0.0125"],
    ["openai", "gpt-4o-2024-11-20", { input: 1_000, output: 500 }, null, "0.0075"],
    ["openai", "gpt-4.1-mini-2025-04-14", { input: 1, cache_read: 1, output: 1 }, null, "0.0000021"],
    ["openai", "gpt-5.4", { input: 272_000, output: 1 }, null, "0.680015"],
    ["openai", "gpt-5.4", { input: 271_999, cache_read: 1, output: 1 }, "default", "0.68001275"],
    ["openai", "gpt-5.4", { input: 272_000, cache_read: 1, output: 1 }, "default", "1.360023"],
    ["openai", "gpt-5.4", { input: 1_000, output: 1_000 }, "flex", "0.00875"],
    ["openai", "gpt-5.4", { input: 1_000, output: 1_000 }, "priority", "0.035"],
    ["openai", "gpt-5", { input: 100, output: 20, reasoning: 80 }, null, "0.001125"],
    ["anthropic", "claude-haiku-5-5", { input: 40_000, cache_read: 40_000, cache_write_5m: 20_000, output: 1_000 }, null, "0.0074"],
    ["anthropic", "claude-haiku-5-5", { input: 40_000, cache_read: 40_000, cache_write_5m: 20_001, output: 1_000 }, null, "0.037000625"],
    ["anthropic", "claude-sonnet-5-5", { input: 10, web_search: 3 }, null, "0.03002"],
    ["google", "models/gemini-2.5-flash", { input: 100, audio_input: 10, output: 5, reasoning: 45 }, null, "0.000165"],
    ["openai", "text-embedding-3-small", { input: 7 }, null, "0.00000014"],
  ])("%s %s", (provider, model, usage, tier, expected) => expect(cost(model, usage, tier, now, provider)).toMatchObject({ costUsd: expected, unpriced: [] }));

  test("a day's price is that of the day", () => {
    expect(cost("gpt-5.6-luna", { output: 1_000_000 }, null, at("2026-07-29")).costUsd).toBe("6");
    expect(cost("gpt-5.6-luna", { output: 1_000_000 }, null, at("2026-07-30")).costUsd).toBe("1.2");
    expect(cost("gpt-6-astra", { input: 1 }, null, at("2026-09-02"))).toEqual({ costUsd: null, priceVersion: null, unpriced: ["input"] });
  });

  test("what has no price is named, and nothing is taken for free", () => {
    expect(cost("gpt-4.1", { input: 10, audio_input: 4 })).toMatchObject({ costUsd: null, unpriced: ["audio_input"] });
    expect(cost("gpt-6-astra", { input: 272_001 })).toMatchObject({ costUsd: null, unpriced: ["input"] });
    expect(cost("gpt-5.4", { input: 10, cache_read: 4 }, "flex")).toMatchObject({ costUsd: null, unpriced: ["cache_read"] });
    expect(cost("unheard-of", { input: 10, output: 0 })).toEqual({ costUsd: null, priceVersion: null, unpriced: ["input"] });
    expect(cost("gpt-4o", { input: 10 }, "some-new-tier")).toMatchObject({ costUsd: null, unpriced: ["input"] });
    expect(cost("gpt-4o", {})).toMatchObject({ costUsd: "0", unpriced: [] });
  });

  test("under a name that has no price a model costs what the one asked for costs, and under one that has, that", () => {
    const asked = { provider: "openai", asked: "gpt-4o", usage: { input: 1_000, output: 500 }, serviceTier: null, at: now };
    expect(priceUsage(catalogue, { ...asked, model: "openai/gpt-4o" })).toMatchObject({ costUsd: "0.0075", priceVersion: findPrice(catalogue, "openai", "gpt-4o", now)?.version });
    expect(priceUsage(catalogue, { ...asked, model: "gpt-4o-2024-05-13" }).costUsd).toBe("0.0125");
  });

  test("an imported price goes before the checked-in one", () => {
    const own: CataloguedPrice = { ...(findPrice(catalogue, "openai", "gpt-4o", now) as CataloguedPrice), origin: "imported", version: "own", rates: [{ service: "standard", tier: 0, bucket: "input", usdPerMillion: "3" }] };
    expect(priceUsage(catalogueOf([...prices, own]), { provider: "openai", model: "gpt-4o", usage: { input: 1_000_000 }, serviceTier: null, at: now })).toMatchObject({ costUsd: "3", priceVersion: "own" });
  });
});

describe("properties", () => {
  const usages = fc.dictionary(fc.constantFrom(...usageBuckets), fc.nat({ max: 2_000_000 }), { maxKeys: usageBuckets.length }) as fc.Arbitrary<Usage>;
  /** A flat price of every bucket, so that no usage is without one. */
  const rates = fc.tuple(...usageBuckets.map((bucket) => fc.integer({ min: 1, max: 10 ** 9 }).map((n): Rate => ({ service: "standard", tier: 0, bucket, usdPerMillion: `${Math.floor(n / 10 ** 6)}.${String(n % 10 ** 6).padStart(6, "0")}` }))));
  const flat = (list: Rate[], tierAbove: number | null = null): CataloguedPrice => ({ provider: "p", model: "m", version: "v", origin: "checked-in", effectiveFrom: null, effectiveTo: null, tierAbove, source: "", asOf: "2026-01-01", note: "", rates: list });
  const costBy = (price: CataloguedPrice, usage: Usage) => priceUsage(catalogueOf([price]), { provider: "p", model: "m", usage, serviceTier: null, at: now }).costUsd ?? "none";
  const sum = (a: Usage, b: Usage): Usage => Object.fromEntries(usageBuckets.map((bucket) => [bucket, (a[bucket] ?? 0) + (b[bucket] ?? 0)]));

  test("a flat price is additive: two calls cost together what one of both costs", () => {
    fc.assert(fc.property(rates, usages, usages, (list, a, b) => {
      const scaled = (text: string) => BigInt(text.split(".")[0] + (text.split(".")[1] ?? "").padEnd(12, "0"));
      expect(scaled(costBy(flat(list), sum(a, b)))).toBe(scaled(costBy(flat(list), a)) + scaled(costBy(flat(list), b)));
    }));
  });

  test("the cost is the sum of tokens times price, in whole numbers of a millionth of a millionth", () => {
    fc.assert(fc.property(rates, usages, (list, usage) => {
      const expected = list.reduce((total, { bucket, usdPerMillion }) => total + BigInt(usage[bucket] ?? 0) * BigInt(usdPerMillion.replace(".", "")), 0n);
      const text = costBy(flat(list), usage);
      expect(BigInt(text.split(".")[0] + (text.split(".")[1] ?? "").padEnd(12, "0"))).toBe(expected);
    }));
  });

  test("a tier charges the whole request at its rates, above its threshold and not at it", () => {
    fc.assert(fc.property(rates, rates, usages, fc.integer({ min: 1, max: 10 ** 7 }), (low, high, usage, tierAbove) => {
      const tiered = flat([...low, ...high.map((rate): Rate => ({ ...rate, tier: 1 }))], tierAbove);
      expect(costBy(tiered, usage)).toBe(costBy(flat(promptTokens(usage) > tierAbove ? high : low), usage));
      expect(costBy({ ...tiered, tierAbove: Math.max(1, promptTokens(usage)) }, usage)).toBe(costBy(flat(low), usage));
    }));
  });

  test("no call of the catalogue costs more than the most it can cost", () => {
    const chat = prices.filter(({ rates: own }) => own.some(({ bucket }) => bucket === "output"));
    const calls = fc.record({ price: fc.constantFrom(...chat), input: fc.nat({ max: 600_000 }), read: fc.nat({ max: 300_000 }), output: fc.nat({ max: 50_000 }), reasoning: fc.nat({ max: 50_000 }) });
    fc.assert(fc.property(calls, ({ price, input, read, output, reasoning }) => {
      const day = at(price.effectiveFrom ?? "2026-06-01");
      const { costUsd } = priceUsage(catalogue, { ...price, usage: { input, cache_read: read, output, reasoning }, serviceTier: null, at: day });
      const most = mostOf(catalogue, { ...price, inputBytes: input + read, maxOutputTokens: output + reasoning, at: day });
      if (costUsd !== null) expect(compareDecimals(parseDecimal(costUsd), parseDecimal(most ?? "0"))).toBeLessThanOrEqual(0);
    }));
  });

  test("a model without a price has no known most", () => expect(mostOf(catalogue, { provider: "openai", model: "x", inputBytes: 1, maxOutputTokens: 1, at: now })).toBeNull());
});
