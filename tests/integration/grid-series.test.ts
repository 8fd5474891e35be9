import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SeriesAnswer, SeriesQuery } from "#domains/grid/index.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { seriesVersion } from "#domains/grid/server.ts";
import { recordReading } from "#domains/grid/ingest/record.ts";
import type { Observation, Subject } from "#domains/grid/schema.ts";
import { GET } from "../../src/app/api/grid/series/route.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { observationsOf, recordObservations } from "../support/grid.ts";
import { getSource } from "../support/grid-sources.ts";
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

  test("what was known can be asked, revised since or not, for hours and days alike", async () => {
    await recordObservations("ieso.demand", observationsOf(demand, "2026-03-01T05:00:00Z", 60, Array.from({ length: 24 }, () => 100)), "2026-03-02T12:00:00Z");
    await recordObservations("ieso.demand", observationsOf(demand, "2026-03-01T05:00:00Z", 60, [340]), "2026-03-05T12:00:00Z");
    const query = { region: "CA-ON", metric: "demand", from: "2026-03-01", to: "2026-03-02" };
    const day = async (more: Record<string, string>) => (await ask({ ...query, resolution: "day", ...more })).lines.flatMap(({ value, min, max }) => [...value, ...(min ?? []), ...(max ?? [])]);
    expect(await day({})).toEqual([110, 100, 340]);
    expect(await day({ as_of: "2026-03-03T00:00:00Z" })).toEqual([100]);
    expect(await day({ as_of: "2026-03-02T00:00:00Z" })).toEqual([]);
    expect((await ask({ ...query, resolution: "hour", as_of: "2026-03-03T00:00:00Z" })).lines[0]?.value[0]).toBe(100);
  });

  test("gaps stay gaps, and values taken back are null", async () => {
    await recordObservations("ieso.demand", observationsOf(demand, "2026-03-01T05:00:00Z", 60, [1, 2, null, 4]), "2026-03-02T12:00:00Z");
    await recordObservations("ieso.demand", observationsOf(demand, "2026-03-01T06:00:00Z", 60, [null]), "2026-03-03T12:00:00Z");
    const [line] = (await ask({ region: "CA-ON", metric: "demand", from: "2026-03-01", to: "2026-03-02", resolution: "hour" })).lines;
    expect(line).toMatchObject({ start: ["2026-03-01T05:00:00.000Z", "2026-03-01T06:00:00.000Z", "2026-03-01T08:00:00.000Z"], value: [1, null, 4] });
    const day = await ask({ region: "CA-ON", metric: "demand", from: "2026-03-01", to: "2026-03-02", resolution: "day" });
    expect(day.lines[0]).toMatchObject({ value: [2.5], quality: ["estimated"], min: [1], max: [4] });
  });

  test("hours and days kept ready tell what the observations do", async () => {
    const values = Array.from({ length: 12 * 24 * 9 }, (_, i) => (i % 97 < 5 ? null : Math.round(1_000 * Math.sin(i / 50) + i) / 8));
    await recordObservations("ieso.realtime-totals", observationsOf(demand, "2025-10-30T03:20:00Z", 5, values), "2025-12-01T00:00:00Z");
    // As known now, read anew from the observations themselves.
    const now = "2026-01-01T00:00:00Z";
    for (const tz of ["Etc/GMT+5", "America/Toronto", "America/St_Johns", "UTC", "Asia/Kathmandu"]) {
      for (const resolution of ["hour", "day", "month"]) {
        const query = { region: "CA-ON", metric: "demand", from: "2025-10-28T00:00:00Z", to: "2025-11-12T00:00:00Z", resolution, tz };
        const [[ready], [anew]] = [(await ask(query)).lines, (await ask({ ...query, as_of: now })).lines];
        expect([tz, resolution, ready?.start, ready?.end, ready?.quality, ready?.min, ready?.max]).toEqual([tz, resolution, anew?.start, anew?.end, anew?.quality, anew?.min, anew?.max]);
        ready?.value.forEach((value, i) => expect(value).toBeCloseTo(anew?.value[i] ?? Number.NaN, 8));
        expect(ready?.value.length).toBeGreaterThan(0);
      }
    }
  });

  test("five minutes as hours hold them are the observations themselves, revised, taken back and judged anew", async () => {
    let seed = 11;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const judged = ["measured", "preliminary", "estimated"] as const;
    const first = Date.parse("2026-03-01T03:00:00Z");
    for (let round = 0; round < 8; round += 1) {
      const places = new Set(Array.from({ length: 40 }, () => random(96)));
      const observations = [...places].map((place): Observation => {
        const start = new Date(first + place * 300_000);
        return { ...demand, start, end: new Date(start.getTime() + (random(9) === 0 ? 60_000 : 300_000)), value: random(4) === 0 ? null : random(9_999) / 7, quality: judged[random(3)] ?? "measured" };
      });
      await recordObservations("ieso.realtime-totals", observations, new Date(Date.parse("2026-03-02T00:00:00Z") + random(20) * 60_000).toISOString());
    }
    await recordObservations("ieso.realtime-totals", observationsOf(demand, "2026-03-01T07:00:00Z", 5, Array.from({ length: 12 }, () => null)), "2026-03-03T00:00:00Z");
    const query = { region: "CA-ON", metric: "demand", resolution: "5min", from: "2026-03-01T03:10:00Z", to: "2026-03-01T10:25:00Z" };
    const [kept, observed] = [await ask(query), await ask({ ...query, as_of: new Date().toISOString() })];
    expect(kept.lines).toEqual(observed.lines);
    expect(kept.lines[0]?.value.length).toBeGreaterThan(60);
    expect(kept.lines[0]?.start.filter((at) => at.includes("T07:"))).not.toEqual([]);
    expect(new Set(kept.lines[0]?.quality).size).toBe(3);
    const { limit, ...rest } = { ...query, limit: "7" };
    let [cursor, pages]: [string | null, string[]] = [null, []];
    do {
      const page: SeriesAnswer = await ask({ ...rest, limit, ...(cursor === null ? {} : { cursor }) });
      pages = [...pages, ...(page.lines[0]?.start ?? [])];
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(pages).toEqual(kept.lines[0]?.start);
  });

  test("a price that was valid for a whole hour counts as those for minutes do", async () => {
    const rows = [["06:00", "06:30", "10"], ["06:30", "07:00", "20"], ["07:00", "08:00", "900"]].map(([begin, end, price]) =>
      ({ begin_datetime_utc: `2025-04-16 ${begin}`, end_datetime_utc: `2025-04-16 ${end}`, system_marginal_price: price, volume: "" }));
    const source = getSource("aeso.smp");
    const text = JSON.stringify({ timestamp: "2025-04-17 03:26:44.262+0000", responseCode: "200", return: { "System Marginal Price Report": rows } });
    const payload = { bytes: new TextEncoder().encode(text), origin: "test", fetchedAt: new Date("2025-04-17T04:00:00Z") };
    await recordReading(source, payload, source.read(payload));
    const query = { region: "CA-AB", metric: "system-marginal-price", from: "2025-04-16T06:00:00Z", to: "2025-04-16T08:00:00Z" };
    expect(short(await ask({ ...query, resolution: "hour" }))).toEqual(["aeso.smp/system-marginal-price: 04-16T06:00 15, 04-16T07:00 900"]);
    for (const tz of ["Etc/UTC", "America/Edmonton"]) {
      const { lines } = await ask({ ...query, resolution: "day", tz });
      expect([tz, lines[0]?.value, lines[0]?.min, lines[0]?.max]).toEqual([tz, [457.5], [10], [900]]);
    }
  });

  test("a price that was valid across hours and midnight counts for each with the time that it was valid there", async () => {
    const price: Subject = { region: "CA-AB", metric: "system-marginal-price", unit: "CAD/MWh" };
    const validFor = (start: string, minutes: number, value: number) => observationsOf(price, start, minutes, [value]);
    await recordObservations("aeso.smp", [...validFor("2026-03-02T05:00:00Z", 20, 10), ...validFor("2026-03-02T05:20:00Z", 160, 900), ...validFor("2026-03-02T08:00:00Z", 60, 30)]);
    const query = { region: "CA-AB", metric: "system-marginal-price", from: "2026-03-02T05:00:00Z", to: "2026-03-02T09:00:00Z" };
    const moments: Record<string, string>[] = [{}, { as_of: new Date().toISOString() }];
    for (const known of moments) {
      const hours = (await ask({ ...query, ...known, resolution: "hour" })).lines[0];
      expect([hours?.start.map((at) => at.slice(11, 16)), hours?.value.map((value) => Math.round(value ?? 0))]).toEqual([["05:00", "06:00", "07:00", "08:00"], [603, 900, 900, 30]]);
      const days = (await ask({ ...query, ...known, resolution: "day" })).lines[0];
      expect(days?.value.map((value) => Math.round(value ?? 0))).toEqual([752, 465]);
    }
  });

  test("an hour told as a whole counts before the minutes seen within it, and hours are kept ready of what is known now", async () => {
    const load: Subject = { region: "CA-NB", metric: "load", unit: "MW" };
    await recordObservations("nb-power.system", observationsOf(load, "2026-03-01T12:00:00Z", 5, [1_000, 1_000], "preliminary"), "2026-03-01T12:06:00Z");
    await recordObservations("nb-power.system", observationsOf(load, "2026-03-01T12:00:00Z", 60, [2_000, 2_100]), "2026-03-09T00:00:00Z");
    const query = { region: "CA-NB", metric: "load", resolution: "hour", from: "2026-03-01", to: "2026-03-02" };
    expect(short(await ask(query))).toEqual(["nb-power.system/load: 03-01T12:00 2000, 03-01T13:00 2100"]);
    await recordObservations("nb-power.system", observationsOf(load, "2026-03-01T14:00:00Z", 5, [1_000], "preliminary"), "2026-03-01T14:01:00Z");
    await recordObservations("nb-power.system", observationsOf(load, "2026-03-01T14:00:00Z", 60, [1_500]), "2026-03-09T00:00:00Z");
    expect(await inspect("select mean, covered_seconds, quality::text from app.rollups where period = 'hour' and starts_at = '2026-03-01T14:00:00Z'")).toEqual([{ mean: 1_500, covered_seconds: 3_600, quality: "measured" }]);
  });

  test("an hour told as a whole counts before the minutes seen within it for days, other zones and the past alike", async () => {
    const load: Subject = { region: "CA-NB", metric: "load", unit: "MW" };
    await recordObservations("nb-power.system", observationsOf(load, "2026-03-01T12:05:00Z", 5, Array.from({ length: 47 }, () => 1_000), "preliminary"), "2026-03-01T16:00:00Z");
    await recordObservations("nb-power.system", observationsOf(load, "2026-03-01T12:00:00Z", 60, [2_000, 2_100]), "2026-03-09T00:00:00Z");
    await recordObservations("nb-power.system", observationsOf(load, "2026-03-01T13:30:00Z", 5, [900], "preliminary"), "2026-03-10T00:00:00Z");
    expect(await inspect("select mean, covered_seconds from app.rollups where period = 'hour' order by starts_at limit 2")).toEqual([2_000, 2_100].map((mean) => ({ mean, covered_seconds: 3_600 })));
    const query = { region: "CA-NB", metric: "load", from: "2026-03-01", to: "2026-03-02" };
    const hours = ["nb-power.system/load: 03-01T12:00 2000, 03-01T13:00 2100, 03-01T14:00 1000 preliminary, 03-01T15:00 1000 preliminary"];
    const [now, before] = [new Date().toISOString(), "2026-03-02T00:00:00Z"];
    expect(short(await ask({ ...query, resolution: "hour" }))).toEqual(hours);
    expect(short(await ask({ ...query, resolution: "hour", as_of: now }))).toEqual(hours);
    const fine = (await ask({ ...query, resolution: "5min" })).lines[0];
    expect(fine?.start.filter((at) => at < "2026-03-01T14")).toEqual(["2026-03-01T12:00:00.000Z", "2026-03-01T13:00:00.000Z"]);
    expect((await ask({ ...query, from: "2026-03-01T12:30:00Z", resolution: "5min" })).lines[0]?.start[0]).toBe("2026-03-01T13:00:00.000Z");
    for (const tz of ["America/Moncton", "Etc/UTC", "America/St_Johns"]) {
      for (const as_of of [undefined, now]) {
        const day = (await ask({ ...query, resolution: "day", tz, ...(as_of === undefined ? {} : { as_of }) })).lines[0];
        expect([tz, as_of, day?.value, day?.min, day?.max]).toEqual([tz, as_of, [1_525], [1_000], [2_100]]);
      }
      expect((await ask({ ...query, resolution: "day", tz, as_of: before })).lines[0]?.value).toEqual([1_000]);
    }
  });

  test("half-hour zones have days of their own", async () => {
    await recordObservations("ieso.demand", observationsOf(demand, "2026-01-01T03:00:00Z", 60, Array.from({ length: 25 }, (_, i) => (i === 0 ? 200 : i === 24 ? 300 : 100))));
    const day = await ask({ region: "CA-ON", metric: "demand", from: "2026-01-01", to: "2026-01-02", resolution: "day", tz: "America/St_Johns" });
    expect(day.lines[0]).toMatchObject({ start: ["2026-01-01T03:30:00.000Z"], end: ["2026-01-02T03:30:00.000Z"], quality: ["measured"] });
    expect(day.lines[0]?.value[0]).toBeCloseTo((100 + 23 * 100 + 150) / 24, 9);
  });

  test("pages hold everything exactly once, gaps of years passed over; CSV holds the same", async () => {
    const expected: (number | null)[] = [];
    for (const [start, count] of [["2019-05-01T05:00:00Z", 70], ["2024-12-31T20:00:00Z", 30], ["2026-03-01T05:00:00Z", 55]] as const) {
      const values = Array.from({ length: count }, (_, i) => expected.length + i);
      await recordObservations("ieso.demand", observationsOf(demand, start, 60, values));
      expected.push(...values);
    }
    const query = { region: "CA-ON", metric: "demand", from: "2010-01-01", to: "2026-04-01", resolution: "hour" };
    const values: (number | null)[] = [];
    const starts: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const answer: SeriesAnswer = await ask({ ...query, limit: "24", ...(cursor === null ? {} : { cursor }) });
      for (const line of answer.lines) {
        values.push(...line.value);
        starts.push(...line.start);
      }
      cursor = answer.nextCursor;
      pages += 1;
    } while (cursor !== null && pages < 50);
    expect(values).toEqual(expected);
    expect(pages).toBeLessThan(20);
    const response = await call(GET, `/api/grid/series?${new URLSearchParams({ ...query, format: "csv" }).toString()}`);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="tieline-CA-ON-demand.csv"');
    const [header, ...rows] = (await response.text()).trimEnd().split("\r\n");
    expect(header).toBe("start,end,region,metric,fuel,item,source,unit,value,quality");
    expect(rows.map((row) => row.split(",")[0])).toEqual(starts);
    expect(rows.map((row) => Number(row.split(",")[8]))).toEqual(expected);
    expect(rows[0]).toBe("2019-05-01T05:00:00.000Z,2019-05-01T06:00:00.000Z,CA-ON,demand,,,ieso.demand,MW,0,measured");
  });

  test("an item's name is no formula in CSV", async () => {
    const risky: Subject = { region: "CA-ON", metric: "intertie-flow", item: "=SUM(A1)", unit: "MW" };
    await recordObservations("ieso.intertie-flow", observationsOf(risky, "2026-03-01T05:00:00Z", 5, [-7]));
    const response = await call(GET, "/api/grid/series?region=CA-ON&metric=intertie-flow&from=2026-03-01&to=2026-03-02&format=csv&resolution=5min");
    expect((await response.text()).split("\r\n")[1]).toBe("2026-03-01T05:00:00.000Z,2026-03-01T05:05:00.000Z,CA-ON,intertie-flow,,'=SUM(A1),ieso.intertie-flow,MW,-7,measured");
  });

  test("what a client has is told to be current until a source says more", async () => {
    const path = "/api/grid/series?region=CA-ON&metric=demand&from=2026-03-01&to=2026-03-02&resolution=hour";
    await recordObservations("ieso.demand", observationsOf(demand, "2026-03-01T05:00:00Z", 60, [1]));
    const first = await call(GET, path);
    const tag = first.headers.get("etag") ?? "";
    expect([first.status, first.headers.get("cache-control")]).toEqual([200, "public, max-age=300"]);
    expect((await call(GET, path, { headers: { "if-none-match": tag } })).status).toBe(304);
    expect((await call(GET, `${path}&points=100`, { headers: { "if-none-match": tag } })).status).toBe(200);
    await recordObservations("ieso.demand", observationsOf(demand, "2026-03-01T05:00:00Z", 60, [2]), "2026-03-09T00:00:00Z");
    const second = await call(GET, path, { headers: { "if-none-match": tag } });
    expect(second.status).toBe(200);
    expect(second.headers.get("etag")).not.toBe(tag);
  });

  test("the sample's version goes with the clock, also where a document told of nothing but gaps", async () => {
    const query = SeriesQuery.parse({ region: "CA-ON", metric: "demand", from: "2026-03-01", to: "2026-03-02" });
    const versions = async () => Promise.all(["2026-03-05T00:00:00Z", "2026-03-05T00:07:00Z"].map((now) => seriesVersion(anonymous, query, [query], new Date(now))));
    expect(new Set(await versions()).size).toBe(2);
    await recordObservations("ieso.demand", observationsOf(demand, "2026-03-01T05:00:00Z", 60, [null, null]));
    expect(new Set(await versions()).size).toBe(2);
    await recordObservations("ieso.demand", observationsOf(demand, "2026-03-01T05:00:00Z", 60, [1, null]), "2026-03-02T12:00:00Z");
    expect(new Set(await versions()).size).toBe(1);
  });

  test("a long line is thinned to what was asked, unless pages are", async () => {
    await recordObservations("ieso.demand", observationsOf(demand, "2026-01-01T05:00:00Z", 60, Array.from({ length: 1_000 }, (_, i) => (i === 777 ? -50 : 10 + (i % 7)))));
    const query = { region: "CA-ON", metric: "demand", from: "2026-01-01", to: "2026-03-01", resolution: "hour" };
    const [line] = (await ask({ ...query, points: "100" })).lines;
    expect(line?.value.length).toBeLessThanOrEqual(100);
    expect(line?.value).toContain(-50);
    expect((await ask({ ...query, points: "100", limit: "10000" })).lines[0]?.value).toHaveLength(1_000);
    expect((await ask({ ...query, resolution: "auto", points: "100" })).resolution).toBe("day");
  });

  test("the sample stands in for what nobody has told of, and goes when somebody does", async () => {
    const now = Date.now();
    const query = { region: "CA-ON", metric: "demand", from: new Date(now - 7_200_000).toISOString(), to: new Date(now).toISOString() };
    const sampled = await ask(query);
    expect(sampled.lines).toMatchObject([{ id: "sample.canada/demand", sample: true, unit: "MW" }]);
    expect(new Set(sampled.lines[0]?.quality)).toEqual(new Set(["sample"]));
    const csv = await (await call(GET, `/api/grid/series?${new URLSearchParams({ ...query, format: "csv" }).toString()}`)).text();
    expect(csv.trimEnd().split("\r\n").slice(1).every((row) => row.endsWith(",sample"))).toBe(true);
    await recordObservations("ieso.demand", observationsOf(demand, "2019-03-01T05:00:00Z", 60, [1]));
    expect((await ask(query)).lines).toEqual([]);
    expect((await ask({ ...query, metric: "price", from: "2024-01-01", to: "2024-01-02" })).lines).toEqual([]);
  });
});

