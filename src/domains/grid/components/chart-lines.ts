import { formatNumber } from "#lib/format-number.ts";
import { columnsOf, indexAt, type Columns, type Look } from "#ui/charts/columns.ts";
import type { Figure } from "#ui/charts/figure.ts";
import { spanText } from "#ui/charts/zone-clock.ts";
import type { Quality } from "#domains/grid/schema.ts";
import type { Line, SourceNote } from "#domains/grid/series/series-schema.ts";
import type { TableContent } from "./value-table.tsx";

/** What isn't final yet was measured all the same. */
const looks: Readonly<Record<Quality, Look>> = { measured: "measured", preliminary: "measured", estimated: "estimated", forecast: "forecast", sample: "sample" };

export function lookOfQuality(quality: Quality): Look {
  return looks[quality];
}

/** A line of an answer as a chart takes it; `shiftMs` moves it in time, to lie below what it is compared with. */
export function columnsOfLine({ start, end, value, quality, min, max }: Line, shiftMs = 0): Columns {
  const columns = columnsOf({ start, end, value, look: quality.map(lookOfQuality), low: min, high: max });
  if (shiftMs === 0) return columns;
  return { ...columns, start: columns.start.map((at) => at + shiftMs), end: columns.end.map((at) => at + shiftMs) };
}

/** The lines that are made up as those of another answer are, or told as those are: the two can't be compared with each other. */
export function alikeOf(lines: readonly Line[], others: readonly Line[]): Line[] {
  const sample = others[0]?.sample ?? false;
  return lines.filter((line) => line.sample === sample);
}

/**
 * Lines of several sources that tell the same, as one: where two have a value for a time, the first one's holds. For sources
 * that follow each other as reports do, not for figures that are counted in different ways.
 */
export function joined(lines: readonly Columns[]): Columns {
  const [first, ...rest] = lines;
  if (!first || rest.length === 0) return first ?? columnsOf({ start: [], end: [], value: [], look: [] });
  const entries = lines.flatMap((columns, rank) =>
    Array.from(columns.start, (start, index) => {
      const value = columns.value[index] ?? NaN;
      return { start, end: columns.end[index] ?? start, value, look: columns.look[index] ?? 0, low: columns.low?.[index] ?? value, high: columns.high?.[index] ?? value, rank };
    }));
  const taken = entries.filter(({ start, end, rank }) =>
    !lines.slice(0, rank).some((better) => {
      const index = indexAt(better, start);
      return index >= 0 ? !Number.isNaN(better.value[index]) : indexAt(better, end - 1) >= 0;
    }));
  taken.sort((a, b) => a.start - b.start || a.rank - b.rank);
  return {
    start: Float64Array.from(taken, ({ start }) => start), end: Float64Array.from(taken, ({ end }) => end),
    value: Float64Array.from(taken, ({ value }) => value), look: Uint8Array.from(taken, ({ look }) => look),
    ...(lines.some(({ low }) => low) && { low: Float64Array.from(taken, ({ low }) => low), high: Float64Array.from(taken, ({ high }) => high) }),
  };
}

/** The values of a figure as a table: a row an interval, a column a line, and two for its extremes where intervals hold several values. */
export function tableOf(figure: Figure, unit: string): TableContent {
  const { stops, clock, series, stack } = figure;
  const shown = series.map(({ name, columns, dashed }) => {
    const { value, low, high } = columns;
    const extremes = low && high && !stack && dashed !== true ? [{ words: ", least", values: low }, { words: ", greatest", values: high }] : [];
    return { name, columns, parts: [{ words: "", values: value }, ...extremes] };
  });
  return {
    rowLabel: `Interval, ${clock.labelAt(figure.from)}`,
    columns: shown.flatMap(({ name, parts }) => parts.map(({ words }) => `${name}${words}, ${unit}`)),
    count: stops.start.length,
    row(index) {
      const [start, end] = [stops.start[index] ?? 0, stops.end[index] ?? 0];
      return {
        name: spanText(clock, start, end, { withDay: true, withYear: true, withZone: clock.labelAt(start) !== clock.labelAt(figure.from) }),
        cells: shown.flatMap(({ columns, parts }) => {
          const at = indexAt(columns, start);
          return parts.map(({ values }) => {
            const value = values[at];
            return value === undefined || Number.isNaN(value) ? "" : formatNumber(value, figure.decimals);
          });
        }),
      };
    },
  };
}

/** The source whose newest measurement a card is as old as. */
export function newestOf(notes: readonly SourceNote[], lines: readonly Line[]): SourceNote | null {
  const measured = new Set(lines.filter(({ quality }) => quality.some((each) => each !== "forecast")).map(({ source }) => source));
  return notes.filter(({ id }) => measured.has(id)).toSorted((a, b) => (b.dataUntil ?? "").localeCompare(a.dataUntil ?? ""))[0] ?? notes[0] ?? null;
}

/** The notes of the sources that lines come from, each once. */
export function notesOf(answers: readonly { lines: Line[]; sources: SourceNote[] }[]): SourceNote[] {
  const used = new Set(answers.flatMap(({ lines }) => lines.map(({ source }) => source)));
  const notes = new Map(answers.flatMap(({ sources }) => sources.map((note) => [note.id, note] as const)));
  return [...notes.values()].filter(({ id }) => used.has(id));
}
