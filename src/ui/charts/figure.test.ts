import { describe, expect, test } from "vitest";
import { columnsOf, type Columns } from "./columns.ts";
import { endLabels, insideLabels } from "./end-labels.ts";
import { figureOf, type FigureSpec } from "./figure.ts";
import { nearestStop, newestStop, readoutAt, spokenReadout, stopAfterKey } from "./readout.ts";
import { sceneOf } from "./scene.ts";
import { summaryOf } from "./summary.ts";
import { zoneClock } from "./zone-clock.ts";

const clock = zoneClock({ name: "Etc/GMT+5", offsets: [{ from: "2026-01-01T00:00:00Z", minutes: -300 }] });
const from = Date.parse("2026-11-20T05:00:00Z");
const hourMs = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();
const said = (text: string) => text.replaceAll(/[\u00a0\u2009\u202f]/g, " ");

function every(ms: number, values: (number | null)[], look: "measured" | "estimated" | "forecast" | "sample" = "measured"): Columns {
  return columnsOf({ start: values.map((_, index) => iso(from + index * ms)), end: values.map((_, index) => iso(from + (index + 1) * ms)), value: values, look });
}

const base = { unit: "MW", from, to: from + 24 * hourMs, clock } as const;
const demandSpec: FigureSpec = {
  ...base,
  kind: "lines",
  series: [
    { id: "demand", name: "Demand", color: "--region-on", columns: every(hourMs / 12, [16_000, 16_100, null, 16_898]) },
    { id: "forecast", name: "Forecast", color: "--muted", dashed: true, columns: every(hourMs, [17_060, 17_200], "forecast") },
  ],
  difference: { label: "Difference", of: "demand", less: "forecast" },
};
const stackSpec: FigureSpec = {
  ...base,
  kind: "stack",
  series: [
    { id: "nuclear", name: "Nuclear", color: "--fuel-nuclear", columns: every(hourMs, [9_000, 9_100]) },
    { id: "wind", name: "Wind", color: "--fuel-wind", columns: every(hourMs, [1_000, 1_263]) },
    { id: "storage", name: "Storage", color: "--fuel-storage", columns: every(hourMs, [-50, 210]) },
    { id: "exports", name: "Exports", color: "--fuel-exports", columns: every(hourMs, [-1_500, -1_547]) },
  ],
};

