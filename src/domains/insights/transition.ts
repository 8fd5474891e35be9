import type { Principal } from "#platform/auth/principal.ts";
import type { Fuel, SourceNote } from "#domains/grid/index.ts";
import { rounded } from "./facts/fact.ts";
import { intensityFact, shareChangeFact, shareFacts, sharesOf, totalOf, type FuelWindow } from "./facts/mix-facts.ts";
import { knownOf } from "./facts/points.ts";
import { spanWords } from "./facts/words.ts";
import { nameOf } from "./check-links.ts";
import { statementOf, unroundedLimit, unwritten } from "./explain.ts";
import type { Fact, TransitionReport, TransitionReportRequest } from "./schema.ts";
import { earlier, loadFuels, loadWindow, nothingTold, regionName, requireBounded, resolutionFor } from "./selection.ts";

const dayMs = 86_400_000;
/** The resolutions that emissions are told in one answer of. */
const bounds = { "5min": 31, hour: 366, day: 3_660 };

interface Span {
  from: string;
  to: string;
}

interface Period {
  windows: FuelWindow[];
  intensity: Fact | null;
  sources: SourceNote[];
  span: Span;
}

/** How generation and its emissions differ from a year before, or within the range where there is no year before. Throws as explainSelection does. */
export async function compareGeneration(principal: Principal, request: TransitionReportRequest, now = new Date()): Promise<TransitionReport> {
  const { region } = request;
  const days = (Date.parse(request.to) - Date.parse(request.from)) / dayMs;
  // Fuels are told by the hour at the finest in most regions; an hour serves short ranges.
  const resolution = requireBounded({ ...request, resolution: resolutionFor(days) === "day" ? "day" : "hour" }, bounds);
  const load = (span: Span, when: "now" | "then") => loadPeriod(principal, request, span, resolution, when, now);
  const whole = await load(request, "now");
  const total = totalOf(whole.windows);
  if (!total || knownOf(total.points).length === 0) throw nothingTold(nameOf(region, "generation"));
  const yearBefore = Number(request.from.slice(0, 4)) > 1990 ? await load({ from: earlier(request.from, "year"), to: earlier(request.to, "year") }, "then") : null;
  const { basis, earlierPeriod, later } = yearBefore && isComparable(whole, yearBefore)
    ? { basis: "year-before" as const, earlierPeriod: yearBefore, later: whole }
    : await halves(whole, load);
  const shares = compareShares(later, earlierPeriod);
  const facts = [
    ...shareFacts(later.windows, "now"), ...(earlierPeriod ? shareFacts(earlierPeriod.windows, "then") : []),
    ...shares.flatMap(({ fuel, now: of, then }) => (then === null || !earlierPeriod ? [] : [shareChangeFact(fuel, later.windows, earlierPeriod.windows, { now: of, then })])),
    ...[later.intensity, earlierPeriod?.intensity ?? null].filter((fact) => fact !== null),
  ];
  const period = ({ span, intensity }: Period) => ({ ...span, intensity: intensity?.value ?? null });
  return {
    task: "transition-report", ...unwritten, title: `How ${regionName(region)} generates, ${spanWords(total.zone, total.from, total.to)}`, region,
    from: new Date(total.from).toISOString(), to: new Date(total.to).toISOString(), zone: total.zone.name,
    basis, then: earlierPeriod && period(earlierPeriod), now: period(later), shares, facts, statements: statementsOf(facts),
    limits: [
      ...(basis === "halves" ? ["There is no comparable year before: the range’s second half is compared with its first, seasons and times of day included."] : []),
      ...(basis === "none" ? ["There is nothing to compare the range with."] : []),
      "Shares are of what was generated in the region, over the intervals that every fuel has a value for; imports and storage aren’t part of it.",
      "Intensity counts lifecycle emissions by cited factors of each fuel.",
      unroundedLimit,
    ],
    sources: [...new Map([...later.sources, ...(earlierPeriod?.sources ?? [])].map((source) => [source.id, source])).values()],
    sample: facts.some(({ sample }) => sample),
  };
}

async function loadPeriod(principal: Principal, request: TransitionReportRequest, span: Span, resolution: "5min" | "hour" | "day", when: "now" | "then", now: Date): Promise<Period> {
  const selection = { ...request, ...span };
  const { windows, sources, from, to } = await loadFuels(principal, selection, resolution, now);
  const power = totalOf(windows);
  const intensity = power ? (await loadWindow(principal, { ...selection, metric: "emissions-intensity" }, resolution, now)).window : null;
  return { windows, sources, span: { from, to }, intensity: power && intensity && intensityFact(`intensity-${when}`, intensity, power) };
}

const knownTime = ({ windows }: Period) => knownOf(totalOf(windows)?.points ?? []).reduce((sum, { start, end }) => sum + end - start, 0);
const isSample = ({ windows }: Period) => windows.some(({ points }) => points.some(({ sample }) => sample));

/** Of the same kind, and nearly as much of it known: or the season would be another. */
function isComparable(later: Period, before: Period): boolean {
  return isSample(later) === isSample(before) && knownTime(before) >= 0.9 * knownTime(later);
}

async function halves(whole: Period, load: (span: Span, when: "now" | "then") => Promise<Period>) {
  const known = knownOf(totalOf(whole.windows)?.points ?? []);
  const middle = known[known.length >> 1];
  const [first, last] = [known[0], known.at(-1)];
  if (!middle || !first || !last || known.length < 2) return { basis: "none" as const, earlierPeriod: null, later: whole };
  const iso = (at: number) => new Date(at).toISOString();
  const earlierPeriod = await load({ from: iso(first.start), to: iso(middle.start) }, "then");
  const later = await load({ from: iso(middle.start), to: iso(last.end) }, "now");
  return { basis: "halves" as const, earlierPeriod, later };
}

function compareShares(later: Period, before: Period | null): TransitionReport["shares"] {
  const then = before ? sharesOf(before.windows) : new Map<Fuel, number>();
  return [...sharesOf(later.windows)].sort((a, b) => b[1] - a[1]).map(([fuel, share]) => {
    const old = then.size === 0 ? null : (then.get(fuel) ?? 0);
    return { fuel, now: rounded(share), then: old === null ? null : rounded(old), change: old === null ? null : rounded(share - old) };
  });
}

/** The largest shares, the largest changes, the intensities. */
function statementsOf(facts: readonly Fact[]): TransitionReport["statements"] {
  const of = (prefix: string) => facts.filter(({ id }) => id.startsWith(prefix));
  const changes = of("change-").toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, 3);
  return [...of("share-now-").slice(0, 3), ...changes, ...of("intensity-")].map(statementOf);
}
