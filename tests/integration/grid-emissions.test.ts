import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EmissionsAnswer } from "#domains/grid/index.ts";
import type { Fuel, Metric, Region, Subject } from "#domains/grid/schema.ts";
import { GET } from "../../src/app/api/grid/emissions/route.ts";
import { engines, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { observationsOf, recordObservations } from "../support/grid.ts";
import { call } from "../support/http.ts";

const from = "2026-03-01T05:00:00Z";
const subject = (region: Region, metric: Metric, over: Partial<Subject> = {}): Subject => ({ region, metric, unit: "MW", ...over });
const hours = (over: Subject, values: (number | null)[]) => observationsOf(over, from, 60, values);
const energy = (fuel: Fuel, values: (number | null)[]) => hours(subject("CA-ON", "generation", { fuel, unit: "MWh" }), values);
const flow = (item: string, values: number[]) => observationsOf(subject("CA-ON", "intertie-flow", { item }), from, 5, values.flatMap((value) => Array.from({ length: 12 }, () => value)));

const request = (query: Record<string, string>, headers: Record<string, string> = {}) => call(GET, `/api/grid/emissions?${new URLSearchParams(query).toString()}`, { headers });
async function ask(query: Record<string, string>): Promise<EmissionsAnswer> {
  const response = await request({ from: "2026-03-01", to: "2026-03-02", ...query });
  return EmissionsAnswer.parse(await response.json());
}

describe.each(engines)("GET /api/grid/emissions on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
  });
  afterEach(() => opened.close());

  async function recordOntario(): Promise<void> {
    await recordObservations("ieso.output-by-fuel", [...energy("nuclear", [9_000, 9_000, 9_000]), ...energy("gas", [1_000, 2_000, null]), ...energy("wind", [500, 0, 0])]);
  }

  test("intensity and emissions by hour, with the region's own factors and who says so", async () => {
    await recordOntario();
    const answer = await ask({ region: "CA-ON" });
    expect(answer).toMatchObject({ region: "CA-ON", resolution: "hour", factorKind: "lifecycle", basis: "production", neighbours: [], nextCursor: null });
    const [line] = answer.lines;
    // 9,000 MW at 4.8, 1,000 at 497 and 500 at 10.69 are 545.545 t of 10,500 MWh; the third hour lacks its gas.
    expect(line).toMatchObject({ source: "ieso.output-by-fuel", sample: false, gramsPerKwh: [51.957, 94.291, null], tonnesPerHour: [545.545, 1_037.2, null], powerMw: [10_500, 11_000, null] });
    expect(line?.start[0]).toBe("2026-03-01T05:00:00.000Z");
    expect(answer.factors.map(({ fuel, gramsPerKwh }) => [fuel, gramsPerKwh])).toEqual([["nuclear", 4.8], ["gas", 497], ["wind", 10.69]]);
    expect(answer.factors[0]?.source).toMatchObject({ url: "https://doi.org/10.1007/s11367-012-0501-0" });
    expect(answer.limits.join(" ")).toMatch(/below 20 MW.*Imports are left out/);
    expect(answer.sources.map(({ id }) => id)).toEqual(["ieso.output-by-fuel"]);
    const direct = await ask({ region: "CA-ON", factors: "direct" });
    expect(direct.lines[0]?.tonnesPerHour).toEqual([370, 740, null]);
  });

  test("of a day they are those of its energy", async () => {
    await recordObservations("ieso.output-by-fuel", [...energy("nuclear", Array.from({ length: 24 }, () => 9_000)), ...energy("gas", Array.from({ length: 24 }, (_, i) => (i < 12 ? 0 : 2_000)))]);
    const [line] = (await ask({ region: "CA-ON", resolution: "day" })).lines;
    expect(line?.powerMw).toEqual([10_000]);
    expect(line?.gramsPerKwh).toEqual([54.02]);
  });

  test("of consumption imports count as what the neighbour generates; where that isn't known the hour is empty, and it is said", async () => {
    await recordOntario();
    await recordObservations("hydro-quebec.production", [
      ...hours(subject("CA-QC", "generation", { fuel: "hydro" }), [20_000, 20_000, 20_000]), ...hours(subject("CA-QC", "generation-total"), [20_000, 20_000, 20_000]),
    ]);
    await recordObservations("ieso.intertie-flow", [...flow("PQ.AT", [-1_000, -1_000, -1_000]), ...flow("MICHIGAN", [500, -10, 500])]);
    const answer = await ask({ region: "CA-ON", basis: "consumption" });
    const tonnes = 545.545 + 1_000 * 0.024;
    const [line] = answer.lines;
    expect(line?.gramsPerKwh[0]).toBeCloseTo((tonnes / 11_500) * 1_000, 2);
    expect(line?.powerMw).toEqual([11_000, null, null]);
    expect(line?.tonnesPerHour[0]).toBeCloseTo((tonnes / 11_500) * 11_000, 1);
    expect(answer.neighbours).toEqual([{ item: "MICHIGAN", region: null, name: "Michigan", known: false }, { item: "PQ.AT", region: "CA-QC", name: "Québec", known: true }]);
    expect(answer.limits.join(" ")).toMatch(/abroad.*left empty/);
    expect(answer.sources.map(({ id }) => id).sort()).toEqual(["hydro-quebec.production", "ieso.intertie-flow", "ieso.output-by-fuel"]);
  });

  test("pages follow each other without a gap, and the file holds them all", async () => {
    await recordOntario();
    const first = await ask({ region: "CA-ON", resolution: "hour", limit: "2" });
    expect(first.lines[0]?.start).toHaveLength(2);
    const rest = await ask({ region: "CA-ON", resolution: "hour", limit: "2", cursor: first.nextCursor ?? "" });
    // What the page before told is missed on this one.
    expect(rest.lines[0]).toMatchObject({ start: ["2026-03-01T07:00:00.000Z"], gramsPerKwh: [null] });
    const file = await request({ region: "CA-ON", from: "2026-03-01", to: "2026-03-02", format: "csv" });
    expect(file.headers.get("content-disposition")).toContain("tieline-CA-ON-emissions.csv");
    const rows = (await file.text()).trim().split("\r\n");
    expect(rows[0]).toBe("start,end,region,basis,factors,source,intensity_gco2e_per_kwh,emissions_t_per_h,power_mw,quality");
    expect(rows[1]).toBe("2026-03-01T05:00:00.000Z,2026-03-01T06:00:00.000Z,CA-ON,production,lifecycle,ieso.output-by-fuel,51.957,545.545,10500,measured");
    expect(rows).toHaveLength(4);
  });

  test("sample data stands in where no source has told, and says so", async () => {
    const to = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
    const answer = await ask({ region: "CA-AB", from: new Date(to.getTime() - 24 * 3_600_000).toISOString(), to: to.toISOString(), resolution: "hour", basis: "consumption" });
    expect(answer.lines.map(({ source, sample }) => [source, sample])).toEqual([["sample.canada", true]]);
    expect(answer.lines[0]?.start).toHaveLength(24);
    expect(answer.limits.at(-1)).toMatch(/^This is sample data/);
    const production = await ask({ region: "CA-AB", from: new Date(to.getTime() - 24 * 3_600_000).toISOString(), to: to.toISOString(), resolution: "hour" });
    for (const grams of production.lines[0]?.gramsPerKwh ?? []) expect(grams).toBeGreaterThan(150);
  });

  test("an unchanged answer isn't sent again; another choice of factors is another answer", async () => {
    await recordOntario();
    const query = { region: "CA-ON", from: "2026-03-01", to: "2026-03-02" };
    const tag = (await request(query)).headers.get("etag") ?? "";
    expect((await request(query, { "if-none-match": tag })).status).toBe(304);
    expect((await request({ ...query, factors: "direct" }, { "if-none-match": tag })).status).toBe(200);
    await recordObservations("ieso.output-by-fuel", energy("gas", [1_100]), "2026-11-21T00:00:00Z");
    expect((await request(query, { "if-none-match": tag })).status).toBe(200);
  });

  test.each([
    [{ region: "CA-XX" }, "region"], [{ region: "CA-ON", factors: "marginal" }, "factors"], [{ region: "CA-ON", basis: "market" }, "basis"],
    [{ region: "CA-ON", from: "2026-03-02", to: "2026-03-01" }, "from"], [{ region: "CA-ON", tz: "Mars/Olympus" }, "tz"], [{ region: "CA-ON", cursor: "x", from: "2026-03-01", to: "2026-03-02" }, "cursor"],
  ] as [Record<string, string>, string][])("%j is refused, naming %s", async (query, path) => {
    for (const format of ["json", "csv"]) {
      const response = await request({ ...query, format });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "INVALID_REQUEST", errors: [{ path }] });
    }
  });

  test("a region that nobody tells the generation of has no lines", async () => {
    expect((await ask({ region: "CA-NU" })).lines).toEqual([]);
  });
});