describe("the readout", () => {
  test("stops at every real sample of the finest line, and at others where it has none", () => {
    const { stops } = figureOf(demandSpec);
    expect([...stops.start].map((at) => (at - from) / 60_000)).toEqual([0, 5, 15, 60]);
  });

  test("names its interval, every line's value, and an hour that is longer than it", () => {
    const readout = readoutAt(figureOf(demandSpec), 2);
    expect(said(readout?.title ?? "")).toBe("00:15–00:20 EST");
    expect(readout?.rows.map(({ name, text }) => `${name}: ${said(text)}`)).toEqual(["Demand: 16 898 MW", "Forecast, 00:00–01:00: 17 060 MW", "Difference: −162 MW"]);
    expect(said(spokenReadout(readout ?? { start: 0, end: 0, title: "", rows: [] }))).toBe("00:15–00:20 EST: Demand 16 898 MW; Forecast, 00:00–01:00 17 060 MW; Difference −162 MW");
  });

  test("of a stack reads from the top, what hangs below zero last, and the sum", () => {
    const figure = figureOf(stackSpec);
    expect(readoutAt(figure, 0)?.rows.map(({ name }) => name)).toEqual(["Wind", "Nuclear", "Storage", "Exports", "Total", "Less what is below zero"]);
    expect(readoutAt(figure, 1)?.rows.map(({ name, text }) => `${name} ${said(text)}`)).toEqual(["Storage 210 MW", "Wind 1 263 MW", "Nuclear 9 100 MW", "Exports −1 547 MW", "Total 10 573 MW", "Less what is below zero 9 026 MW"]);
    expect(readoutAt(figure, 9)).toBeNull();
  });

  test("a missing value is said to be missing, never zero", () => {
    const figure = figureOf({ ...base, kind: "lines", series: [
      { id: "a", name: "A", color: "--a", columns: every(hourMs, [1, null, 3]) },
      { id: "b", name: "B", color: "--b", columns: every(hourMs, [4, 5, 6]) },
    ] });
    expect(readoutAt(figure, 1)?.rows.map(({ name, text, value }) => [name, said(text), value])).toEqual([["A", "no data", null], ["B", "5 MW", 5]]);
  });

  test("says what was estimated or made up", () => {
    const figure = figureOf({ ...base, kind: "lines", series: [{ id: "a", name: "A", color: "--a", columns: every(hourMs, [1], "sample") }] });
    expect(readoutAt(figure, 0)?.rows[0]?.name).toBe("A, sample");
  });

  test("says once what is true of all values, and of each where they differ", () => {
    const figure = figureOf({ ...base, kind: "lines", series: [
      { id: "a", name: "A", color: "--a", columns: every(hourMs, [1, 2], "sample") },
      { id: "b", name: "B", color: "--b", columns: { ...every(hourMs, [3, 4], "sample"), look: Uint8Array.from([3, 0]) } },
    ] });
    expect(readoutAt(figure, 0)).toMatchObject({ title: expect.stringMatching(/, sample$/), rows: [{ name: "A" }, { name: "B" }] });
    expect(readoutAt(figure, 1)).toMatchObject({ title: expect.not.stringMatching(/sample/), rows: [{ name: "A, sample" }, { name: "B" }] });
  });

  test("keys move it within the samples; other keys don't", () => {
    const figure = figureOf(demandSpec);
    const after = (stop: number | null, ...keys: string[]) => keys.map((key) => stopAfterKey(figure, stop, key));
    expect(after(1, "ArrowLeft", "ArrowRight", "Home", "End", "a")).toEqual([0, 2, 0, 3, null]);
    expect([...after(0, "ArrowLeft"), ...after(3, "ArrowRight"), ...after(null, "ArrowLeft")]).toEqual([0, 3, 3]);
    expect(stopAfterKey(figureOf({ ...demandSpec, series: [] }), null, "End")).toBeNull();
  });

  test("the pointer reads the sample below it, beside a gap the nearer one", () => {
    const figure = figureOf(demandSpec);
    const at = (minutes: number) => nearestStop(figure, from + minutes * 60_000);
    expect([at(-10), at(4), at(11), at(14), at(16), at(900)]).toEqual([0, 0, 1, 2, 2, 3]);
  });
});

test("the newest interval is the last that has a value and isn't forecast", () => {
  expect(newestStop(figureOf(demandSpec))).toBe(2);
  expect(newestStop(figureOf(stackSpec))).toBe(1);
  // What a model says of the hours to come isn't the newest.
  expect(newestStop(figureOf(stackSpec), from + 20 * 60_000)).toBe(0);
  expect(newestStop(figureOf({ ...demandSpec, series: demandSpec.series.slice(1), difference: undefined }))).toBe(-1);
});

describe("the scene", () => {
  const view = { from: base.from, to: base.to };
  const lines = (spec: FigureSpec) => sceneOf(figureOf(spec), view, 800).shapes.filter((shape) => shape.kind === "line");

  test("a gap is two strokes; forecasts are dashed and lie below", () => {
    expect(lines(demandSpec).map(({ color, dash }) => [color, dash])).toEqual([["--muted", [5, 4]], ["--region-on", null], ["--region-on", null]]);
  });

  test("estimates are dotted, samples paler, both over hatching", () => {
    const drawn = (look: "estimated" | "sample") => {
      const { shapes } = sceneOf(figureOf({ ...base, kind: "lines", series: [{ id: "a", name: "A", color: "--a", columns: every(hourMs, [1, 2], look) }] }), view, 800);
      expect(shapes.filter((shape) => shape.kind === "band").map(({ hatched }) => hatched)).toEqual([true]);
      return shapes.find((shape) => shape.kind === "line");
    };
    expect(drawn("estimated")).toMatchObject({ dash: [1.5, 3.5], opacity: 0.72 });
    expect(drawn("sample")).toMatchObject({ dash: null, opacity: 0.72 });
  });

  test("a stack's zero is its strong line, and what is made up is hatched", () => {
    const sample = { ...stackSpec, series: stackSpec.series.map((series) => ({ ...series, columns: { ...series.columns, look: series.columns.look.map(() => 3) } })) };
    const { shapes } = sceneOf(figureOf(sample), view, 800);
    expect(shapes.filter((shape) => shape.kind === "level" && shape.color === "--line-strong").length).toBeGreaterThan(0);
    expect(shapes.filter((shape) => shape.kind === "band").map((shape) => shape.hatched)).toEqual([true]);
    expect(shapes.filter((shape) => shape.kind === "area").map(({ color }) => color)).toEqual(["--fuel-nuclear", "--fuel-wind", "--fuel-storage", "--fuel-storage", "--fuel-exports"]);
  });

  test("what is below zero can be shaded, and breaks are marked within the view alone", () => {
    const price: FigureSpec = { ...base, kind: "lines", shadeNegative: true, breaks: [{ at: from + hourMs, title: "t", before: "b", after: "a" }, { at: 0, title: "t", before: "b", after: "a" }], series: [{ id: "p", name: "P", color: "--a", columns: every(hourMs, [-38.2, 20]) }] };
    const { shapes } = sceneOf(figureOf(price), view, 800);
    expect(shapes[0]).toMatchObject({ kind: "band", high: 0, hatched: false });
    expect(shapes.filter((shape) => shape.kind === "moment")).toHaveLength(1);
  });
});

