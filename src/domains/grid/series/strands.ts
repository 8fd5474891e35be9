import type { Tx } from "#platform/db/unit-of-work.ts";
import { lackOf, outside, shared, spansOf, unionOf, type Columns, type Spans } from "./columns.ts";
import { gatherAll } from "./gather.ts";
import { unpackMoments } from "./packed-moments.ts";
import { unpackRows } from "./packed-rows.ts";
import { isWhole, referencesOf, type Reference } from "./references.ts";
import { fuels, type Fuel, type Metric, type Region, type Unit } from "#domains/grid/schema.ts";
import { approachOf, endOf, periodsFrom, refused, startOf, type Plan } from "./series-plan.ts";
import * as queries from "./series-queries.ts";
import { findSource } from "#domains/grid/sources/registry.ts";
import { startOfDay, type Periods } from "#domains/grid/time/zone-calendar.ts";

/** Most rows that one statement may go through. */
const rowsAtMost = 1_500_000;
/** What share of a period must have values for it to be more than an estimate; of a snapshot's five minutes one is seen. */
const wholeShare = 0.99;
const snapshotShare = 0.2 * 0.8;

/** Which lines are meant. */
export interface Wanted {
  region: Region;
  metric: Metric;
  fuel?: Fuel | undefined;
  item?: string | undefined;
  source?: string | undefined;
  /** Energies are told as mean powers, in MW. */
  asPower?: boolean;
}

/** A line before it is written out. */
export interface Strand {
  source: string;
  metric: Metric;
  fuel: Fuel | null;
  item: string | null;
  unit: Unit;
  sample: boolean;
  columns: Columns;
}

/** The lines over these periods, whole. Lines without an interval in them are left out. */
export async function readStrands(tx: Tx, series: readonly queries.SeriesRow[], wanted: Wanted, plan: Plan, periods: Periods): Promise<Strand[]> {
  const groups = groupsOf(series, wanted, plan);
  const covered = new Map<string, Spans>();
  const strands: Strand[] = [];
  for (const [reference, lines] of groups) {
    const lacking = lines.flatMap((line) => {
      const lack = lackOf(covered.get(line.key) ?? [], startOf(periods) / 1_000, endOf(periods) / 1_000);
      return lack === null ? [] : [{ line, lack }];
    });
    if (lacking.length === 0) continue;
    const from = Math.min(...lacking.map(({ lack }) => lack[0])) * 1_000;
    const to = Math.max(...lacking.map(({ lack }) => lack[1])) * 1_000;
    const read = await readGroups(tx, reference, lacking.map(({ line }) => line), wanted, plan, periodsFrom(periods, from), to);
    const added: GroupColumns[] = [];
    for (const { line, columns: all } of read) {
      const columns = outside(all, covered.get(line.key) ?? []);
      if (columns.start.length > 0) added.push({ line, columns: shared(columns, added[0]?.columns) });
    }
    for (const { line, columns } of added) {
      const { source, fuel, item, unit } = line;
      strands.push({ source, metric: wanted.metric, fuel, item, unit: wanted.asPower ? "MW" : unit, sample: false, columns });
    }
    for (const { line, columns } of added) covered.set(line.key, unionOf(covered.get(line.key) ?? [], spansOf(columns)));
  }
  return strands;
}

interface Group {
  /** Lines with the same key take turns by interval. */
  key: string;
  ids: number[];
  source: string;
  fuel: Fuel | null;
  item: string | null;
  unit: Unit;
}

interface GroupColumns {
  line: Group;
  columns: Columns;
}

