import type { Columns } from "./columns.ts";
import type { Interval } from "#domains/grid/time/intervals.ts";
import { sampleRange, sampleSource, sampleStepMinutes, sampleSubjects, sampleValues } from "#domains/grid/sample/sample.ts";
import type { Quality, Subject } from "#domains/grid/schema.ts";
import { endOf, startOf, type Plan } from "./series-plan.ts";
import type { Strand, Wanted } from "./strands.ts";
import type { Periods } from "#domains/grid/time/zone-calendar.ts";

/**
 * Lines of the sample over these periods, for what no source has told anything of. Where there would be more intervals than
 * `points`, they are longer ones, with the extremes within.
 */
export function sampleStrands(wanted: Wanted, plan: Plan, periods: Periods, points: number, now: Date): Strand[] {
  const times = new Map<string, Pick<Columns, "start" | "end">>();
  return subjectsOf(wanted).map((subject): Strand => {
    const { metric, fuel = null, item = null, unit } = subject;
    return { source: sampleSource.id, metric, fuel, item, unit, sample: true, columns: columnsOf(subject, intervalsOf(subject, plan, periods, points, now), times, now) };
  }).filter(({ columns }) => columns.start.length > 0);
}

/** Where the sample goes on after a page; null at its end. */
export function nextOfSample(wanted: Wanted, plan: Plan, page: Periods, now: Date): number | null {
  const ranges = subjectsOf(wanted).map((subject) => sampleRange(subject, now));
  const [from, to] = [Math.min(...ranges.map(({ start }) => start.getTime())), Math.max(...ranges.map(({ end }) => end.getTime()))];
  const next = Math.max(endOf(page), from);
  return next < Math.min(plan.to, to) ? next : null;
}

function subjectsOf({ region, metric, fuel, item, source }: Wanted): Subject[] {
  if (source !== undefined && source !== sampleSource.id) return [];
  const all = sampleSubjects().filter((subject) => subject.region === region && subject.metric === metric && (fuel === undefined || subject.fuel === fuel));
  if (item !== undefined) return all.filter((subject) => subject.item !== undefined && (item === "*" || subject.item === item));
  const plain = all.filter((subject) => subject.item === undefined);
  return plain.length > 0 ? plain : all;
}

/** The intervals that the sample has values of, none shorter than its own. */
function intervalsOf(subject: Subject, { resolution }: Plan, periods: Periods, points: number, now: Date): Interval[] {
  const range = sampleRange(subject, now);
  const [from, to] = [Math.max(startOf(periods), range.start.getTime()), Math.min(endOf(periods), range.end.getTime())];
  if (from >= to) return [];
  if (periods.kind === "bounded") {
    return periods.bounds.slice(1).flatMap((end, i) => {
      const start = periods.bounds[i] ?? end;
      return start < to && end > from ? [{ start: new Date(start), end: new Date(end) }] : [];
    });
  }
  const own = sampleStepMinutes(subject) * 60_000;
  const least = resolution === "5min" ? Math.max(periods.step, own) : periods.step;
  const step = least * Math.max(1, Math.ceil((to - from) / least / points));
  const first = Math.ceil((from - periods.from % least) / least) * least + periods.from % least;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step)) }, (_, i) => ({ start: new Date(first + i * step), end: new Date(first + (i + 1) * step) }));
}

function columnsOf(subject: Subject, intervals: readonly Interval[], times: Map<string, Pick<Columns, "start" | "end">>, now: Date): Columns {
  const values = sampleValues(subject, intervals, now);
  const places = values.flatMap(({ value }, i) => (value === null ? [] : [i]));
  const instants = { start: places.map((i) => (intervals[i]?.start.getTime() ?? 0) / 1_000), end: places.map((i) => (intervals[i]?.end.getTime() ?? 0) / 1_000) };
  const key = `${instants.start[0]} ${instants.end.at(-1)} ${places.length}`;
  const alike = times.get(key) ?? instants;
  times.set(key, alike);
  const long = intervals.some(({ start, end }) => end.getTime() - start.getTime() > sampleStepMinutes(subject) * 60_000);
  const column = (name: "value" | "min" | "max") => places.map((i) => values[i]?.[name] ?? null);
  return {
    ...alike, value: column("value"), quality: places.map((): Quality => "sample"),
    ...(long ? { low: column("min"), high: column("max") } : {}),
  };
}
