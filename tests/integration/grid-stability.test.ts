import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StabilityAnswer, type StabilityMetric } from "#domains/grid/index.ts";
import type { Fuel, Metric, Region, Subject } from "#domains/grid/schema.ts";
import { GET } from "../../src/app/api/grid/stability/route.ts";
import { engines, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { observationsOf, recordObservations } from "../support/grid.ts";
import { call } from "../support/http.ts";

const from = "2026-03-01T05:00:00Z";
const subject = (region: Region, metric: Metric, over: Partial<Subject> = {}): Subject => ({ region, metric, unit: "MW", ...over });
const ontario = (metric: Metric, values: (number | null)[], over: Partial<Subject> = {}) => observationsOf(subject("CA-ON", metric, over), from, 60, values);
const each = (value: number, minutes = 60) => Array.from({ length: 60 / minutes }, () => value);

const request = (query: Record<string, string>, headers: Record<string, string> = {}) => call(GET, `/api/grid/stability?${new URLSearchParams(query).toString()}`, { headers });
async function ask(query: Record<string, string>): Promise<StabilityAnswer> {
  const response = await request({ from: "2026-03-01", to: "2026-03-02", ...query });
  return StabilityAnswer.parse(await response.json());
}
const lineOf = ({ lines }: StabilityAnswer, id: StabilityMetric) => {
  const found = lines.find((line) => line.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe.each(engines)("GET /api/grid/stability on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
  });
  afterEach(() => opened.close());

  async function recordOntario(): Promise<void> {
    const fuel = (metric: Metric, name: Fuel, values: number[]) => observationsOf(subject("CA-ON", metric, { fuel: name }), from, 60, values, "forecast");
    await recordObservations("ieso.demand", ontario("demand", [15_000, 16_000, 15_500]));
    await recordObservations("ieso.adequacy", [
      ...observationsOf(subject("CA-ON", "demand-forecast"), from, 60, [15_300, 15_800, 15_500, 14_000], "forecast"),
      ...fuel("capacity", "nuclear", [12_000, 12_000, 12_000]), ...fuel("capacity", "gas", [10_000, 10_000, 10_000]), ...fuel("capacity", "wind", [5_000, 5_000, 5_000]),
      ...fuel("outage", "nuclear", [2_000, 2_000, 2_000]), ...fuel("outage", "gas", [500, 500, 500]), ...fuel("outage", "wind", [0, 0, 0]),
      ...observationsOf(subject("CA-ON", "reserve-required"), from, 60, [1_400, 1_400, 1_400], "forecast"),
    ]);
    const energy = (name: Fuel, values: number[]) => ontario("generation", values, { fuel: name, unit: "MWh" });
    await recordObservations("ieso.output-by-fuel", [...energy("nuclear", [9_000, 9_000, 9_000]), ...energy("gas", [5_000, 6_000, 6_000]), ...energy("wind", [2_000, 1_000, 1_000])]);
    await recordObservations("ieso.intertie-flow", observationsOf(subject("CA-ON", "net-interchange"), from, 5, [...each(1_500, 5), ...each(-800, 5)]));
    await recordObservations("ieso.realtime-totals", ["10S", "10N", "30R"].flatMap((item) => observationsOf(subject("CA-ON", "reserve", { item }), from, 5, each(500, 5))));
  }

  test("margins, errors, ramps and shares by hour, each with its formula", async () => {
    await recordOntario();
    const answer = await ask({ region: "CA-ON" });
    expect(answer).toMatchObject({ region: "CA-ON", resolution: "hour", zone: { name: "Etc/GMT+5" } });
    expect(lineOf(answer, "reserve-margin")).toMatchObject({ value: [63.333, 53.125, 58.065], unit: "%", quality: ["forecast", "forecast", "forecast"], sample: false, unknown: null });
    // Nuclear and gas could give 19,500 MW.
    expect(lineOf(answer, "supply-cushion").value).toEqual([5_500, 4_500, 4_500]);
    expect(lineOf(answer, "operating-reserve-surplus")).toMatchObject({ value: [100], start: ["2026-03-01T05:00:00.000Z"] });
    expect(lineOf(answer, "forecast-error").value).toEqual([-300, 200, 0]);
    expect(lineOf(answer, "forecast-error-share").value).toEqual([-2, 1.25, 0]);
    expect(answer.forecastMape).toBeCloseTo((2 + 1.25) / 3, 3);
    expect(lineOf(answer, "ramp")).toMatchObject({ start: ["2026-03-01T06:00:00.000Z", "2026-03-01T07:00:00.000Z"], value: [1_000, -500], unit: "MW/h" });
    expect(lineOf(answer, "net-interchange-share").value).toEqual([10, -5]);
    expect(lineOf(answer, "variable-renewables-share")).toMatchObject({ value: [12.5, 6.25, 6.25], summary: { newest: 6.25, max: 12.5 } });
    expect(answer.sources.map(({ id }) => id).sort()).toEqual(["ieso.adequacy", "ieso.demand", "ieso.intertie-flow", "ieso.output-by-fuel", "ieso.realtime-totals"]);
  });

  test("a page knows the demand before it; the file holds every metric of the whole range", async () => {
    await recordOntario();
    const later = await ask({ region: "CA-ON", from: "2026-03-01T06:00:00Z", to: "2026-03-01T08:00:00Z" });
    expect(lineOf(later, "ramp").value).toEqual([1_000, -500]);
    const file = await request({ region: "CA-ON", from: "2026-03-01", to: "2026-03-02", format: "csv" });
    const rows = (await file.text()).trim().split("\r\n");
    expect(rows[0]).toBe("start,end,region,metric,value,unit,quality");
    expect(rows).toContain("2026-03-01T06:00:00.000Z,2026-03-01T07:00:00.000Z,CA-ON,ramp,1000,MW/h,measured");
    expect(rows).toHaveLength(1 + 3 + 3 + 1 + 3 + 3 + 2 + 2 + 3);
  });

  test("pages hold all that the whole has, also where lines begin at other times", async () => {
    const hours = (value: number, many: number) => Array.from({ length: many }, (_, i) => value + i);
    await recordObservations("ieso.demand", ontario("demand", hours(15_000, 15)));
    await recordObservations("ieso.output-by-fuel", observationsOf(subject("CA-ON", "generation", { fuel: "wind", unit: "MWh" }), "2026-08-01T05:00:00Z", 60, hours(1_000, 9)));
    const query = { region: "CA-ON", resolution: "hour", from: "2026-03-01", to: "2026-09-01" };
    const whole = await ask(query);
    for (const limit of ["3", "5", "7"]) {
      const starts = new Map<string, string[]>();
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page: StabilityAnswer = await ask({ ...query, limit, ...(cursor === undefined ? {} : { cursor }) });
        for (const { id, start } of page.lines) starts.set(id, [...(starts.get(id) ?? []), ...start]);
        cursor = page.nextCursor;
      }
      expect(Object.fromEntries(starts)).toEqual(Object.fromEntries(whole.lines.map(({ id, start }) => [id, start])));
    }
    expect([lineOf(whole, "ramp").start.length, lineOf(whole, "variable-renewables-share").start.length]).toEqual([14, 9]);
  });

  test("what nobody publishes is said, not guessed", async () => {
    await recordObservations("nb-power.system", observationsOf(subject("CA-NB", "demand"), "2026-03-01T04:00:00Z", 60, [1_500, 1_600]));
    const answer = await ask({ region: "CA-NB" });
    expect(lineOf(answer, "ramp").value).toEqual([100]);
    for (const id of ["reserve-margin", "supply-cushion", "operating-reserve-surplus", "forecast-error", "net-interchange-share", "variable-renewables-share"] as const) {
      // The sample has some of it: it isn't mixed with what was measured.
      expect(lineOf(answer, id), id).toMatchObject({ value: [], unknown: expect.stringContaining("publishes"), summary: null, sample: false });
    }
    expect(answer.forecastMape).toBeNull();
  });

  test("flows of each border make the share where nobody tells their sum, though the sample does", async () => {
    const told = (metric: Metric, values: number[], item?: string) => observationsOf(subject("CA-NB", metric, item === undefined ? {} : { item }), "2026-03-01T04:00:00Z", 60, values);
    await recordObservations("nb-power.system", [...told("demand", [1_500, 1_600]), ...told("scheduled-interchange", [-100, 80], "ISO-NE"), ...told("scheduled-interchange", [250, 80], "QUEBEC")]);
    expect(lineOf(await ask({ region: "CA-NB" }), "net-interchange-share")).toMatchObject({ value: [10, 10], unknown: null, sample: false });
  });

  test("before any source has told, the sample shows how it would look", async () => {
    const to = Math.floor(Date.now() / 3_600_000) * 3_600_000;
    const answer = await ask({ region: "CA-ON", from: new Date(to - 24 * 3_600_000).toISOString(), to: new Date(to).toISOString() });
    expect(answer.lines.every(({ sample }) => sample)).toBe(true);
    expect(lineOf(answer, "reserve-margin").value).toHaveLength(24);
    expect(lineOf(answer, "ramp").value).toHaveLength(24);
    expect(lineOf(answer, "variable-renewables-share").value).toHaveLength(24);
    expect(answer.forecastMape).toBeGreaterThan(0.1);
    expect(answer.forecastMape).toBeLessThan(4);
    expect(answer.sources.map(({ id }) => id)).toEqual(["sample.canada"]);
  });

  test("an unchanged answer isn't sent again, a revision is", async () => {
    await recordOntario();
    const query = { region: "CA-ON", from: "2026-03-01", to: "2026-03-02" };
    const tag = (await request(query)).headers.get("etag") ?? "";
    expect((await request(query, { "if-none-match": tag })).status).toBe(304);
    await recordObservations("ieso.demand", ontario("demand", [15_001]), "2026-11-21T00:00:00Z");
    expect((await request(query, { "if-none-match": tag })).status).toBe(200);
  });

  test.each([[{ region: "Ontario" }, "region"], [{ region: "CA-ON", resolution: "5min" }, "resolution"], [{ region: "CA-ON", from: "yesterday" }, "from"], [{ region: "CA-ON", resolutoin: "day" }, "resolutoin"]] as [Record<string, string>, string][])(
    "%j is refused, naming %s", async (query, path) => {
      const response = await request(query);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "INVALID_REQUEST", errors: [{ path }] });
    });
});
