import { footprintOf } from "#domains/grid/emissions/emission-factors.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import { fuels, qualities, type Fuel, type Metric, type Quality, type Region } from "#domains/grid/schema.ts";
import type { NewestRow, Window, WindowRow } from "./status-queries.ts";
import type { Reading, RegionStatus } from "./status-schema.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A moment counts as that of a day before when it is no further from it. */
const nearMs = 15 * minuteMs;

export type MixPart = { fuel: Fuel; powerMw: number };
type Mix = NonNullable<RegionStatus["mix"]>;

/** What is chosen to tell how a region does, and what has to be known besides. */
export interface Chosen {
  region: Region;
  demand: NewestRow | null;
  price: NewestRow | null;
  /** One line, or those of the borders. */
  netExport: NewestRow[];
  /** The parts of one moment, and the flows over each border then. */
  mix: { rows: NewestRow[]; borders: NewestRow[] } | null;
  windows: Window[];
}

/** Chooses, of a region's newest values, those that tell how it does: of several sources the freshest. */
export function chooseOf(region: Region, rows: readonly NewestRow[]): Chosen {
  const own = rows.filter((row) => row.region === region);
  const alone = (...metrics: Metric[]) => freshest(own.filter(({ metric, item, fuel }) => metrics.includes(metric) && item === null && fuel === null))[0] ?? null;
  const demand = alone("demand", "internal-load");
  const borders = freshest(own.filter(({ metric, item }) => (metric === "intertie-flow" || metric === "scheduled-interchange") && item !== null));
  const total = alone("net-interchange");
  const mix = mixRows(own);
  const start = mix?.[0];
  return {
    region, demand, price: alone("price"), netExport: total ? [total] : borders, mix: mix && { rows: mix, borders },
    windows: [
      ...(demand ? [{ seriesId: demand.seriesId, from: new Date(demand.end.getTime() - dayMs - hourMs), to: demand.end }] : []),
      ...(start ? borders.map(({ seriesId }) => ({ seriesId, from: start.start, to: start.end })) : []),
    ],
  };
}

/** The rows of the source whose newest moment is the newest of all, and of them those of that moment. */
function freshest(rows: readonly NewestRow[]): NewestRow[] {
  const newest = rows.reduce<NewestRow | null>((best, row) => (best === null || row.start > best.start ? row : best), null);
  return newest ? rows.filter(({ source, metric, start }) => source === newest.source && metric === newest.metric && start.getTime() === newest.start.getTime()) : [];
}

/**
 * Generation by fuel at the newest moment: a source's own sums, else those of its generators. Null where the parts aren't
 * what the source says that all make together: one of them isn't known then.
 */
function mixRows(own: readonly NewestRow[]): NewestRow[] | null {
  const rows = freshest(own.filter(({ metric, fuel }) => metric === "generation" && fuel !== null));
  const sums = rows.filter(({ item }) => item === null);
  const parts = sums.length > 0 ? sums : rows;
  const total = own.find(({ metric, source, start }) => metric === "generation-total" && source === parts[0]?.source && start.getTime() === parts[0].start.getTime());
  const sum = parts.reduce((all, row) => all + powerOf(row), 0);
  return parts.length === 0 || (total && Math.abs(sum - total.value) > Math.max(10, 0.02 * total.value)) ? null : parts;
}

/** MW; an hour's energy in MWh is its mean power. */
function powerOf({ unit, value, start, end }: NewestRow): number {
  return unit === "MWh" ? (value * hourMs) / (end.getTime() - start.getTime()) : value;
}