async function readGroups(tx: Tx, reference: Reference, lines: readonly Group[], wanted: Wanted, plan: Plan, periods: Periods, until: number): Promise<GroupColumns[]> {
  const zone = findSource(reference.source)?.zone ?? "Etc/UTC";
  const unit = lines[0]?.unit ?? "MW";
  const measure = wanted.metric === "wind-direction" ? "direction" : unit === "MWh" ? (wanted.asPower ? "power" : "sum") : unit === "mm" ? "sum" : "mean";
  const summed = lines.some(({ ids }) => ids.length > 1);
  const approach = approachOf(reference.length, { resolution: plan.resolution, periods }, zone, plan.asOf !== null || summed || measure === "direction");
  const from = Math.max(startOf(periods), reference.from?.getTime() ?? 0);
  const to = Math.min(endOf(periods), until + longest(periods), reference.until?.getTime() ?? Infinity);
  if (from >= to) return [];
  requireBounded(lines, reference, approach, (to - from) / 60_000);
  const usualMinutes = approach.from === "days" ? 1_440 : approach.from !== "observations" || typeof reference.length !== "number" ? 60 : reference.length;
  // Hours hold what is shorter, as it is known now.
  const inHours = approach.from === "observations" && approach.as !== "shares" && usualMinutes < 60 && plan.asOf === null && !summed;
  const read = inHours
    ? unpackMoments(await queries.readMoments(tx, lines.flatMap(({ ids }) => ids), new Date(from), new Date(to)), from, to)
    : unpackRows(await queries.readRows(tx, {
      lines: lines.map(({ ids }) => ids), approach, mixed: reference.length === "mixed", usualMinutes, from: new Date(from), to: new Date(to), asOf: plan.asOf, midnight: new Date(startOfDay(zone, 2000, 1, 1)),
    }), usualMinutes);
  const share = reference.length === 1 ? snapshotShare : wholeShare;
  const columns = gatherAll(read.map(({ rows }) => rows), { approach, measure, periods, share });
  const columnsOf = new Map(read.map(({ line }, i) => [line, columns[i]]));
  return lines.flatMap((line): GroupColumns[] => {
    const own = columnsOf.get(line.ids[0] ?? 0);
    return own ? [{ line, columns: own }] : [];
  });
}

const longest = (periods: Periods) => (periods.kind === "equal" ? periods.step : Math.max(...periods.bounds.map((bound, i) => bound - (periods.bounds[i - 1] ?? bound))));

function requireBounded(lines: readonly Group[], { length }: Reference, approach: ReturnType<typeof approachOf>, minutes: number): void {
  const each = approach.from === "days" ? 1_440 : approach.from === "hours" ? 60 : typeof length !== "number" ? (length === "month" ? 43_200 : 15) : Math.max(length, 5);
  const rows = (lines.reduce((sum, { ids }) => sum + ids.length, 0) * minutes) / each;
  if (rows <= rowsAtMost) return;
  throw refused("from", "The range holds more values than one answer can be made of. Ask for a shorter range, for one fuel or item, or page by page with `limit`.");
}

/** The lines that are wanted, by the sources that answer, the most preferred first. */
function groupsOf(series: readonly queries.SeriesRow[], { region, metric, fuel, item, source }: Wanted, { resolution }: Plan): Map<Reference, Group[]> {
  const known = referencesOf(region, metric, resolution);
  const others = [...new Set(series.map((row) => row.source))].filter((id) => !known.some((reference) => reference.source === id));
  const references = [...known, ...others.map((id): Reference => ({ source: id, length: "mixed" }))].filter((reference) => source === undefined || reference.source === source);
  const rows = series.filter((row) => (fuel === undefined || row.fuel === fuel) && references.some((reference) => reference.source === row.source));
  const named = (row: queries.SeriesRow) => row.item !== null && (item === "*" || row.item === item);
  const hasPlain = rows.some((row) => row.item === null || references.some((reference) => reference.source === row.source && reference.sum));
  const keyOf = (row: { fuel: Fuel | null; item: string | null }) => (isWhole(metric) && row.item === null ? "" : JSON.stringify([row.fuel, row.item]));
  const groups = new Map<Reference, Group[]>();
  for (const reference of references) {
    const own = rows.filter((row) => row.source === reference.source);
    const chosen = item !== undefined ? own.filter(named) : hasPlain ? own.filter((row) => row.item === null) : own;
    const parts = item === undefined && reference.sum ? Map.groupBy(own.filter((row) => row.item !== null && !chosen.some((each) => each.fuel === row.fuel)), (row) => row.fuel) : new Map<Fuel | null, queries.SeriesRow[]>();
    const lines = [
      ...chosen.map((row): Group => ({ key: keyOf(row), ids: [row.id], source: row.source, fuel: row.fuel, item: row.item, unit: row.unit })),
      ...[...parts].flatMap(([of, [first, ...rest]]): Group[] => first
        ? [{ key: keyOf({ fuel: of, item: null }), ids: [first, ...rest].map(({ id }) => id), source: first.source, fuel: of, item: null, unit: first.unit }] : []),
    ];
    const order = (each: Group) => (each.fuel === null ? -1 : fuels.indexOf(each.fuel));
    if (lines.length > 0) groups.set(reference, lines.sort((a, b) => order(a) - order(b) || (a.item ?? "").localeCompare(b.item ?? "", "en")));
  }
  return groups;
}
