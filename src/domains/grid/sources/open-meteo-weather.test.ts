import { describe, expect, test } from "vitest";
import { expectNoWrongNumbers, expectNoWrongNumbersInJson, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { openMeteoWeather as source } from "./open-meteo-weather.ts";
import { places } from "./places.ts";

const toronto = {
  latitude: 43.654, longitude: -79.387, generationtime_ms: 0.2, utc_offset_seconds: 0, timezone: "GMT", timezone_abbreviation: "GMT", elevation: 92,
  hourly_units: { time: "iso8601", temperature_2m: "°C", relative_humidity_2m: "%", precipitation: "mm", wind_speed_10m: "km/h", wind_direction_10m: "°", shortwave_radiation: "W/m²" },
  hourly: {
    time: ["2026-11-21T11:00", "2026-11-21T12:00", "2026-11-21T13:00"],
    temperature_2m: [-1.2, 0.4, null],
    relative_humidity_2m: [81, 79, 75],
    precipitation: [0, 0.3, 1.1],
    wind_speed_10m: [12.6, 14.1, 15.5],
    wind_direction_10m: [250, 255, 260],
    shortwave_radiation: [0, 12.5, 88],
  },
};
const calgary = { ...toronto, latitude: 51.06, longitude: -114.06, location_id: 1 };
const text = JSON.stringify([toronto, calgary]);

test("reads the hours of each place: moments forward, sums backward, the past estimated and the rest forecast", () => {
  const { observations, warnings } = readingOf(source, JSON.stringify(toronto));
  expect(warnings).toEqual([]);
  expect(observations.filter(({ metric }) => ["temperature", "precipitation", "solar-radiation"].includes(metric)).map(lineOf)).toEqual([
    "CA-ON temperature Toronto: 2026-11-21T11:00:00.000Z/2026-11-21T12:00:00.000Z -1.2 °C estimated",
    "CA-ON temperature Toronto: 2026-11-21T12:00:00.000Z/2026-11-21T13:00:00.000Z 0.4 °C estimated",
    "CA-ON temperature Toronto: 2026-11-21T13:00:00.000Z/2026-11-21T14:00:00.000Z null °C forecast",
    "CA-ON precipitation Toronto: 2026-11-21T10:00:00.000Z/2026-11-21T11:00:00.000Z 0 mm estimated",
    "CA-ON precipitation Toronto: 2026-11-21T11:00:00.000Z/2026-11-21T12:00:00.000Z 0.3 mm estimated",
    "CA-ON precipitation Toronto: 2026-11-21T12:00:00.000Z/2026-11-21T13:00:00.000Z 1.1 mm forecast",
    "CA-ON solar-radiation Toronto: 2026-11-21T10:00:00.000Z/2026-11-21T11:00:00.000Z 0 W/m² estimated",
    "CA-ON solar-radiation Toronto: 2026-11-21T11:00:00.000Z/2026-11-21T12:00:00.000Z 12.5 W/m² estimated",
    "CA-ON solar-radiation Toronto: 2026-11-21T12:00:00.000Z/2026-11-21T13:00:00.000Z 88 W/m² forecast",
  ]);
  const both = readingOf(source, text).observations;
  expect(both).toHaveLength(36);
  expect(new Set(both.map(({ region, item }) => `${region} ${item}`))).toEqual(new Set(["CA-ON Toronto", "CA-AB Calgary"]));
});

describe("refuses", () => {
  const change = (part: object) => JSON.stringify({ ...toronto, ...part });
  test.each([
    ["another unit", change({ hourly_units: { ...toronto.hourly_units, temperature_2m: "°F" } }), /in °F/],
    ["no unit", change({ hourly_units: { time: "iso8601" } }), /no unit/],
    ["another zone", change({ utc_offset_seconds: -18_000 }), /UTC/],
    ["seconds for times", change({ hourly_units: { ...toronto.hourly_units, time: "unixtime" } }), /UTC/],
    ["a place nobody asked for", change({ latitude: 48.8, longitude: 2.3 }), /near none/],
    ["arrays of two lengths", change({ hourly: { ...toronto.hourly, precipitation: [0, 1] } }), /2 values for 3/],
    ["hours with a gap", change({ hourly: { ...toronto.hourly, time: ["2026-11-21T11:00", "2026-11-21T13:00", "2026-11-21T14:00"] } }), /in a row/],
    ["its errors", JSON.stringify({ error: true, reason: "Hourly API request limit exceeded" }), /limit exceeded/],
  ])("%s", (_, document, message) => expect(() => readingOf(source, document)).toThrow(message));
});

test("names a variable that it doesn't know", () => {
  const document = { ...toronto, hourly: { ...toronto.hourly, snow_depth: [0, 0, 0] } };
  expect(readingOf(source, JSON.stringify(document)).warnings).toEqual([expect.stringContaining("snow_depth")]);
});

test("damaged answers are refused or right", () => {
  expectNoWrongNumbersInJson(source, text);
  expectNoWrongNumbers(source, `[{\n${Object.entries(toronto).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(",\n")}\n}]`);
});

test("asks for all places at once: what is newest, the archive, and what the archive doesn't have yet", () => {
  expect([...source.documents()].map(({ url }) => url)).toEqual([expect.stringMatching(/^https:\/\/api\.open-meteo\.com\/v1\/forecast\?.*&past_days=2&forecast_days=7$/)]);
  const history = [...source.documents({ from: new Date("2020-01-01"), to: new Date("2020-07-01") })].map(({ url }) => url.slice(url.indexOf("&start_date")));
  expect(history).toEqual(["&start_date=2020-01-01&end_date=2020-04-01", "&start_date=2020-04-02&end_date=2020-06-30"]);
  const now = Date.now();
  expect([...source.documents({ from: new Date(now - 7 * 86_400_000), to: new Date(now) })].map(({ url }) => new URL(url).host)).toEqual(["archive-api.open-meteo.com", "api.open-meteo.com"]);
});

test("places are apart and one of each region is among them", () => {
  expect(new Set(places.map(({ region }) => region)).size).toBe(13);
  const near = places.flatMap((a, i) => places.slice(i + 1).filter((b) => Math.abs(a.latitude - b.latitude) < 0.5 && Math.abs(a.longitude - b.longitude) < 0.5));
  expect(near).toEqual([]);
});
