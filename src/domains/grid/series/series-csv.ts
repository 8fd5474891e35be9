import { csvRow } from "#lib/csv.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { isoTexts } from "./columns.ts";
import type { Region } from "#domains/grid/schema.ts";
import { countOf, endOf, firstOf, periodsFrom, type Plan } from "./series-plan.ts";
import type { Strand } from "./strands.ts";
import type { Periods } from "#domains/grid/time/zone-calendar.ts";

const header = csvRow(["start", "end", "region", "metric", "fuel", "item", "source", "unit", "value", "quality"]);
/** Values of a page, so that the embedded database's other readers wait for milliseconds. */
const valuesAtMost = 10_000;
const pageAtMost = 5_000;

/** Reads a page: its lines, and where the next one begins. */
export type ReadPage = (tx: Tx, page: Periods) => Promise<{ strands: Strand[]; next: number | null }>;

/** Writes a range as CSV, page by page, each a unit of work of its own: memory stays flat however long it is. */
export async function* csvOf(principal: Principal, region: Region, plan: Plan, readPage: ReadPage): AsyncGenerator<string, void> {
  yield header;
  let rest = plan.periods;
  let size = 500;
  while (countOf(rest) > 0) {
    const page = firstOf(rest, size);
    const { strands, next } = await db.as(principal, (tx) => readPage(tx, page));
    if (strands.length > 0) yield rowsOf(region, strands);
    if (next === null || next < endOf(page)) return;
    rest = periodsFrom(rest, next);
    size = Math.min(pageAtMost, Math.max(100, Math.floor(valuesAtMost / Math.max(1, strands.length))));
  }
}

/** Rows in order of time, lines side by side. */
function rowsOf(region: Region, strands: readonly Strand[]): string {
  const rows = strands.flatMap(({ source, metric, fuel, item, unit, columns }) => {
    const [starts, ends] = [isoTexts(columns.start), isoTexts(columns.end)];
    return columns.start.map((at, i) => ({
      at, text: csvRow([starts[i] ?? "", ends[i] ?? "", region, metric, fuel, item, source, unit, columns.value[i] ?? null, columns.quality[i] ?? ""]),
    }));
  });
  return rows.sort((a, b) => a.at - b.at).map(({ text }) => text).join("");
}
