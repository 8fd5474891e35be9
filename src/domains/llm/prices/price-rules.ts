import { compareDecimals, type Decimal, multiplyDecimal, parseDecimal } from "#lib/decimal.ts";
import type { UsageBucket } from "../usage.ts";
import type { Price, Rate, Service } from "./price-schema.ts";

/** A price that can't be right, and why. */
export interface PriceProblem {
  price: Price;
  problem: string;
}

/** Prices of one thing that are so many times apart are a mistake of whoever wrote them. */
const outlier = 50;
/** Vendors ask up to two and a half times the price of input for writing it to a cache. */
const dearestWrite = 4;
const writes: readonly UsageBucket[] = ["cache_write_5m", "cache_write_30m", "cache_write_1h", "cache_write_12h"];

/** What is wrong with prices, by themselves and beside others of the same model. Public lists have held each of these mistakes. */
export function problemsOf(prices: readonly Price[]): PriceProblem[] {
  return prices.flatMap((price) => [...problemsOfOne(price), ...problemsWithOthers(price, prices)].map((problem) => ({ price, problem })));
}

function problemsOfOne(price: Price): string[] {
  const problems: string[] = [];
  const amount = (service: Service, tier: Rate["tier"], bucket: UsageBucket) => {
    const rate = price.rates.find((each) => each.service === service && each.tier === tier && each.bucket === bucket);
    return rate ? parseDecimal(rate.usdPerMillion) : null;
  };
  const above = (a: Decimal | null, b: Decimal | null) => a !== null && b !== null && compareDecimals(a, b) > 0;
  if (!amount("standard", 0, "input")) problems.push("has no standard price of input");
  if (price.effectiveFrom !== null && price.effectiveTo !== null && price.effectiveTo <= price.effectiveFrom) problems.push(`ends on ${price.effectiveTo}, before it begins`);
  if (price.tierAbove === null && price.rates.some(({ tier }) => tier === 1)) problems.push("has rates of a dearer tier, but not from how many tokens it begins");
  for (const { service, tier, bucket, usdPerMillion } of price.rates) {
    const name = `${service} ${bucket}${tier === 1 ? " of tier 1" : ""}`;
    const rate = parseDecimal(usdPerMillion);
    const standard = amount("standard", 0, bucket);
    const input = amount(service, tier, "input");
    if (rate.units === 0n) problems.push(`${name} is 0: leave it out if it isn't known`);
    else if (standard && isOutlier(rate, standard)) problems.push(`${name} is ${outlier} times the standard one, or a ${outlier}th of it`);
    if (bucket === "cache_read" && above(rate, input)) problems.push(`${name} is above the price of input`);
    const output = amount(service, tier, "output");
    if (bucket === "reasoning" && output && isOutlier(rate, output)) problems.push(`${name} is ${outlier} times the price of output, or a ${outlier}th of it`);
    if (writes.includes(bucket) && input && compareDecimals(rate, multiplyDecimal(input, dearestWrite)) > 0) problems.push(`${name} is more than ${dearestWrite} times the price of input`);
    if ((service === "batch" || service === "flex") && tier === 0 && above(rate, standard)) problems.push(`${name} is above the standard price`);
    if (service === "priority" && tier === 0 && above(standard, rate)) problems.push(`${name} is below the standard price`);
    if (tier === 1 && service === "standard" && above(standard, rate)) problems.push(`${name} is below that of tier 0`);
  }
  const lasting = writes.map((bucket) => ({ bucket, rate: amount("standard", 0, bucket) })).filter(({ rate }) => rate !== null);
  for (const [index, longer] of lasting.entries()) {
    const shorter = lasting[index - 1];
    if (shorter && above(shorter.rate, longer.rate)) problems.push(`standard ${longer.bucket} is below ${shorter.bucket}, which is gone sooner`);
  }
  return problems;
}

/** What is far from every price that is known of the same model: a slip of the unit, most likely. `known` holds prices of that model alone. */
export function problemsWithKnown(price: Price, known: readonly Price[]): PriceProblem[] {
  return price.rates.flatMap(({ service, tier, bucket, usdPerMillion }) => {
    const rate = parseDecimal(usdPerMillion);
    const others = known.flatMap(({ rates }) => rates.filter((each) => each.service === service && each.tier === tier && each.bucket === bucket));
    const far = others.length > 0 && others.every((other) => isOutlier(rate, parseDecimal(other.usdPerMillion)));
    return far ? [{ price, problem: `${service} ${bucket} is ${usdPerMillion}, ${outlier} times what the catalogue has (${others.at(-1)?.usdPerMillion}), or a ${outlier}th of it` }] : [];
  });
}

function problemsWithOthers(price: Price, prices: readonly Price[]): string[] {
  const problems: string[] = [];
  for (const other of prices) {
    if (other === price || other.provider !== price.provider || other.model !== price.model) continue;
    const began = (each: Price) => each.effectiveFrom ?? "";
    if (began(other) > began(price)) continue;
    if (other.effectiveTo === null || other.effectiveTo > began(price)) problems.push(`begins before the price of ${other.effectiveFrom ?? "the start"} has ended: their dates overlap`);
    for (const { service, tier, bucket, usdPerMillion } of price.rates) {
      const before = other.rates.find((each) => each.service === service && each.tier === tier && each.bucket === bucket);
      if (!before) continue;
      const [now, then] = [parseDecimal(usdPerMillion), parseDecimal(before.usdPerMillion)];
      if (isOutlier(now, then)) problems.push(`${service} ${bucket} is ${outlier} times what it was before, or a ${outlier}th of it`);
    }
  }
  return problems;
}

const isOutlier = (a: Decimal, b: Decimal) => apart(a, b) || apart(b, a);

/** Whether a is so many times b. */
function apart(a: Decimal, b: Decimal): boolean {
  return b.units > 0n && compareDecimals(a, multiplyDecimal(b, outlier)) >= 0;
}
