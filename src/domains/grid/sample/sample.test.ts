import { describe, expect, test } from "vitest";
import type { Interval } from "#domains/grid/time/intervals.ts";
import type { Fuel, Metric, Region, Subject } from "#domains/grid/schema.ts";
import { SourceNote } from "#domains/grid/series/series-schema.ts";
import { places } from "#domains/grid/sources/places.ts";
import { isDayOff } from "./calendar.ts";
import { sampleNote, sampleRange, sampleRegions, sampleSource, sampleStepMinutes, sampleSubjects, sampleValues } from "./sample.ts";
import { sunHeight } from "./weather.ts";

const now = new Date("2026-11-21T15:47:00Z");
const hourMs = 3_600_000;
const run = (start: string, count: number, minutes = 60): Interval[] =>
  Array.from({ length: count }, (_, i) => ({ start: new Date(Date.parse(start) + i * minutes * 60_000), end: new Date(Date.parse(start) + (i + 1) * minutes * 60_000) }));
const find = (region: Region, metric: Metric, fuel?: Fuel, item?: string): Subject => {
  const subject = sampleSubjects().find((each) => each.region === region && each.metric === metric && each.fuel === fuel && each.item === item);
  if (!subject) throw new Error(`no sample of ${region} ${metric} ${fuel ?? ""} ${item ?? ""}`);
  return subject;
};
const valuesOf = (subject: Subject, intervals: Interval[]) => sampleValues(subject, intervals, now).map(({ value }) => value ?? Number.NaN);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const generation = (region: Region) => sampleSubjects().filter((each) => each.region === region && each.metric === "generation");
const demandOf = (region: Region) => find(region, region === "CA-AB" ? "internal-load" : "demand");
const year = run("2025-11-21T00:00:00Z", 365 * 24);