describe("GET /api/grid/series, refusals", () => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase("embedded")));
  afterAll(() => opened.close());

  test.each([
    ["a range that ends before it begins", "from=2026-03-02&to=2026-03-01", "from"],
    ["an empty range", "from=2026-03-01&to=2026-03-01", "from"],
    ["a zone that there isn't", "tz=Mars/Olympus", "tz"],
    ["too many intervals", "from=1995-01-01&to=2026-01-01&resolution=5min", "resolution"],
    ["what will be known", "as_of=2099-01-01T00:00:00Z", "as_of"],
    ["a cursor that is none", "cursor=abc&limit=5", "cursor"],
    ["a cursor of another range", `limit=5&cursor=${Buffer.from('["2001-01-01T00:00:00.000Z"]').toString("base64url")}`, "cursor"],
    ["a cursor without a time", `limit=5&cursor=${Buffer.from('["soon"]').toString("base64url")}`, "cursor"],
    ["a day that there isn't", "from=2026-02-30", "from"],
    ["a year beyond the store", "from=1789-07-14", "from"],
    ["a time without its offset", "from=2026-02-03T00:00:00", "from"],
    ["no points", "points=0", "points"],
    ["a parameter that there isn't", "asOf=2020-01-01T00:00:00Z", "asOf"],
    ["an unknown format", "format=xml", "format"],
    ["a file of a range that ends before it begins", "from=2026-03-02&to=2026-03-01&format=csv", "from"],
  ])("%s is refused, and named", async (_, query, path) => {
    const response = await call(GET, `/api/grid/series?region=CA-ON&metric=demand&${query}`);
    const body = await response.json() as { code: string; errors?: { path: string; message: string }[] };
    expect([response.status, body.code]).toEqual([400, "INVALID_REQUEST"]);
    expect(body.errors?.map((error) => error.path)).toContain(path);
  });
});
