import { expect, test } from "vitest";
import { columnsOf } from "#ui/charts/columns.ts";
import { figureOf } from "#ui/charts/figure.ts";
import { zoneClock } from "#ui/charts/zone-clock.ts";
import type { SeriesAnswer } from "#domains/grid/series/series-schema.ts";
import { comparedGeneration, comparedQuestion, comparedSupply } from "./compared.ts";
import { alikeOf, joined, tableOf } from "./chart-lines.ts";
import { csvHref } from "./load-answers.ts";

const iso = (minute: number) => new Date(Date.UTC(2026, 10, 20, 5, minute)).toISOString();
const line = (from: number, step: number, values: (number | null)[]) =>
  columnsOf({ start: values.map((_, index) => iso(from + index * step)), end: values.map((_, index) => iso(from + (index + 1) * step)), value: values, look: "measured" });

test("lines that tell the same are one: where two have a value, the first one's holds", () => {
  const all = joined([line(60, 5, [3, 4]), line(0, 60, [1, 2, 5])]);
  expect([...all.value]).toEqual([1, 3, 4, 5]);
  expect([...joined([line(0, 5, [null, 2]), line(0, 5, [8, 9])]).value].filter((value) => !Number.isNaN(value))).toEqual([8, 2]);
});

test("made-up numbers don't stand beside those that were told", () => {
  const of = (sample: boolean): SeriesAnswer["lines"][number] =>
    ({ id: "d", source: "s", region: "CA-ON", metric: "demand", fuel: null, item: null, unit: "MW", sample, start: [], end: [], value: [], quality: [] });
  expect(alikeOf([of(true)], [of(false)])).toEqual([]);
  expect(alikeOf([of(true)], [of(true)])).toHaveLength(1);
  expect(alikeOf([of(false), of(true)], [of(false)])).toEqual([of(false)]);
});

test("a page compares with an earlier time of its own, or with another region's measure", () => {
  const question = { region: "CA-ON", metric: "demand", from: "2026-11-20", to: "2026-11-21", tz: "UTC", resolution: "hour" } as const;
  const metricOf = (region: string) => (region === "CA-AB" ? ("internal-load" as const) : null);
  expect(comparedQuestion(question, "off", metricOf)).toEqual([]);
  expect(comparedQuestion(question, "week", metricOf)).toEqual([{ ...question, from: "2026-11-13", to: "2026-11-14" }]);
  expect(comparedQuestion(question, "CA-AB", metricOf)).toEqual([{ ...question, region: "CA-AB", metric: "internal-load" }]);
  expect([comparedQuestion(question, "CA-ON", metricOf), comparedQuestion(question, "CA-QC", metricOf)]).toEqual([[], []]);
});

test("a stack is compared with all that another day, or another region, was supplied with", () => {
  const question = { region: "CA-ON", from: "2026-11-20", to: "2026-11-21", tz: "UTC", resolution: "hour" } as const;
  expect(comparedGeneration(question, "day")).toEqual([{ ...question, from: "2026-11-19", to: "2026-11-20" }]);
  expect(comparedGeneration(question, "CA-QC")).toEqual([{ ...question, region: "CA-QC" }]);
  expect([comparedGeneration(question, "off"), comparedGeneration(question, "CA-ON")]).toEqual([[], []]);
  const fuel = (name: "gas" | "exports", values: number[]) => ({
    id: name, source: "s", region: "CA-ON", metric: "generation", fuel: name, item: null, unit: "MW", sample: false, quality: values.map(() => "measured" as const),
    start: values.map((_, index) => iso(index * 60 - 1440)), end: values.map((_, index) => iso((index + 1) * 60 - 1440)), value: values,
  } as const);
  const answer = (from: string, lines: SeriesAnswer["lines"]): SeriesAnswer => ({ region: "CA-ON", resolution: "hour", from, to: from, zone: { name: "UTC", offsets: [{ from, minutes: 0 }] }, asOf: null, lines, sources: [], nextCursor: null });
  const [line, ...more] = comparedSupply(answer(iso(0), []), answer(iso(-1440), [fuel("gas", [10, 20]), fuel("gas", [10, 20]), fuel("exports", [-3, -4])].map((each) => ({ ...each, start: [...each.start], end: [...each.end], value: [...each.value], quality: [...each.quality] }))), "day");
  expect([line?.name, line?.dashed, more]).toEqual(["Previous day, total", true, []]);
  expect([[...(line?.columns.value ?? [])], [...(line?.columns.start ?? [])].map((at) => new Date(at).toISOString())]).toEqual([[10, 20], [iso(0), iso(60)]]);
});

test("extremes of joined lines stay, and stand in the table", () => {
  const wide = { ...line(0, 60, [5]), low: Float64Array.of(2), high: Float64Array.of(9) };
  const all = joined([wide, line(60, 60, [7])]);
  expect([[...(all.low ?? [])], [...(all.high ?? [])]]).toEqual([[2, 7], [9, 7]]);
  const figure = figureOf({ kind: "lines", unit: "MW", from: Date.parse(iso(0)), to: Date.parse(iso(120)), clock: zoneClock({ name: "UTC", offsets: [{ from: iso(0), minutes: 0 }] }), series: [{ id: "a", name: "A", color: "--a", columns: all }] });
  const table = tableOf(figure, "MW");
  expect([table.columns, table.row(0).cells]).toEqual([["A, MW", "A, least, MW", "A, greatest, MW"], ["5", "2", "9"]]);
});

test("the file is asked for as the chart was", () => {
  const days = { region: "CA-ON", from: "2026-11-20", to: "2026-11-21", tz: "Etc/GMT+5", resolution: "hour" } as const;
  expect(csvHref({ ...days, metric: "price" })).toBe("/api/grid/series?region=CA-ON&from=2026-11-20&to=2026-11-21&tz=Etc%2FGMT%2B5&resolution=hour&metric=price&format=csv");
  expect(csvHref(days)).toMatch(/^\/api\/grid\/generation\?/);
});
