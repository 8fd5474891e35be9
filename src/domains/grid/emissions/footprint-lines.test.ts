import { describe, expect, test } from "vitest";
import { consumptionLine, footprintLines } from "./footprint-lines.ts";
import { neighbourOf } from "./neighbours.ts";
import type { Fuel, Quality, Region } from "#domains/grid/schema.ts";
import type { Line } from "#domains/grid/series/series-schema.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
/** Hours from `first` on; undefined leaves an interval out. */
function line(fuel: Fuel | null, values: (number | null | undefined)[], over: Partial<Line> = {}, first = 0): Line {
  const told = values.flatMap((value, i) => (value === undefined ? [] : [{ value, hour: first + i }]));
  return {
    id: "", source: "test.fuels", region: "CA-AB", metric: "generation", fuel, item: null, unit: "MW", sample: false,
    start: told.map(({ hour }) => at(hour)), end: told.map(({ hour }) => at(hour + 1)), value: told.map(({ value }) => value), quality: told.map((): Quality => "measured"), ...over,
  };
}
const footprint = (lines: Line[], totals: Line[] = [], region: Region = "CA-AB") => footprintLines(region, "lifecycle", lines, totals);

describe("emissions of what is generated", () => {
  test("are the fuels' sums by factor, for each interval", () => {
    const [made, ...more] = footprint([line("gas", [1_000, 0]), line("wind", [1_000, 500]), line("storage", [300, -300]), line("imports", [900, 900])]);
    expect(more).toEqual([]);
    expect(made).toMatchObject({ source: "test.fuels", start: [at(0), at(1)], end: [at(1), at(2)], gramsPerKwh: [250.5, 11], tonnesPerHour: [501, 5.5], powerMw: [2_000, 500] });
  });

  test("sources stay apart, and the least good quality counts", () => {
    const lines = footprint([line("gas", [100]), line("gas", [100], { source: "other.fuels", quality: ["estimated"] }), line("wind", [0], { source: "other.fuels" }), line("gas", [5], { source: "no.fuels", metric: "capability" })]);
    expect(lines.map(({ source, quality }) => [source, quality])).toEqual([["test.fuels", ["measured"]], ["other.fuels", ["estimated"]]]);
  });

  test("an interval that lacks a fuel is empty: before a fuel was first told, and after it was closed, it doesn't lack", () => {
    expect(footprint([line("wind", [10, 10, 10, 10]), line("gas", [10, undefined, null, 10])])[0]?.gramsPerKwh).toEqual([250.5, null, null, 250.5]);
    expect(footprint([line("wind", [10, 10, 10]), line("solar", [10], {}, 2)])[0]?.gramsPerKwh).toEqual([11, 11, 28]);
    expect(footprint([line("wind", [10, 10, 10]), line("coal", [10, 0])])[0]?.gramsPerKwh).toEqual([415.5, 11, 11]);
    // One that stops while it runs is missing.
    expect(footprint([line("wind", [10, 10, 10]), line("gas", [10, 10])])[0]?.gramsPerKwh).toEqual([250.5, 250.5, null]);
  });

  test("an interval whose fuels don't make the source's own total is empty", () => {
    const total = (values: number[]) => [line(null, values, { metric: "generation-total" })];
    expect(footprint([line("wind", [1_000, 1_000, 1_000])], total([1_005, 5_000, 1_019]))[0]?.gramsPerKwh).toEqual([11, null, 11]);
    expect(footprint([line("wind", [1_000])], [line(null, [9_000], { metric: "generation-total", source: "other.source" })])[0]?.gramsPerKwh).toEqual([11]);
  });

  test("nothing generated has no intensity", () => {
    expect(footprint([line("wind", [0]), line("gas", [0])])[0]).toMatchObject({ gramsPerKwh: [null], tonnesPerHour: [null] });
    expect(footprint([])).toEqual([]);
  });
});

describe("emissions of what is used", () => {
  const made = (grams: (number | null)[], power: number[]) => ({
    source: "test.fuels", sample: false, start: power.map((_, i) => at(i)), end: power.map((_, i) => at(i + 1)),
    gramsPerKwh: grams, tonnesPerHour: grams.map((each, i) => (each === null ? null : (each * (power[i] ?? 0)) / 1_000)), powerMw: power, quality: power.map((): Quality => "measured"),
  });
  const border = (values: (number | null | undefined)[]) => line(null, values, { metric: "intertie-flow", item: "A" });

  test("the example of the help entry: 80 at 50 and 20 brought in at 500 are 140", () => {
    const used = consumptionLine(made([50], [80]), [{ flow: border([-20]), neighbour: [made([500], [1_000])] }]);
    expect(used).toMatchObject({ gramsPerKwh: [140], powerMw: [100], tonnesPerHour: [14] });
  });

  test("what leaves takes the mix along, imports passed on as well", () => {
    const used = consumptionLine(made([100], [100]), [{ flow: border([-100]), neighbour: [made([300], [1])] }, { flow: border([150]), neighbour: null }]);
    expect(used).toMatchObject({ gramsPerKwh: [200], powerMw: [50], tonnesPerHour: [10] });
    const sold = consumptionLine(made([100], [100]), [{ flow: border([60]), neighbour: null }]);
    expect(sold).toMatchObject({ gramsPerKwh: [100], powerMw: [40], tonnesPerHour: [4] });
  });

  test("imports of unknown intensity, unknown flows and an unknown mix leave an interval empty", () => {
    const used = consumptionLine(made([50, 50, null, 50, 50], [80, 80, 80, 80, 80]), [
      { flow: border([-20, 20, 20, null, undefined]), neighbour: null }, { flow: border([0, 0, 0, 0, 0]), neighbour: null },
    ]);
    expect(used.gramsPerKwh).toEqual([null, 50, null, null, null]);
    expect(consumptionLine(made([50], [80]), []).gramsPerKwh).toEqual([null]);
    expect(consumptionLine(made([50], [80]), [{ flow: border([-20]), neighbour: [made([null], [1])] }]).gramsPerKwh).toEqual([null]);
  });

  test("a neighbour that tells hours counts for the minutes within them", () => {
    const minutes = { ...made([50], [80]), start: ["2026-01-01T00:05:00.000Z"], end: ["2026-01-01T00:10:00.000Z"] };
    const flow = { ...border([-20]), start: minutes.start, end: minutes.end };
    expect(consumptionLine(minutes, [{ flow, neighbour: [made([500], [1])] }]).gramsPerKwh).toEqual([140]);
    expect(consumptionLine({ ...minutes, start: ["2026-01-01T01:05:00.000Z"], end: ["2026-01-01T01:10:00.000Z"] }, [{ flow, neighbour: [made([500], [1])] }]).gramsPerKwh).toEqual([null]);
  });
});

test.each([
  ["CA-ON", "PQ.AT", "CA-QC"], ["CA-ON", "MANITOBA SK", "CA-MB"], ["CA-ON", "MICHIGAN", null], ["CA-AB", "British Columbia", "CA-BC"], ["CA-AB", "Montana", null],
  ["CA-NB", "PEI", "CA-PE"], ["CA-NB", "ISO-NE", null], ["CA-QC", "Ontario, Outaouais", "CA-ON"], ["CA-QC", "Newfoundland and Labrador", "CA-NL"], ["CA-ON", "NEW BORDER", null],
] as const)("behind %s's border %s is %s", (region, item, neighbour) => expect(neighbourOf(region, item).region).toBe(neighbour));
