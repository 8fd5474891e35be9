import { footprintOf } from "#domains/grid/emissions/emission-factors.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import { tradeOf, type MixPart } from "#domains/grid/status/region-status.ts";
import type { Region, Subject } from "#domains/grid/schema.ts";
import type { Reading, RegionStatus } from "#domains/grid/status/status-schema.ts";
import type { Interval } from "#domains/grid/time/intervals.ts";
import { sampleRange, sampleSource, sampleSubjects, sampleStepMinutes, sampleValues } from "./sample.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How a region would do by the sample; null for one that it doesn't have. */
export function sampleStatus(region: Region, now: Date): RegionStatus | null {
  const own = sampleSubjects().filter((subject) => subject.region === region);
  const demand = own.find(({ metric }) => metric === "demand" || metric === "internal-load");
  if (!demand) return null;
  const moment = newestOf(demand, now);
  const valueAt = (subject: Subject, interval: Interval) => sampleValues(subject, [interval], now)[0]?.value ?? null;
  const reading = (subject: Subject | undefined): Reading | null => {
    if (!subject) return null;
    const interval = newestOf(subject, now);
    const value = valueAt(subject, interval);
    return value === null ? null : { value, unit: subject.unit, start: interval.start.toISOString(), end: interval.end.toISOString(), quality: "sample", source: sampleSource.id };
  };
  const generation = own.filter(({ metric }) => metric === "generation").flatMap((subject): MixPart[] => (subject.fuel ? [{ fuel: subject.fuel, powerMw: valueAt(subject, moment) ?? 0 }] : []));
  const flows = own.filter(({ metric }) => metric === "intertie-flow" || metric === "scheduled-interchange").map((subject) => valueAt(subject, moment));
  const parts = [...generation, ...tradeOf(flows)];
  const used = reading(demand);
  const before = valueAt(demand, { start: new Date(moment.start.getTime() - dayMs), end: new Date(moment.end.getTime() - dayMs) });
  const last = Math.floor(moment.end.getTime() / hourMs) * hourMs;
  const hours = Array.from({ length: 24 }, (_, i): Interval => ({ start: new Date(last - (24 - i) * hourMs), end: new Date(last - (23 - i) * hourMs) }));
  return {
    region, name: regionFacts[region].name, sample: true,
    demand: used,
    demandChangeMw: used && before !== null ? used.value - before : null,
    demandDay: { start: hours.map(({ start }) => start.toISOString()), value: sampleValues(demand, hours, now).map(({ value }) => value) },
    mix: { start: moment.start.toISOString(), end: moment.end.toISOString(), quality: "sample", source: sampleSource.id, parts },
    price: reading(own.find(({ metric }) => metric === "price")),
    netExport: reading(own.find(({ metric }) => metric === "net-interchange")),
    intensityGramsPerKwh: footprintOf(region, parts, "lifecycle")?.gramsPerKwh ?? null,
  };
}

/** The newest interval that a subject has. */
function newestOf(subject: Subject, now: Date): Interval {
  const { end } = sampleRange(subject, now);
  return { start: new Date(end.getTime() - sampleStepMinutes(subject) * 60_000), end };
}
