import { indexAt, lastValueIndex, type Columns } from "#ui/charts/columns.ts";
import type { Region } from "#domains/grid/schema.ts";
import type { Line } from "#domains/grid/series/series-schema.ts";
import { columnsOfLine } from "./chart-lines.ts";

/** What flows over a border, MW: positive leaves the region. Null where it isn't known. */
export interface BorderFlow {
  name: string;
  flowMw: number | null;
  scheduledMw: number | null;
}

export interface BorderFlows {
  /** The interval that the flows are of, in milliseconds. */
  start: number;
  end: number;
  borders: BorderFlow[];
  netMw: number | null;
}

/** Neighbours as people name them; what an operator counts at several places of one border is added up. */
const neighbours: Partial<Record<Region, { name: string; items: RegExp }[]>> = {
  "CA-ON": [
    { name: "New York", items: /^NEW-YORK$/ },
    { name: "Michigan", items: /^MICHIGAN$/ },
    { name: "Minnesota", items: /^MINNESOTA$/ },
    { name: "Manitoba", items: /^MANITOBA/ },
    { name: "Québec", items: /^PQ\./ },
  ],
};

/** The newest flows over each border, and what was scheduled for their time. */
export function borderFlowsOf(region: Region, flows: readonly Line[], imports: readonly Line[], exports: readonly Line[]): BorderFlows | null {
  const named = (lines: readonly Line[]) => lines.flatMap((line) => (line.item === null ? [] : [{ item: line.item, columns: columnsOfLine(line) }]));
  const [flowing, entering, leaving] = [named(flows), named(imports), named(exports)];
  const newest = flowing.reduce<{ start: number; end: number } | null>((best, { columns }) => {
    const index = lastValueIndex(columns);
    const [start, end] = [columns.start[index], columns.end[index]];
    return start === undefined || end === undefined || (best && best.start >= start) ? best : { start, end };
  }, null);
  if (!newest) return null;
  const groups = [...(neighbours[region] ?? []), ...unknownOf(region, flowing.map(({ item }) => item))];
  const at = (lines: typeof flowing, items: RegExp) => sum(lines.filter(({ item }) => items.test(item)).map(({ columns }) => valueAt(columns, newest.start)));
  const borders = groups.map(({ name, items }) => {
    const [scheduledIn, scheduledOut] = [at(entering, items), at(leaving, items)];
    const scheduledMw = scheduledIn === null && scheduledOut === null ? null : (scheduledOut ?? 0) - (scheduledIn ?? 0);
    return { name, flowMw: at(flowing, items), scheduledMw };
  });
  return { ...newest, borders: borders.toSorted((a, b) => (b.flowMw ?? -Infinity) - (a.flowMw ?? -Infinity)), netMw: sum(borders.map(({ flowMw }) => flowMw)) };
}

function unknownOf(region: Region, items: string[]): { name: string; items: RegExp }[] {
  const known = neighbours[region] ?? [];
  return items.filter((item) => !known.some((group) => group.items.test(item))).map((item) => ({ name: item, items: new RegExp(`^${item.replace(/[^\w ]/g, "\\$&")}$`) }));
}

function valueAt(columns: Columns, at: number): number | null {
  const value = columns.value[indexAt(columns, at)];
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** Null where nothing is known; a part that isn't known leaves the sum to what is. */
function sum(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
