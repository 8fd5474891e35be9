import { describe, expect, test } from "vitest";
import type { Fuel, Metric, Quality } from "#domains/grid/schema.ts";
import type { Line } from "#domains/grid/series/series-schema.ts";
import { mapeOf, stabilityLines, type StabilityInputs } from "./stability-lines.ts";
import { stabilityMetrics, type StabilityMetric } from "./stability-schema.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
/** Hours from `first` on; undefined leaves an interval out. */
function line(metric: Metric, values: (number | null | undefined)[], over: Partial<Line> = {}, first = 0): Line {
  const told = values.flatMap((value, i) => (value === undefined ? [] : [{ value, hour: first + i }]));
  return {
    id: "", source: "test.grid", region: "CA-ON", metric, fuel: null, item: null, unit: "MW", sample: false,
    start: told.map(({ hour }) => at(hour)), end: told.map(({ hour }) => at(hour + 1)), value: told.map(({ value }) => value), quality: told.map((): Quality => "measured"), ...over,
  };
}
const none: StabilityInputs = { demand: [], forecast: [], exchange: [], generation: [], plant: [], outages: [], reserve: [], reserveRequired: [] };
const fuel = (metric: Metric, of: Fuel, ...values: (number | null | undefined)[]) => line(metric, values, { fuel: of });
const metricOf = (inputs: Partial<StabilityInputs>, id: StabilityMetric, region: "CA-ON" | "CA-AB" = "CA-ON", before: Line[] = []) => {
  const found = stabilityLines(region, { ...none, ...inputs }, before).find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe("stability", () => {
  test("without anything published every metric says why it isn't known", () => {
    const lines = stabilityLines("CA-ON", none);
    expect(lines.map(({ id }) => id)).toEqual([...stabilityMetrics]);
    for (const { unknown, value, summary, formula } of lines) expect([unknown === null, value, summary, formula.length > 10]).toEqual([false, [], null, true]);
    expect(mapeOf(lines)).toBeNull();
  });

  test("reserve margin and supply cushion take outages off; wind and solar make no cushion", () => {
    const inputs = {
      demand: [line("demand", [100, 200, 0])], plant: [fuel("capacity", "gas", 150, 150, 150), fuel("capacity", "wind", 60, 60, 60)],
      outages: [fuel("outage", "gas", 20, 40, 0), fuel("outage", "wind", 0, 10, 0)], generation: [fuel("generation", "gas", 90, 100, 100), fuel("generation", "wind", 10, 50, 50)],
    };
    expect(metricOf(inputs, "reserve-margin")).toMatchObject({ value: [90, -20], unit: "%", start: [at(0), at(1)], unknown: null });
    expect(metricOf(inputs, "supply-cushion")).toMatchObject({ value: [40, 10, 50], unit: "MW" });
    expect(metricOf({ ...inputs, outages: [] }, "reserve-margin", "CA-AB")).toMatchObject({ value: [110, 5], formula: expect.stringContaining("outages aren't taken off") });
  });

  test("a sum that lacks a part isn't known", () => {
    const plant = [fuel("capacity", "gas", 150, null, 150), fuel("capacity", "hydro", 50, 50)];
    expect(metricOf({ demand: [line("demand", [100, 100, 100])], plant }, "reserve-margin").start).toEqual([at(0)]);
    expect(metricOf({ generation: [fuel("generation", "wind", 10, 10), fuel("generation", "gas", 10)] }, "variable-renewables-share").value).toEqual([50]);
  });

  test("the forecast's error is signed, its mean absolute share isn't", () => {
    const inputs = { demand: [line("demand", [100, 200, null])], forecast: [line("demand-forecast", [110, 150, 100], { quality: ["forecast", "forecast", "forecast"] })] };
    const error = metricOf(inputs, "forecast-error");
    expect(error).toMatchObject({ value: [-10, 50], quality: ["forecast", "forecast"], summary: { mean: 20, min: -10, max: 50, newest: 50, newestStart: at(1) } });
    expect(metricOf(inputs, "forecast-error-share").value).toEqual([-10, 25]);
    expect(mapeOf(stabilityLines("CA-ON", { ...none, ...inputs }))).toBe(17.5);
  });

  test("a ramp is the change by hour; across a gap it isn't known; the first needs the interval before", () => {
    const demand = [line("demand", [100, 150, undefined, 120, 110])];
    expect(metricOf({ demand }, "ramp")).toMatchObject({ start: [at(1), at(4)], value: [50, -10], unit: "MW/h" });
    expect(metricOf({ demand }, "ramp", "CA-ON", [line("demand", [70], {}, -1)])).toMatchObject({ start: [at(0), at(1), at(4)], value: [30, 50, -10] });
    const days = line("demand", [100, 148], { start: ["2026-03-07T05:00:00.000Z", "2026-03-08T05:00:00.000Z"], end: ["2026-03-08T05:00:00.000Z", "2026-03-09T05:00:00.000Z"] });
    expect(metricOf({ demand: [days] }, "ramp").value).toEqual([2]);
  });

  test("shares: net exports of demand, wind and sun of what is generated", () => {
    const inputs = {
      demand: [line("demand", [100, 0])], exchange: [line("intertie-flow", [30, 1], { item: "A" }), line("intertie-flow", [-50, 1], { item: "B" })],
      generation: [fuel("generation", "wind", 20), fuel("generation", "solar", 5), fuel("generation", "gas", 75), fuel("generation", "storage", -40), fuel("generation", "imports", 500)],
    };
    expect(metricOf(inputs, "net-interchange-share").value).toEqual([-20]);
    expect(metricOf(inputs, "variable-renewables-share").value).toEqual([25]);
  });

  test("operating reserve held beyond what is required, items added up", () => {
    const held = [line("reserve", [200], { item: "10S" }), line("reserve", [300], { item: "10N" }), line("reserve", [450], { item: "30R" })];
    expect(metricOf({ reserve: held, reserveRequired: [line("reserve-required", [900])] }, "operating-reserve-surplus").value).toEqual([50]);
  });

  test("of two sources the first counts where it tells, the other where it doesn't; sample data says so", () => {
    const inputs = { demand: [line("demand", [100], { source: "a.a" }), line("demand", [90, 200], { source: "b.b" })], forecast: [line("demand-forecast", [100, 100])] };
    expect(metricOf(inputs, "forecast-error").value).toEqual([0, 100]);
    expect(metricOf({ demand: [line("demand", [1, 2], { sample: true })] }, "ramp").sample).toBe(true);
  });
});
