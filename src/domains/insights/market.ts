import type { Principal } from "#platform/auth/principal.ts";
import type { Metric, Region } from "#domains/grid/index.ts";
import { statementOf, unroundedLimit, unwritten } from "./explain.ts";
import { peakFacts } from "./facts/comparison-facts.ts";
import { levelFacts } from "./facts/level-facts.ts";
import { knownOf } from "./facts/points.ts";
import { priceFacts, priceHours, spreadFact } from "./facts/price-facts.ts";
import { rampFacts } from "./facts/ramp-facts.ts";
import { spanWords } from "./facts/words.ts";
import type { MarketBrief, MarketBriefRequest } from "./schema.ts";
import { loadWindow, nothingTold, requireBounded } from "./selection.ts";

/** What a price is held against: another price of the region, or the other market's. */
const spreads: readonly { id: string; region: Region; metric: Metric; of: (region: Region) => boolean }[] = [
  { id: "spread-day-ahead", region: "CA-ON", metric: "day-ahead-price", of: (region) => region === "CA-ON" },
  { id: "spread-alberta", region: "CA-AB", metric: "price", of: (region) => region === "CA-ON" },
  { id: "spread-ontario", region: "CA-ON", metric: "price", of: (region) => region === "CA-AB" },
];

/** Price levels, hours below zero, scatter and spreads, by the hour; at most 366 days. Throws as explainSelection does. */
export async function measureMarket(principal: Principal, request: MarketBriefRequest, now = new Date()): Promise<MarketBrief> {
  const { region, metric } = request;
  requireBounded({ ...request, resolution: "hour" });
  const { window, sources, limits } = await loadWindow(principal, request, "hour", now);
  if (knownOf(window.points).length === 0) throw nothingTold(window.name);
  const facts = [...levelFacts(window), ...priceFacts(window), ...peakFacts(window), ...rampFacts(window)];
  const notes = new Map(sources.map((source) => [source.id, source]));
  for (const spread of spreads.filter((each) => each.of(region) && !(each.region === region && each.metric === metric))) {
    const span = { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString(), tz: window.zone.name, as_of: request.as_of };
    const other = await loadWindow(principal, { region: spread.region, metric: spread.metric, ...span }, "hour", now);
    const isLike = other.window.points.some(({ sample }) => sample) === window.points.some(({ sample }) => sample);
    const fact = isLike ? spreadFact(spread.id, window, other.window) : null;
    if (!fact) continue;
    facts.push(fact);
    for (const source of other.sources) notes.set(source.id, source);
  }
  return {
    task: "market-brief", ...unwritten, title: `${window.name}, ${spanWords(window.zone, window.from, window.to)}`, region, metric,
    from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString(), zone: window.zone.name,
    hours: priceHours(window), facts, statements: facts.map(statementOf),
    limits: [...limits, "Numbers are of hours: five-minute prices within them reach further up and down.", unroundedLimit],
    sources: [...notes.values()].filter(({ id }) => facts.some((fact) => fact.sources.includes(id))), sample: facts.some(({ sample }) => sample),
  };
}
