import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GridStatus, type RegionStatus } from "#domains/grid/index.ts";
import { spanFrom } from "#domains/grid/time/intervals.ts";
import { recordReading } from "#domains/grid/ingest/record.ts";
import type { Fuel, Metric, Observation, Quality, Subject } from "#domains/grid/schema.ts";
import { findSource } from "#domains/grid/sources/registry.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { GET } from "../../src/app/api/grid/status/route.ts";
import { engines, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call } from "../support/http.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let documents = 0;

/** Values in a row that end at an instant, each so many minutes long. */
const until = (subject: Subject, end: number, minutes: number, values: readonly (number | null)[], quality: Quality = "measured"): Observation[] =>
  values.map((value, i) => ({ ...subject, ...spanFrom(new Date(end - (values.length - i) * minutes * minuteMs), minutes), value, quality }));

async function record(sourceId: string, observations: Observation[]): Promise<void> {
  const source = findSource(sourceId);
  if (!source) throw new Error(`There is no source ${sourceId}`);
  const bytes = new TextEncoder().encode(`document ${(documents += 1)}`);
  await recordReading(source, { bytes, origin: "test", fetchedAt: new Date() }, { publishedAt: null, observations, warnings: [] });
}

const subject = (region: Subject["region"], metric: Metric, over: Partial<Subject> = {}): Subject => ({ region, metric, unit: "MW", ...over });
const unit = (fuel: Fuel, item?: string): Subject => subject("CA-ON", "generation", { fuel, ...(item === undefined ? {} : { item }) });

async function ask(headers: Record<string, string> = {}): Promise<{ response: Response; status: GridStatus; of: (region: RegionStatus["region"]) => RegionStatus }> {
  const response = await call(GET, "/api/grid/status", { headers });
  const status = GridStatus.parse(await response.json());
  const of = (region: RegionStatus["region"]) => {
    const found = status.regions.find((each) => each.region === region);
    if (!found) throw new Error(`nothing of ${region}`);
    return found;
  };
  return { response, status, of };
}
const statementsOf = async (work: () => Promise<unknown>) => {
  const count = async () => (await metrics().dbStatements.get()).values[0]?.value ?? 0;
  const before = await count();
  await work();
  return (await count()) - before;
};