describe("names at the ends", () => {
  test("don't cover each other, and stay in the order of the stack", () => {
    const labels = endLabels(figureOf(stackSpec), { from: base.from, to: base.to }, 100);
    expect(labels.map(({ name }) => name)).toEqual(["Storage", "Wind", "Nuclear", "Exports"]);
    expect(labels.every(({ y }, index) => index === 0 || y - (labels[index - 1]?.y ?? 0) >= 16)).toBe(true);
    expect(labels.find(({ id }) => id === "exports")?.value).toBe(-1_547);
  });

  test("stand at a line's last value in the view", () => {
    const [demand] = endLabels(figureOf(demandSpec), { from: base.from, to: base.to }, 300).filter(({ id }) => id === "demand");
    expect([demand?.value, demand?.at]).toEqual([16_898, from + 20 * 60_000]);
  });
});

describe("names inside a stack", () => {
  const parts = (values: Record<string, number[]>) => figureOf({ ...stackSpec, series: Object.entries(values).map(([id, own]) => ({ id, name: id, color: `--${id}`, columns: every(hourMs, own) })) });
  const view = { from: base.from, to: base.from + 4 * hourMs };

  test("stand where parts are largest that end with nothing: above the stack, below it for what hangs below zero", () => {
    const figure = parts({ nuclear: [9_000, 9_000, 9_000, 9_000], solar: [0, 400, 100, 0], storage: [-300, 0, 0, 0] });
    const [solar, storage, ...more] = insideLabels(figure, view, 400, 800, new Set(["nuclear"]));
    expect([solar?.id, storage?.id, more]).toEqual(["solar", "storage", []]);
    expect([solar?.at, solar?.value, storage?.value]).toEqual([from + 1.5 * hourMs, 400, -300]);
    const toY = (value: number) => ((figure.scale.max - value) / (figure.scale.max - figure.scale.min)) * 400;
    expect([(solar?.y ?? NaN) < toY(9_400), (storage?.y ?? NaN) > toY(-300)]).toEqual([true, true]);
  });

  test("one on each side, none for what is nothing throughout, none for lines", () => {
    const figure = parts({ nuclear: [9_000, 9_000], solar: [400, 0], wind: [500, 0], storage: [0, 0] });
    expect(insideLabels(figure, view, 400, 800, new Set(["nuclear"])).map(({ id }) => id)).toEqual(["solar"]);
    expect(insideLabels(figureOf(demandSpec), view, 400, 800, new Set())).toEqual([]);
  });
});