/** How a region does, from what was chosen and the values of the chosen windows. */
export function statusOf({ region, demand, price, netExport, mix }: Chosen, windows: readonly WindowRow[]): RegionStatus {
  const of = (seriesId: number) => windows.filter((row) => row.seriesId === seriesId);
  const parts = mix && mixParts(mix.rows, mix.borders.map(({ seriesId }) => meanOf(of(seriesId))));
  const day = demand ? of(demand.seriesId) : [];
  const before = demand && nearest(day, demand.start.getTime() - dayMs);
  return {
    region, name: regionFacts[region].name, sample: false,
    demand: demand && readingOf([demand]),
    demandChangeMw: demand && before ? demand.value - before.value : null,
    demandDay: demand ? dayOf(day, demand.end) : { start: [], value: [] },
    mix: parts,
    price: price && readingOf([price]),
    netExport: netExport.length > 0 ? readingOf(netExport) : null,
    intensityGramsPerKwh: parts && (footprintOf(region, parts.parts, "lifecycle")?.gramsPerKwh ?? null),
  };
}

/** The sum of rows of one moment. */
function readingOf(rows: readonly NewestRow[]): Reading {
  const [first] = rows;
  if (!first) throw new Error("A reading has no rows");
  const { unit, start, end, source } = first;
  return { value: rows.reduce((sum, row) => sum + row.value, 0), unit, start: start.toISOString(), end: end.toISOString(), quality: worst(rows), source };
}

function worst(rows: readonly { quality: Quality }[]): Quality {
  return qualities[Math.max(...rows.map(({ quality }) => qualities.indexOf(quality)))] ?? "measured";
}

function mixParts(rows: readonly NewestRow[], flows: readonly (number | null)[]): Mix | null {
  const [first] = rows;
  if (!first) return null;
  const sums = new Map<Fuel, number>();
  for (const row of rows) if (row.fuel !== null) sums.set(row.fuel, (sums.get(row.fuel) ?? 0) + powerOf(row));
  for (const { fuel, powerMw } of tradeOf(flows)) sums.set(fuel, (sums.get(fuel) ?? 0) + powerMw);
  return {
    start: first.start.toISOString(), end: first.end.toISOString(), quality: worst(rows), source: first.source,
    parts: fuels.flatMap((fuel) => (sums.has(fuel) ? [{ fuel, powerMw: sums.get(fuel) ?? 0 }] : [])),
  };
}

/** Imports above zero and exports below, from flows over borders that are positive outwards; nothing where one isn't known. */
export function tradeOf(flows: readonly (number | null)[]): MixPart[] {
  const known = flows.filter((flow) => flow !== null);
  if (known.length === 0 || known.length < flows.length) return [];
  const [imports, exports] = [known.reduce((sum, flow) => sum + Math.max(0, -flow), 0), known.reduce((sum, flow) => sum + Math.max(0, flow), 0)];
  return [{ fuel: "imports", powerMw: imports }, { fuel: "exports", powerMw: exports === 0 ? 0 : -exports }];
}

/** Weighted by time; null without values. */
function meanOf(rows: readonly WindowRow[]): number | null {
  const seconds = rows.reduce((sum, { start, end }) => sum + end.getTime() - start.getTime(), 0);
  return seconds === 0 ? null : rows.reduce((sum, { start, end, value }) => sum + value * (end.getTime() - start.getTime()), 0) / seconds;
}

function nearest(rows: readonly WindowRow[], at: number): WindowRow | null {
  const distance = ({ start }: WindowRow) => Math.abs(start.getTime() - at);
  const best = rows.reduce<WindowRow | null>((found, row) => (found === null || distance(row) < distance(found) ? row : found), null);
  return best && distance(best) <= nearMs ? best : null;
}

/** Means of the last 24 hours, each an hour of the clock; null for one without values. */
function dayOf(rows: readonly WindowRow[], end: Date): RegionStatus["demandDay"] {
  const last = Math.ceil(end.getTime() / hourMs) * hourMs;
  const hours = Array.from({ length: 24 }, (_, i) => last - (24 - i) * hourMs);
  const buckets = Map.groupBy(rows, ({ start }) => Math.floor(start.getTime() / hourMs) * hourMs);
  return { start: hours.map((hour) => new Date(hour).toISOString()), value: hours.map((hour) => meanOf(buckets.get(hour) ?? [])) };
}