describe.each(engines)("GET /api/grid/status on the %s engine", (engine) => {
  let opened: TestDatabase;
  // The last whole hour, and the last whole five minutes.
  let hour = 0;
  let now = 0;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
    hour = Math.floor(Date.now() / hourMs) * hourMs;
    now = Math.floor(Date.now() / (5 * minuteMs)) * 5 * minuteMs;
  });
  afterEach(() => opened.close());

  test("before any source has answered, every province shows sample data and says so", async () => {
    const { status } = await ask();
    expect(status.regions.map(({ region }) => region)).toEqual(["CA-AB", "CA-BC", "CA-MB", "CA-NB", "CA-NL", "CA-NS", "CA-ON", "CA-PE", "CA-QC", "CA-SK"]);
    expect(status.sources.map(({ id, state }) => [id, state])).toEqual([["sample.canada", "sample"]]);
    for (const { region, sample, demand, demandChangeMw, demandDay, mix, netExport, price, intensityGramsPerKwh } of status.regions) {
      expect([sample, demand?.quality, mix?.quality, demandDay.start.length, typeof demandChangeMw]).toEqual([true, "sample", "sample", 24, "number"]);
      const made = mix?.parts.reduce((sum, { powerMw }) => sum + powerMw, 0) ?? 0;
      // What is made and brought in is used or sent away.
      expect(made, region).toBeCloseTo(demand?.value ?? 0, 1);
      expect(netExport?.unit).toBe("MW");
      expect(price === null).toBe(!["CA-ON", "CA-AB"].includes(region));
      expect(intensityGramsPerKwh).toBeGreaterThan(4);
      expect(intensityGramsPerKwh).toBeLessThan(700);
    }
  });

  test("a region that a source has told of shows that alone, the freshest first; what isn't told is null", async () => {
    await record("ieso.realtime-totals", until(subject("CA-ON", "demand"), now, 5, Array.from({ length: 25 * 12 }, (_, i) => 15_000 + i)));
    await record("ieso.demand", until(subject("CA-ON", "demand"), hour - 2 * hourMs, 60, [14_000, 14_100]));
    const { status, of } = await ask();
    const ontario = of("CA-ON");
    expect(ontario).toMatchObject({ sample: false, name: "Ontario", mix: null, price: null, netExport: null, intensityGramsPerKwh: null });
    expect(ontario.demand).toEqual({ value: 15_299, unit: "MW", start: new Date(now - 5 * minuteMs).toISOString(), end: new Date(now).toISOString(), quality: "measured", source: "ieso.realtime-totals" });
    expect(ontario.demandChangeMw).toBe(288);
    expect(ontario.demandDay.start).toHaveLength(24);
    expect(ontario.demandDay.value.every((value) => value !== null)).toBe(true);
    expect(ontario.demandDay.value.at(-2)).toBeGreaterThan(ontario.demandDay.value[0] ?? Infinity);
    expect(of("CA-AB").sample).toBe(true);
    expect(status.sources.map(({ id }) => id)).toEqual(["ieso.realtime-totals", "sample.canada"]);
  });

  test("the mix adds up generators of the newest hour, with the borders' flows of that hour", async () => {
    await record("ieso.generator-output", [
      ...until(unit("nuclear", "BRUCE-G1"), hour, 60, [700, 800]), ...until(unit("nuclear", "BRUCE-G2"), hour, 60, [700, 790]),
      ...until(unit("gas", "HALTON HILLS"), hour, 60, [400, 500]), ...until(unit("wind", "ADELAIDE"), hour - hourMs, 60, [60]), ...until(unit("hydro", "BECK"), hour, 60, [1_000, 1_010]),
      ...until(subject("CA-ON", "generation", { item: "ODD" }), hour, 60, [77, 77]),
    ]);
    await record("ieso.output-by-fuel", until(subject("CA-ON", "generation", { fuel: "nuclear", unit: "MWh" }), hour - 10 * hourMs, 60, [9_000]));
    await record("ieso.intertie-flow", [
      ...until(subject("CA-ON", "intertie-flow", { item: "MICHIGAN" }), hour, 5, Array.from({ length: 12 }, (_, i) => 500 + (i < 6 ? -100 : 100))),
      ...until(subject("CA-ON", "intertie-flow", { item: "PQ.AT" }), hour, 5, Array.from({ length: 12 }, () => -200)),
      ...until(subject("CA-ON", "net-interchange"), hour, 5, Array.from({ length: 12 }, () => 300)),
    ]);
    await record("ieso.zonal-price", until(subject("CA-ON", "price", { unit: "CAD/MWh" }), now, 5, [-3.5]));
    const { mix, netExport, price, intensityGramsPerKwh } = (await ask()).of("CA-ON");
    expect(mix).toEqual({
      start: new Date(hour - hourMs).toISOString(), end: new Date(hour).toISOString(), quality: "measured", source: "ieso.generator-output",
      parts: [{ fuel: "nuclear", powerMw: 1_590 }, { fuel: "hydro", powerMw: 1_010 }, { fuel: "gas", powerMw: 500 }, { fuel: "imports", powerMw: 200 }, { fuel: "exports", powerMw: -500 }],
    });
    expect(netExport).toMatchObject({ value: 300, source: "ieso.intertie-flow" });
    expect(price).toMatchObject({ value: -3.5, unit: "CAD/MWh" });
    expect(intensityGramsPerKwh).toBeCloseTo((1_590 * 4.8 + 1_010 * 22 + 500 * 497) / 3_100, 6);
  });

  test("where one fuel isn't known there is no mix: its parts would seem to be all", async () => {
    const snapshot = (metric: Metric, value: number, fuel?: Fuel, item?: string) =>
      until(subject("CA-AB", metric, { ...(fuel === undefined ? {} : { fuel }), ...(item === undefined ? {} : { item }) }), now, 1, [value]);
    const known = [...snapshot("internal-load", 9_900), ...snapshot("generation-total", 10_000), ...snapshot("net-interchange", 100), ...snapshot("generation", 2_000, "wind"), ...snapshot("generation", 7_000, "gas", "COGENERATION")];
    await record("aeso.current-supply-demand", known);
    expect((await ask()).of("CA-AB")).toMatchObject({ sample: false, demand: { value: 9_900 }, netExport: { value: 100 }, mix: null, intensityGramsPerKwh: null });
    await record("aeso.current-supply-demand", snapshot("generation", 8_000, "gas"));
    const { mix, intensityGramsPerKwh } = (await ask()).of("CA-AB");
    expect(mix?.parts).toEqual([{ fuel: "gas", powerMw: 8_000 }, { fuel: "wind", powerMw: 2_000 }]);
    expect(intensityGramsPerKwh).toBeCloseTo((8_000 * 490 + 2_000 * 11) / 10_000, 6);
  });

  test("New Brunswick's net export is the sum of its borders' schedules", async () => {
    const border = (item: string, value: number) => until(subject("CA-NB", "scheduled-interchange", { item }), now, 5, [value], "preliminary");
    await record("nb-power.system", [...until(subject("CA-NB", "demand"), now, 5, [1_500], "preliminary"), ...border("ISO-NE", 300), ...border("QUEBEC", -520), ...border("PEI", 110)]);
    expect((await ask()).of("CA-NB")).toMatchObject({ demand: { value: 1_500, quality: "preliminary" }, netExport: { value: -110, quality: "preliminary" }, demandChangeMw: null });
  });

  test("neither weather nor what is old, to come or a month long tells how a region does", async () => {
    await record("open-meteo.weather", until(subject("CA-SK", "temperature", { item: "Regina", unit: "°C" }), hour, 60, [-12]));
    await record("ieso.adequacy", until(subject("CA-ON", "demand-forecast"), hour + 5 * hourMs, 60, [16_000], "forecast"));
    await record("ieso.demand", until(subject("CA-ON", "demand"), hour - 8 * 24 * hourMs, 60, [14_000]));
    const { of } = await ask();
    expect(of("CA-SK").sample).toBe(true);
    expect(of("CA-ON")).toMatchObject({ sample: false, demand: null, mix: null, demandDay: { start: [], value: [] } });
  });

  test("an unchanged answer isn't sent again, and a new document changes it", async () => {
    const { response } = await ask();
    const tag = response.headers.get("etag") ?? "";
    expect(response.headers.get("cache-control")).toBe("no-cache");
    const again = await call(GET, "/api/grid/status", { headers: { "if-none-match": tag } });
    // The minute may have passed in between.
    if (again.status !== 304) expect(again.headers.get("etag")).not.toBe(tag);
    await record("ieso.demand", until(subject("CA-ON", "demand"), hour, 60, [14_000]));
    expect((await call(GET, "/api/grid/status", { headers: { "if-none-match": tag } })).status).toBe(200);
    expect((await ask()).of("CA-ON").demand?.value).toBe(14_000);
  });

  test("takes as many statements for ten regions as for one", async () => {
    await record("ieso.demand", until(subject("CA-ON", "demand"), hour, 60, [14_000]));
    const one = await statementsOf(ask);
    await record("aeso.internal-load", until(subject("CA-AB", "internal-load"), hour, 60, [9_900]));
    await record("hydro-quebec.demand", until(subject("CA-QC", "demand"), hour, 15, [19_000]));
    await record("nb-power.system", until(subject("CA-NB", "demand"), now, 5, [1_500]));
    expect(await statementsOf(ask)).toBe(one);
    expect(one).toBeLessThanOrEqual(9);
    // The next request finds it made already, unless a minute began in between.
    expect(Math.min(await statementsOf(ask), await statementsOf(ask))).toBeLessThan(one);
  });
});