describe("the sample", () => {
  test("is the same however it is asked", () => {
    const whole = valuesOf(demandOf("CA-ON"), run("2026-03-01T00:00:00Z", 24 * 3));
    const alone = run("2026-03-01T00:00:00Z", 24 * 3).reverse().map((hour) => valuesOf(demandOf("CA-ON"), [hour])[0]).reverse();
    expect(whole).toEqual(alone);
    // Later it is still what it was.
    expect(sampleValues(demandOf("CA-ON"), run("2026-03-01T00:00:00Z", 1), now)).toEqual(sampleValues(demandOf("CA-ON"), run("2026-03-01T00:00:00Z", 1), new Date("2026-05-01T00:00:00Z")));
    expect(mean(whole)).toBeGreaterThan(12_000);
  });

  test.each(sampleRegions)("generation of %s makes demand and net exports, in hours and in five minutes", (region) => {
    for (const intervals of [run("2026-01-10T00:00:00Z", 24 * 21), run("2026-07-12T03:00:00Z", 12 * 24, 5), run("2025-10-25T00:00:00Z", 24), [{ start: new Date("2026-02-01T05:00:00Z"), end: new Date("2026-03-01T05:00:00Z") }]]) {
      const parts = generation(region).map((subject) => valuesOf(subject, intervals));
      const demand = valuesOf(demandOf(region), intervals);
      const net = valuesOf(find(region, "net-interchange"), intervals);
      const borders = sampleSubjects().filter((each) => each.region === region && (each.metric === "intertie-flow" || each.metric === "scheduled-interchange")).map((each) => valuesOf(each, intervals));
      const worst = Math.max(...intervals.map((_, i) => Math.abs(parts.reduce((sum, values) => sum + (values[i] ?? 0), 0) - (demand[i] ?? 0) - (net[i] ?? 0))));
      expect(worst).toBeLessThan(0.01);
      expect(Math.max(...intervals.map((_, i) => Math.abs(borders.reduce((sum, values) => sum + (values[i] ?? 0), 0) - (net[i] ?? 0))))).toBeLessThan(0.01);
    }
  });

  test("no fuel but storage is ever below zero, nor beyond its plant", () => {
    for (const subject of sampleSubjects().filter(({ metric }) => metric === "generation")) {
      const values = valuesOf(subject, year);
      expect(Math.min(...values), `${subject.region} ${subject.fuel}`).toBeGreaterThanOrEqual(subject.fuel === "storage" ? -420 : 0);
    }
    for (const { region, fuel, metric } of sampleSubjects().filter((each) => each.metric === "capacity" || each.metric === "capability")) {
      const [most = 0] = valuesOf(find(region, metric, fuel), run("2026-03-01T00:00:00Z", 1));
      expect(Math.max(...valuesOf(find(region, "generation", fuel), year)), `${region} ${fuel}`).toBeLessThanOrEqual(most);
    }
  });

  test.each([["CA-ON", 11_000, 25_000, 14_500, 17_000], ["CA-AB", 8_000, 12_500, 9_300, 10_600], ["CA-QC", 12_500, 40_000, 18_500, 22_500], ["CA-NB", 900, 3_400, 1_500, 1_950], ["CA-PE", 90, 420, 170, 240]] as const)(
    "demand of %s stays between %i and %i MW, about %i to %i on average", (region, least, most, low, high) => {
      const values = valuesOf(demandOf(region), year);
      expect(Math.min(...values)).toBeGreaterThan(least);
      expect(Math.max(...values)).toBeLessThan(most);
      expect(mean(values)).toBeGreaterThan(low);
      expect(mean(values)).toBeLessThan(high);
    });

  test("demand has the shape of days, weeks and seasons", () => {
    const at = (hour: number, filter: (day: number) => boolean) => mean(valuesOf(demandOf("CA-ON"), year.filter(({ start }) => (start.getUTCHours() + 19) % 24 === hour && filter(Math.floor((start.getTime() / hourMs - 5) / 24)))));
    const weekday = (day: number) => !isDayOff(day);
    expect(at(18, weekday)).toBeGreaterThan(at(3, weekday) * 1.2);
    expect(at(10, weekday)).toBeGreaterThan(at(10, isDayOff) * 1.03);
    const month = (region: Region, from: string) => mean(valuesOf(demandOf(region), run(from, 24 * 28)));
    expect(month("CA-QC", "2026-01-08T00:00:00Z")).toBeGreaterThan(month("CA-QC", "2026-07-08T00:00:00Z") * 1.5);
    expect(month("CA-ON", "2026-01-08T00:00:00Z")).toBeGreaterThan(month("CA-ON", "2026-05-01T00:00:00Z") * 1.05);
    expect(month("CA-ON", "2026-07-08T00:00:00Z")).toBeGreaterThan(month("CA-ON", "2026-05-01T00:00:00Z") * 1.05);
  });

  test("the forecast is near demand, but isn't it", () => {
    const [demand, forecast] = [valuesOf(demandOf("CA-ON"), year), valuesOf(find("CA-ON", "demand-forecast"), year)];
    const errors = demand.map((value, i) => Math.abs(value - (forecast[i] ?? 0)) / value);
    expect(mean(errors)).toBeGreaterThan(0.004);
    expect(mean(errors)).toBeLessThan(0.02);
    expect(Math.max(...errors)).toBeLessThan(0.06);
  });

  test("where clocks change there is neither gap nor jump", () => {
    for (const region of ["CA-ON", "CA-AB", "CA-QC"] as const) {
      const values = valuesOf(demandOf(region), [...run("2026-03-08T00:00:00Z", 24), ...run("2025-11-02T00:00:00Z", 24)]);
      expect(values.every(Number.isFinite)).toBe(true);
      expect(Math.max(...values.slice(1, 24).map((value, i) => Math.abs(value - (values[i] ?? 0)) / value))).toBeLessThan(0.08);
    }
  });

  test("no sun, no solar power; a summer noon has plenty", () => {
    const toronto = places.find(({ name }) => name === "Toronto") ?? { latitude: 0, longitude: 0 };
    // Sunrise on 2026-06-21 in Toronto was at 9:36 UTC, sunset on the evening before at 1:02; in December at 12:48 and 21:43.
    expect(sunHeight(toronto, Date.parse("2026-06-21T09:36:00Z") / hourMs)).toBeCloseTo(-0.0145, 1);
    expect(sunHeight(toronto, Date.parse("2026-06-21T17:19:00Z") / hourMs)).toBeCloseTo(Math.sin((69.8 * Math.PI) / 180), 2);
    expect(sunHeight(toronto, Date.parse("2025-12-21T21:43:00Z") / hourMs)).toBeCloseTo(-0.0145, 1);
    for (const region of ["CA-ON", "CA-AB", "CA-SK"] as const) {
      const place = places.find((each) => each.region === region) ?? toronto;
      const values = valuesOf(find(region, "generation", "solar"), year);
      const down = year.map(({ start, end }) => sunHeight(place, start.getTime() / hourMs) < 0 && sunHeight(place, end.getTime() / hourMs) < 0);
      expect(Math.max(...values.filter((_, i) => down[i]))).toBe(0);
      expect(Math.max(...values)).toBeGreaterThan(0.7 * (region === "CA-ON" ? 478 : region === "CA-AB" ? 1_836 : 98));
    }
  });

  test("flows between provinces mirror each other", () => {
    const pairs = [
      ["CA-ON", "intertie-flow", "PQ.AT", "CA-QC", "intertie-flow", "Ontario, Outaouais"], ["CA-AB", "intertie-flow", "British Columbia", "CA-BC", "intertie-flow", "Alberta"],
      ["CA-QC", "intertie-flow", "New Brunswick", "CA-NB", "scheduled-interchange", "QUEBEC"], ["CA-NB", "scheduled-interchange", "PEI", "CA-PE", "intertie-flow", "New Brunswick"],
    ] as const;
    const hours = run("2026-04-01T00:00:00Z", 100);
    for (const [region, metric, item, other, otherMetric, otherItem] of pairs) {
      const [there, back] = [valuesOf(find(region, metric, undefined, item), hours), valuesOf(find(other, otherMetric, undefined, otherItem), hours)];
      expect(there.map((value, i) => Math.abs(value + (back[i] ?? 0))).every((sum) => sum < 0.002)).toBe(true);
      expect(new Set(there).size).toBeGreaterThan(90);
    }
  });

  test("prices go below zero at times in Ontario, seldom to zero and at times high in Alberta, and have no past before their market", () => {
    const [ontario, alberta] = [valuesOf(find("CA-ON", "price"), year), valuesOf(find("CA-AB", "price"), year)];
    expect(Math.min(...ontario)).toBeLessThan(0);
    expect(mean(ontario)).toBeGreaterThan(20);
    expect(mean(ontario)).toBeLessThan(80);
    const share = (prices: number[], isOne: (price: number) => boolean) => prices.filter(isOne).length / prices.length;
    expect(share(ontario, (price) => price < 0)).toBeLessThan(0.15);
    expect(share(ontario, (price) => Math.abs(price) < 0.005)).toBeLessThan(0.002);
    expect(Math.min(...alberta)).toBe(0);
    expect(share(alberta, (price) => price === 0)).toBeLessThan(0.02);
    expect(mean(alberta)).toBeGreaterThan(30);
    expect(mean(alberta)).toBeLessThan(80);
    expect(Math.max(...alberta)).toBeGreaterThan(300);
    expect(Math.max(...alberta)).toBeLessThanOrEqual(999.99);
    const before = sampleValues(find("CA-ON", "price"), run("2025-05-01T04:00:00Z", 2), new Date("2025-09-01T00:00:00Z"));
    expect(before.map(({ value }) => value === null)).toEqual([true, false]);
  });

  test("weather is that of the place and season", () => {
    for (const { name, region } of places) {
      const january = mean(valuesOf(find(region, "temperature", undefined, name), run("2026-01-05T00:00:00Z", 24 * 21)));
      const july = mean(valuesOf(find(region, "temperature", undefined, name), run("2026-07-05T00:00:00Z", 24 * 21)));
      expect(july - january, name).toBeGreaterThan(8);
      for (const [metric, least, most] of [["temperature", -50, 40], ["wind-speed", 0, 130], ["wind-direction", 0, 360], ["cloud-cover", 0, 100], ["solar-radiation", 0, 1_100]] as const) {
        const values = valuesOf(find(region, metric, undefined, name), year);
        expect(Math.min(...values), `${name} ${metric}`).toBeGreaterThanOrEqual(least);
        expect(Math.max(...values), `${name} ${metric}`).toBeLessThanOrEqual(most);
      }
    }
  });

  test("covers thirteen months up to now, forecasts 36 hours more, and nothing else", () => {
    const demand = demandOf("CA-ON");
    expect(sampleRange(demand, now)).toEqual({ start: new Date("2025-10-21T00:00:00Z"), end: new Date("2026-11-21T15:45:00Z") });
    expect(sampleRange(find("CA-ON", "demand-forecast"), now).end).toEqual(new Date("2026-11-23T03:00:00Z"));
    const edges = [...run("2025-10-20T23:00:00Z", 2), ...run("2026-11-21T15:40:00Z", 2, 5), ...run("2026-11-21T15:00:00Z", 1)];
    expect(sampleValues(demand, edges, now).map(({ value }) => value !== null)).toEqual([false, true, true, false, false]);
    // A day that isn't over yet is that of its hours so far.
    const [today] = sampleValues(demand, run("2026-11-21T05:00:00Z", 1, 24 * 60), now);
    expect(today?.value).toBeCloseTo(mean(valuesOf(demand, run("2026-11-21T05:00:00Z", 129, 5))), 2);
    expect(sampleValues({ region: "CA-NU", metric: "demand", unit: "MW" }, edges, now).every(({ value, min, max }) => value === null && min === null && max === null)).toBe(true);
  });

  test("means of long intervals are those of short ones, and lie between their extremes", () => {
    for (const subject of sampleSubjects()) {
      const long = sampleValues(subject, run("2026-06-01T00:00:00Z", 24), now);
      for (const { value, min, max } of long) {
        expect(value).not.toBeNull();
        expect(min ?? Infinity).toBeLessThanOrEqual(value ?? -Infinity);
        expect(max ?? -Infinity).toBeGreaterThanOrEqual(value ?? Infinity);
      }
      const [day] = sampleValues(subject, run("2026-06-01T00:00:00Z", 1, 24 * 60), now);
      expect(day?.value).toBeCloseTo(mean(long.map(({ value }) => value ?? Number.NaN)), 1);
    }
    const minutes = valuesOf(demandOf("CA-ON"), run("2026-06-01T12:00:00Z", 12, 5));
    expect(mean(minutes)).toBeCloseTo(valuesOf(demandOf("CA-ON"), run("2026-06-01T12:00:00Z", 1))[0] ?? 0, 2);
    expect(new Set(minutes).size).toBe(12);
  });

  test("its note fits what is said of sources, and its steps are what it has", () => {
    expect(SourceNote.parse(sampleNote(now))).toMatchObject({ id: sampleSource.id, state: "sample", dataUntil: "2026-11-21T15:45:00.000Z" });
    expect([demandOf("CA-ON"), demandOf("CA-QC"), demandOf("CA-BC"), find("CA-AB", "price"), find("CA-ON", "demand-forecast")].map(sampleStepMinutes)).toEqual([5, 15, 60, 60, 60]);
    expect(sampleSubjects().map(({ region, metric, fuel, item }) => [region, metric, fuel, item].join()).filter((key, i, all) => all.indexOf(key) !== i)).toEqual([]);
  });
});

test("days off are weekends and holidays", () => {
  const dayOf = (date: string) => Date.parse(date) / 86_400_000;
  expect(["2026-01-01", "2026-04-03", "2026-05-18", "2026-07-01", "2026-09-07", "2026-10-12", "2026-12-25", "2026-12-26", "2025-04-18", "2026-11-21"].map((date) => isDayOff(dayOf(date)))).toEqual(Array(10).fill(true));
  expect(["2026-01-02", "2026-04-10", "2026-05-25", "2026-09-14", "2026-10-05", "2026-11-20"].map((date) => isDayOff(dayOf(date)))).toEqual(Array(6).fill(false));
});