describe("extremes within intervals", () => {
  const spread: FigureSpec = { ...base, kind: "lines", series: [{ id: "a", name: "A", color: "--a", columns: { ...every(hourMs, [10, 20, null, 30]), low: Float64Array.of(4, 15, NaN, 28), high: Float64Array.of(12, 90, NaN, 31) } }] };

  test("are drawn below the line, stretch by stretch, and the scale holds them", () => {
    const figure = figureOf(spread);
    const { shapes } = sceneOf(figure, { from: base.from, to: base.from + 4 * hourMs }, 800);
    const areas = shapes.filter((shape) => shape.kind === "area");
    expect(areas.map(({ points }) => [...points].filter((_, index) => index % 2 === 1))).toEqual([[12, 12, 90, 90, 15, 15, 4, 4], [31, 31, 28, 28]]);
    expect(shapes.findIndex((shape) => shape.kind === "area")).toBeLessThan(shapes.findIndex((shape) => shape.kind === "line"));
    expect(figure.scale.max).toBeGreaterThanOrEqual(90);
  });

  test("are read, said and summed up; an interval with one value has none", () => {
    const figure = figureOf(spread);
    const [row] = readoutAt(figure, 1)?.rows ?? [];
    expect(row?.range).toBe("15 to 90");
    expect(said(spokenReadout(readoutAt(figure, 1) ?? { start: 0, end: 0, title: "", rows: [] }))).toBe("01:00–02:00 EST: A 20 MW, from 15 to 90");
    expect(said(summaryOf(figure))).toContain("lowest 4 MW (00:00–01:00 EST), highest 90 MW (01:00–02:00 EST)");
    expect(readoutAt(figureOf(demandSpec), 0)?.rows.every(({ range }) => range === null)).toBe(true);
  });

  test("of many intervals are those of each column of pixels", () => {
    const values = Array.from({ length: 10_000 }, (_, index) => index % 7);
    const columns = { ...every(60_000, values), low: Float64Array.from(values, (value, index) => (index === 4_321 ? -500 : value - 1)), high: Float64Array.from(values, (value) => value + 1) };
    const figure = figureOf({ ...base, kind: "lines", to: from + 10_000 * 60_000, series: [{ id: "a", name: "A", color: "--a", columns }] });
    const [area] = sceneOf(figure, { from, to: from + 10_000 * 60_000 }, 200).shapes.filter((shape) => shape.kind === "area");
    expect(area?.points.length).toBeLessThan(200 * 2 * 8 + 8);
    expect(Math.min(...[...(area?.points ?? [])].filter((_, index) => index % 2 === 1))).toBe(-500);
  });
});

describe("a line over a stack", () => {
  const compared: FigureSpec = { ...stackSpec, totals: { above: "Total supply", net: "Net" }, series: [...stackSpec.series, { id: "compared", name: "Previous day, total", color: "--text", dashed: true, columns: every(hourMs, [30_000, 11_000]) }] };

  test("isn't stacked, is drawn over it with a halo, and the scale holds it", () => {
    const figure = figureOf(compared);
    expect([figure.stack?.max, figure.scale.max >= 30_000]).toEqual([10_573, true]);
    const { shapes } = sceneOf(figure, { from: base.from, to: base.to }, 800);
    const lines = shapes.filter((shape) => shape.kind === "line");
    expect(lines.map(({ color, dash }) => [color, dash])).toEqual([["--surface", null], ["--text", [5, 4]]]);
    expect(shapes.findLastIndex((shape) => shape.kind === "area")).toBeLessThan(shapes.findIndex((shape) => shape.kind === "line"));
  });

  test("is read below the sums, which it isn't in, and has no name at the end", () => {
    const figure = figureOf(compared);
    expect(readoutAt(figure, 1)?.rows.slice(-3).map(({ name, text }) => `${name} ${said(text)}`)).toEqual(["Total supply 10 573 MW", "Net 9 026 MW", "Previous day, total 11 000 MW"]);
    expect(endLabels(figure, { from: base.from, to: base.to }, 300).map(({ id }) => id)).not.toContain("compared");
    expect(said(summaryOf(figure))).toContain("Previous day, total: last 11 000 MW");
  });
});

describe("the summary", () => {
  test("of lines says last, lowest and highest with their times, gaps, and where the scale starts", () => {
    expect(said(summaryOf(figureOf(demandSpec)))).toBe(
      "Demand: last 16 898 MW (00:15–00:20 EST), lowest 16 000 MW (00:00–00:05 EST), highest 16 898 MW (00:15–00:20 EST). " +
      "Forecast: last 17 200 MW (01:00–02:00 EST), lowest 17 060 MW (00:00–01:00 EST), highest 17 200 MW (01:00–02:00 EST). " +
      "The scale starts at 15 500. 1 stretch without data.");
  });

  test("of a stack says the newest parts; of nothing says so", () => {
    expect(said(summaryOf(figureOf(stackSpec)))).toBe("01:00–02:00 EST: Nuclear 9 100 MW, Wind 1 263 MW, Storage 210 MW, Exports −1 547 MW.");
    expect(summaryOf(figureOf({ ...stackSpec, series: [] }))).toBe("No values in this range.");
  });
});
