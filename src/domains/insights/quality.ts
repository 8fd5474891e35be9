import type { Principal } from "#platform/auth/principal.ts";
import { countArrivalsOf, type Arrivals } from "#domains/grid/server.ts";
import { unwritten } from "./explain.ts";
import { factOf, type Window } from "./facts/fact.ts";
import { flatHours, flatIntervals, flatLinesOf, gapsOf, neighbours, outlierFacts, outliersOf, stepsAtMost, stretchFacts, withWholeText } from "./facts/quality-facts.ts";
import { missingFact } from "./facts/level-facts.ts";
import { hourMs, knownOf } from "./facts/points.ts";
import { measureWords, spanWords } from "./facts/words.ts";
import type { DataQuality, DataQualityRequest, Fact, QualityCheck } from "./schema.ts";
import { loadWindow, nothingTold, requireBounded } from "./selection.ts";

type Named = QualityCheck["check"];

/** What is wrong with values as they were told, by rules that are named. Throws as explainSelection does; at most 31 days. */
export async function inspectValues(principal: Principal, request: DataQualityRequest, now = new Date()): Promise<DataQuality> {
  const { region, metric, fuel, item } = request;
  // As finely as they were told: what an hour's mean hides is what is looked for.
  requireBounded({ ...request, resolution: "5min" });
  const { window, parts, sources, limits } = await loadWindow(principal, request, "5min", now);
  const windows = parts.length > 0 ? parts : [window];
  const known = knownOf(window.points);
  if (known.length === 0) throw nothingTold(window.name);
  const arrivals = await countArrivalsOf(principal, { region, metric, fuel, item, from: new Date(window.from), to: new Date(window.to) });
  const gaps = stretchFacts("gaps", window, gapsOf(window));
  const flat = stretchFacts("flat-lines", window, flatLinesOf(window.points));
  const outliers = outlierFacts(window, outliersOf(window.points));
  const missing = missingFact(window, known);
  const stored = arrivals.length > 0 ? storedFacts(window, arrivals) : null;
  const check = (name: Named, facts: Fact[] | undefined, rule: string): QualityCheck => checkOf(name, facts, rule);
  const checks = [
    check("gaps", [...gaps, ...(missing ? [missing] : [])], "A stretch of the range without a value, up to when sources can have told of it"),
    check("flat-lines", flat, `The same value for ${flatHours} hours and ${flatIntervals} intervals or more, zero aside`),
    check("outliers", outliers, `Outside of the range of its ${neighbours} neighbours on each side by more than ${stepsAtMost} times the usual step between them: unusual, and not therefore wrong`),
    check("duplicates", stored?.duplicates, "An interval that begins before the one before it has ended"),
    check("revisions", stored?.revisions, "An interval whose value its source replaced"),
    check("late-arrivals", stored?.late, "Known later after its end than twice the source’s cadence; history that was read afterwards counts"),
  ];
  const facts = [...gaps, ...(missing ? [missing] : []), ...flat, ...outliers, ...(stored ? [...stored.duplicates, ...stored.revisions, ...stored.late] : [])];
  return {
    task: "data-quality", ...unwritten, title: `Quality of ${window.name}, ${spanWords(window.zone, window.from, window.to)}`, region, metric,
    from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString(), zone: window.zone.name, checks, facts,
    statements: checks.filter(({ facts: own }) => own.length > 0).map(({ text, facts: own }) => ({ text, facts: own })),
    limits: [...limits, ...(windows.length > 1 ? ["Gaps, flat lines and outliers are those of the sum."] : []), ...(stored && request.as_of !== undefined ? ["Revisions, overlaps and arrivals are those that are on record now."] : []), ...(stored ? [] : ["Nothing of these values is recorded: revisions and arrivals can’t be told."])],
    sources, sample: facts.some(({ sample }) => sample),
  };
}

function checkOf(check: Named, facts: Fact[] | undefined, rule: string): QualityCheck {
  const [first] = facts ?? [];
  if (!facts || !first) return { check, state: "not-applicable", count: null, text: "Nothing of this is recorded.", rule, facts: [] };
  return { check, state: first.value === 0 ? "clear" : "found", count: first.value, text: facts.map(({ sentence }) => sentence).join(" "), rule, facts: facts.map(({ id }) => id) };
}

/** What only the records tell: how values came in. */
function storedFacts(window: Window, arrivals: readonly Arrivals[]): Record<"duplicates" | "revisions" | "late", Fact[]> {
  const { name, from, to, unit } = window;
  const sum = (key: "intervals" | "overlapping" | "late" | "revised") => arrivals.reduce((total, row) => total + row[key], 0);
  const most = (key: "longestMinutes" | "largestChange") => Math.max(0, ...arrivals.map((row) => row[key] ?? 0));
  const of = { from, to, of: [window] };
  const intervals = measureWords(sum("intervals"), "intervals");
  const count = (id: string, title: string, value: number, what: string) => withWholeText(factOf({
    ...of, id, title, value, unit: "", sentence: value === 0 ? `None of the ${intervals} kept ${what}.` : `${value} of the ${intervals} kept ${what}.`,
  }));
  const [duplicates, revised, late] = [count("duplicates", "Overlapping intervals", sum("overlapping"), "overlaps the one before it"), count("revisions", "Revised values", sum("revised"), "had its value replaced"), count("late-arrivals", "Late arrivals", sum("late"), "came late")];
  const change = most("largestChange");
  const delay = most("longestMinutes") / (hourMs / 60_000);
  return {
    duplicates: [duplicates],
    revisions: revised.value === 0 ? [revised] : [revised, factOf({
      ...of, id: "revisions-largest", title: "Largest revision", value: change, unit, sentence: `The largest revision of ${name} changed a value by ${measureWords(change, unit)}.`,
    })],
    late: late.value === 0 ? [late] : [late, factOf({
      ...of, id: "late-arrivals-longest", title: "Longest wait", value: delay, unit: "hours", sentence: `The longest wait from an interval’s end until it was known was ${measureWords(Math.round(delay * 10) / 10, "hours")}.`,
    })],
  };
}
