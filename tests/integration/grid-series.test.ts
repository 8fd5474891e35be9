import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SeriesAnswer } from "#domains/grid/index.ts";
import type { Subject } from "#domains/grid/schema.ts";
import { GET } from "../../src/app/api/grid/series/route.ts";
import { engines, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { observationsOf, recordObservations } from "../support/grid.ts";
import { call } from "../support/http.ts";

const demand: Subject = { region: "CA-ON", metric: "demand", unit: "MW" };
const load: Subject = { region: "CA-AB", metric: "internal-load", unit: "MW" };
const price: Subject = { region: "CA-ON", metric: "price", unit: "CAD/MWh" };

async function ask(query: Record<string, string>): Promise<SeriesAnswer> {
  const response = await call(GET, `/api/grid/series?${new URLSearchParams(query).toString()}`);
  const body: unknown = await response.json();
  expect(body).toMatchObject({ lines: expect.any(Array) });
  return SeriesAnswer.parse(body);
}
const short = ({ lines }: SeriesAnswer) => lines.map(({ id, start, value, quality }) => `${id}: ${start.map((at, i) => `${at.slice(5, 16)} ${value[i]}${quality[i] === "measured" ? "" : ` ${quality[i]}`}`).join(", ")}`);

describe.each(engines)("GET /api/grid/series on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => void (opened = await openTestDatabase(engine)));
  afterEach(() => opened.close());

  test("hours are the settled history's, and what it lacks the real-time totals'", async () => {
    await recordObservations("ieso.demand", observationsOf(demand, "2026-03-01T05:00:00Z", 60, [15_000, 15_100]));
    await recordObservations("ieso.realtime-totals", observationsOf(demand, "2026-03-01T06:00:00Z", 5, Array.from({ length: 30 }, (_, i) => 15_000 + i)));
    const query = { region: "CA-ON", metric: "demand", from: "2026-03-01", to: "2026-03-02" };
    expect(short(await ask({ ...query, resolution: "hour" }))).toEqual([
      "ieso.demand/demand: 03-01T05:00 15000, 03-01T06:00 15100",
      "ieso.realtime-totals/demand: 03-01T07:00 15017.5, 03-01T08:00 15026.5 estimated",
    ]);
    const fine = await ask({ ...query, resolution: "5min" });
    expect(fine.lines.map(({ source, value }) => [source, value.length])).toEqual([["ieso.realtime-totals", 30], ["ieso.demand", 1]]);
    expect(fine.zone).toEqual({ name: "Etc/GMT+5", offsets: [{ from: "2026-03-01T05:00:00.000Z", minutes: -300 }] });
    expect(fine.sources.map(({ id }) => id)).toEqual(["ieso.realtime-totals", "ieso.demand"]);
  });

  test("Alberta's days have 23 and 25 hours", async () => {
    for (const [start, hours] of [["2025-03-09T07:00:00Z", 23], ["2025-11-02T06:00:00Z", 25]] as const) {
      await recordObservations("aeso.internal-load", observationsOf(load, start, 60, Array.from({ length: hours }, () => 9_000)));
      const answer = await ask({ region: "CA-AB", metric: "internal-load", from: start, to: new Date(Date.parse(start) + hours * 3_600_000).toISOString(), resolution: "day" });
      expect(answer.lines[0]).toMatchObject({ start: [start.replace("Z", ".000Z")], value: [9_000], quality: ["measured"] });
      expect(Date.parse(answer.lines[0]?.end[0] ?? "") - Date.parse(start)).toBe(hours * 3_600_000);
      expect(answer.zone.offsets).toHaveLength(2);
    }
  });

  test("a price is two lines, parted where the market was renewed", async () => {
    await recordObservations("ieso.hoep", observationsOf(price, "2025-05-01T03:00:00Z", 60, [30, -4]));
    await recordObservations("ieso.zonal-price", observationsOf(price, "2025-05-01T04:00:00Z", 5, Array.from({ length: 24 }, () => 50)));
    expect(short(await ask({ region: "CA-ON", metric: "price", from: "2025-05-01T00:00:00Z", to: "2025-05-01T12:00:00Z", resolution: "hour" }))).toEqual([
      "ieso.zonal-price/price: 05-01T05:00 50", "ieso.hoep/price: 05-01T03:00 30, 05-01T04:00 -4",
    ]);
  });
});
