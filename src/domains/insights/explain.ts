import type { Principal } from "#platform/auth/principal.ts";
import { weatherMetrics, type Metric, type Resolution, type SourceNote } from "#domains/grid/index.ts";
import { beforeFact, peakFacts, temperatureFact } from "./facts/comparison-facts.ts";
import { factOf, type Window } from "./facts/fact.ts";
import { levelFacts } from "./facts/level-facts.ts";
import { knownOf, meanOf } from "./facts/points.ts";
import { rampFacts } from "./facts/ramp-facts.ts";
import { measureWords, spanWords } from "./facts/words.ts";
import { rankInsights } from "./rank.ts";
import type { AnalyticsInsight, ChartExplanation, ExplainChartRequest, Fact, ShownMetric, Statement } from "./schema.ts";
import { earlier, loadTemperature, loadWindow, nothingTold, requireBounded, type Loaded } from "./selection.ts";

/** The longest range whose hours are read for its correlation with temperature, in days. */
const hourlyDaysAtMost = 366;
/** The longest range that is compared with a week before; longer ones with a year before. */
const weekDaysAtMost = 31;
const dayMs = 86_400_000;

/** Said with every answer: differences of rounded numbers may be off by one. */
export const unroundedLimit = "Numbers are computed from values as they are kept and rounded afterwards.";

/** Everything computed of a selection. */
interface Explained {
  loaded: Loaded;
  resolution: Resolution;
  facts: Fact[];
  limits: string[];
  sources: SourceNote[];
}

/** What a chart shows, in computed facts. Throws INVALID_REQUEST for what can't be asked, NOT_FOUND for a range without values. */
export async function explainSelection(principal: Principal, request: ExplainChartRequest, now = new Date()): Promise<ChartExplanation> {
  const explained = await explain(principal, request, now);
  return { task: "explain-chart", ...answerOf(request, explained), statements: explained.facts.map(statementOf) };
}

/** What of a selection is out of the ordinary, by rules that are named. Throws as explainSelection does. */
export async function rankSelection(principal: Principal, request: ExplainChartRequest, now = new Date()): Promise<AnalyticsInsight> {
  const explained = await explain(principal, request, now);
  const insights = rankInsights(explained.facts);
  return { task: "analytics-insight", ...answerOf(request, explained), insights, statements: insights.map(({ text, facts }) => ({ text, facts })) };
}

function answerOf({ region, metric }: ExplainChartRequest, { loaded: { window }, resolution, facts, limits, sources }: Explained) {
  return {
    ...unwritten, title: `${window.name}, ${spanWords(window.zone, window.from, window.to)}`, region, metric, resolution,
    from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString(), zone: window.zone.name,
    facts, limits, sources, sample: facts.some(({ sample }) => sample),
  };
}

/** What every computed answer says of how it was made. */
export const unwritten = { mode: "computed" as const, model: null, callId: null, cached: false, note: null };

export const statementOf = ({ sentence, id }: Fact): Statement => ({ text: sentence, facts: [id] });

async function explain(principal: Principal, request: ExplainChartRequest, now: Date): Promise<Explained> {
  const wanted = requireBounded(request);
  const loaded = await loadWindow(principal, request, wanted, now);
  const { window, resolution } = loaded;
  if (knownOf(window.points).length === 0) throw nothingTold(window.name);
  const before = await loadBefore(principal, request, loaded, now);
  const weather = await relateToTemperature(principal, request, loaded, now);
  const facts = [...levelFacts(window), ...rampFacts(window), ...before.facts, ...peakFacts(window), ...partFacts(loaded.parts), ...weather.facts];
  const sources = [...loaded.sources, ...weather.sources];
  return {
    loaded, resolution, facts, limits: [...loaded.limits, ...before.limits, ...weather.limits, unroundedLimit],
    sources: [...new Map(sources.map((source) => [source.id, source])).values()].filter(({ id }) => facts.some((fact) => fact.sources.includes(id))),
  };
}

async function loadBefore(principal: Principal, request: ExplainChartRequest, { window, resolution }: Loaded, now: Date): Promise<{ facts: Fact[]; limits: string[] }> {
  const by = (window.to - window.from) / dayMs <= weekDaysAtMost ? "week" : "year";
  const words = by === "week" ? "a week before" : "a year before";
  const other = { ...request, from: earlier(request.from, by), to: earlier(request.to, by) };
  // What lies before the first year that can be asked for has no values.
  const before = Number(other.from.slice(0, 4)) < 1990 ? null : await loadWindow(principal, other, resolution, now);
  const named = before && { ...before.window, check: before.window.check.map((check) => ({ ...check, label: `${check.label}, ${words}` })) };
  const fact = named && isLike(window, named) ? beforeFact(window, named, words) : null;
  return fact ? { facts: [fact], limits: [] } : { facts: [], limits: [`There are no values of the same time ${words} to compare with.`] };
}

/** Made-up numbers aren't compared with measured ones. */
function isLike(a: Window, b: Window): boolean {
  const sample = (window: Window) => window.points.some((point) => point.sample);
  return sample(a) === sample(b);
}

async function relateToTemperature(principal: Principal, request: ExplainChartRequest, { window, resolution }: Loaded, now: Date): Promise<{ facts: Fact[]; sources: SourceNote[]; limits: string[] }> {
  const none = { facts: [], sources: [], limits: [] };
  if (isWeather(request.metric) || (window.to - window.from) / dayMs > hourlyDaysAtMost) return none;
  const range = { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString(), tz: window.zone.name, as_of: request.as_of };
  const temperature = await loadTemperature(principal, request.region, range, now);
  if (!temperature) return none;
  const hours = resolution === "hour" ? window : (await loadWindow(principal, { ...request, ...range }, "hour", now)).window;
  const fact = isLike(hours, temperature.window) ? temperatureFact(hours, temperature.window, temperature.place) : null;
  return fact ? { facts: [fact], sources: temperature.sources, limits: ["A correlation says that two things vary together, not that one causes the other."] } : none;
}

function isWeather(metric: ShownMetric): boolean {
  return weatherMetrics.some((each: Metric) => each === metric);
}

/** The mean of each part of a sum: of each border. */
function partFacts(parts: readonly Window[]): Fact[] {
  return parts.flatMap((part, index) => {
    const known = knownOf(part.points);
    const [first, last, mean] = [known[0], known.at(-1), meanOf(known)];
    if (!first || !last || mean === null) return [];
    return [factOf({
      id: `part-${index + 1}`, title: `Mean of ${part.name}`, value: mean, unit: part.unit, from: first.start, to: last.end,
      sentence: `The mean of ${part.name} is ${measureWords(mean, part.unit)}.`, of: [part],
    })];
  });
}
