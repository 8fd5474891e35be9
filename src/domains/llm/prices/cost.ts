import { addDecimals, compareDecimals, type Decimal, formatDecimal, multiplyDecimal, parseDecimal, shiftDecimal, zero } from "#lib/decimal.ts";
import { promptTokens, type UsageBucket, usageBuckets } from "../usage.ts";
import type { CataloguedPrice, Cost, CostQuestion, Service } from "./price-schema.ts";

/** What is written after a model's name to say which build of it answered. */
const snapshotSuffix = /(-\d{4}-\d{2}-\d{2}|[-@]\d{8}|-latest)$/;

/** Words of responses for how they were served. What is none of them has no price. */
const serviceWords = new Map<string, Service>([
  ["default", "standard"], ["standard", "standard"], ["standard_only", "standard"], ["auto", "standard"], ["on_demand", "standard"], ["scale", "standard"],
  ["batch", "batch"], ["flex", "flex"], ["priority", "priority"], ["fast", "priority"],
]);

/** Which service a response names; standard unless it names one, null for one that isn't known. */
export function serviceOf(serviceTier: string | null): Service | null {
  return serviceTier === null ? "standard" : (serviceWords.get(serviceTier.toLowerCase()) ?? null);
}

/** The catalogue, so that a call's price is found without looking at all of it. */
export type Catalogue = ReadonlyMap<string, readonly CataloguedPrice[]>;

/** Puts prices where findPrice() looks for them: those that somebody imported go before those that are checked in. */
export function catalogueOf(prices: readonly CataloguedPrice[]): Catalogue {
  const catalogue = new Map<string, CataloguedPrice[]>();
  for (const price of prices) {
    const key = keyOf(price.provider, price.model);
    catalogue.set(key, [...(catalogue.get(key) ?? []), price].sort((a, b) => Number(b.origin === "imported") - Number(a.origin === "imported")));
  }
  return catalogue;
}

/** The names that a model's price is looked for by: its own, then without what says which build it is. */
export const priceNames = (model: string): string[] => {
  const name = model.replace(/^models\//, "");
  return [name, name.replace(snapshotSuffix, "")];
};

const keyOf = (provider: string, model: string) => `${provider}\n${model.replace(/^models\//, "")}`;

/** The price of a model at a time: that of the exact build if there is one, else that of the name without it. */
export function findPrice(catalogue: Catalogue, provider: string, model: string, at: Date): CataloguedPrice | null {
  const day = at.toISOString().slice(0, 10);
  const holds = ({ effectiveFrom, effectiveTo }: CataloguedPrice) => (effectiveFrom === null || effectiveFrom <= day) && (effectiveTo === null || day < effectiveTo);
  const named = (name: string) => catalogue.get(keyOf(provider, name))?.find(holds);
  return named(model) ?? named(model.replace(snapshotSuffix, "")) ?? null;
}

/**
 * What a call cost: whole numbers of tokens times decimal prices, summed exactly and never rounded. Buckets without a price are
 * named, and the cost is null then: nothing is taken for free.
 */
export function priceUsage(catalogue: Catalogue, { provider, model, asked = model, usage, serviceTier, at }: CostQuestion): Cost {
  const used = usageBuckets.filter((bucket) => (usage[bucket] ?? 0) > 0);
  const price = findPrice(catalogue, provider, model, at) ?? findPrice(catalogue, provider, asked, at);
  const service = serviceOf(serviceTier);
  if (!price || service === null) return { costUsd: null, priceVersion: null, unpriced: used };
  const tier = price.tierAbove !== null && promptTokens(usage) > price.tierAbove ? 1 : 0;
  let total = zero;
  const unpriced: UsageBucket[] = [];
  for (const bucket of used) {
    const rate = price.rates.find((each) => each.service === service && each.tier === tier && each.bucket === bucket);
    if (rate) total = addDecimals(total, multiplyDecimal(parseDecimal(rate.usdPerMillion), usage[bucket] ?? 0));
    else unpriced.push(bucket);
  }
  return { costUsd: unpriced.length > 0 ? null : formatDecimal(shiftDecimal(total, 6)), priceVersion: price.version, unpriced };
}

export interface MostQuestion {
  provider: string;
  model: string;
  /** UTF-8 bytes of all that is sent, tools and schemas included: a token has one at least. */
  inputBytes: number;
  maxOutputTokens: number;
  at: Date;
}

/** Tokens that a provider adds round messages. */
const framingTokens = 512;
const promptSide: readonly UsageBucket[] = ["input", "cache_write_5m", "cache_write_30m", "cache_write_1h", "cache_write_12h"];
const outputSide: readonly UsageBucket[] = ["output", "reasoning"];

/** The most that a call can cost at the standard service, exact; null for a model without a price. */
export function mostOf(catalogue: Catalogue, { provider, model, inputBytes, maxOutputTokens, at }: MostQuestion): string | null {
  const price = findPrice(catalogue, provider, model, at);
  if (!price) return null;
  const tokens = inputBytes + framingTokens;
  const reachesTier = price.tierAbove !== null && tokens > price.tierAbove;
  const dearest = (buckets: readonly UsageBucket[]): Decimal =>
    price.rates
      .filter(({ service, tier, bucket }) => service === "standard" && (tier === 0 || reachesTier) && buckets.includes(bucket))
      .map(({ usdPerMillion }) => parseDecimal(usdPerMillion))
      .reduce((most, each) => (compareDecimals(each, most) > 0 ? each : most), zero);
  return formatDecimal(shiftDecimal(addDecimals(multiplyDecimal(dearest(promptSide), tokens), multiplyDecimal(dearest(outputSide), maxOutputTokens)), 6));
}
