import { describe, expect, test } from "vitest";
import { expectNoWrongNumbersInJson, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { mscWeather as source } from "./msc-weather.ts";

const collection = (...features: object[]) => JSON.stringify({ type: "FeatureCollection", features, numberMatched: 1503, numberReturned: features.length });
const climate = (properties: object) => ({
  type: "Feature", geometry: { type: "Point", coordinates: [-79.4, 43.66] },
  properties: {
    STATION_NAME: "TORONTO CITY", CLIMATE_IDENTIFIER: "6158355", PROVINCE_CODE: "ON", UTC_DATE: "2025-03-09T07:00:00", LOCAL_DATE: "2025-03-09T02:00:00",
    TEMP: 1.4, TEMP_FLAG: null, RELATIVE_HUMIDITY: 78, RELATIVE_HUMIDITY_FLAG: "E", WIND_DIRECTION: 7, WIND_DIRECTION_FLAG: null,
    STATION_PRESSURE: 100.35, STATION_PRESSURE_FLAG: null, PRECIP_AMOUNT: 0.3, PRECIP_AMOUNT_FLAG: null, WIND_SPEED: 0, WIND_SPEED_FLAG: "M", ...properties,
  },
});
const swob = (properties: object) => ({
  id: "2026-03-06-0500-CYTZ-AUTO-swob.xml", type: "Feature", geometry: { type: "Point", coordinates: [-79.3962, 43.6274, 76.8] },
  properties: {
    "stn_nam-value": "Billy Bishop", "icao_stn_id-value": "CYTZ", obs_date_tm: "2026-03-06T05:00:00.000Z",
    air_temp: 1.4, "air_temp-uom": "°C", "air_temp-qa": 100, dwpt_temp: -2.1, rel_hum: 78, avg_wnd_spd_10m_pst10mts: 20.5, avg_wnd_dir_10m_pst10mts: 77, pcpn_amt_pst1hr: 0.2, ...properties,
  },
});

test("reads an hour of the archive: tens of degrees, kPa, and flags", () => {
  const hour = "2025-03-09T07:00:00.000Z/2025-03-09T08:00:00.000Z";
  const { observations, warnings } = readingOf(source, collection(climate({})));
  expect(warnings).toEqual([]);
  expect(observations.map(lineOf)).toEqual([
    `CA-ON temperature TORONTO CITY (6158355): ${hour} 1.4 °C measured`,
    `CA-ON humidity TORONTO CITY (6158355): ${hour} 78 % estimated`,
    `CA-ON wind-speed TORONTO CITY (6158355): ${hour} null km/h measured`,
    `CA-ON wind-direction TORONTO CITY (6158355): ${hour} 70 ° measured`,
    `CA-ON pressure TORONTO CITY (6158355): ${hour} 1003.5 hPa measured`,
    "CA-ON precipitation TORONTO CITY (6158355): 2025-03-09T06:00:00.000Z/2025-03-09T07:00:00.000Z 0.3 mm measured",
  ]);
});

test("reads an observation in real time, of the region whose load centre is near", () => {
  const hour = "2026-03-06T05:00:00.000Z/2026-03-06T06:00:00.000Z";
  expect(readingOf(source, collection(swob({}))).observations.map(lineOf)).toEqual([
    `CA-ON temperature Billy Bishop (CYTZ): ${hour} 1.4 °C preliminary`,
    `CA-ON dew-point Billy Bishop (CYTZ): ${hour} -2.1 °C preliminary`,
    `CA-ON humidity Billy Bishop (CYTZ): ${hour} 78 % preliminary`,
    `CA-ON wind-speed Billy Bishop (CYTZ): ${hour} 20.5 km/h preliminary`,
    `CA-ON wind-direction Billy Bishop (CYTZ): ${hour} 77 ° preliminary`,
    "CA-ON precipitation Billy Bishop (CYTZ): 2026-03-06T04:00:00.000Z/2026-03-06T05:00:00.000Z 0.2 mm preliminary",
  ]);
});

test("what didn't pass its checks is null, and observations between the hours are left to others", () => {
  const { observations, warnings } = readingOf(source, collection(swob({ "air_temp-qa": 10 }), swob({ obs_date_tm: "2026-03-06T05:07:00.000Z" })));
  expect(observations[0]?.value).toBeNull();
  expect(observations).toHaveLength(6);
  expect(warnings).toEqual([expect.stringContaining("didn't pass")]);
});

test("names flags, provinces and stations that it doesn't know", () => {
  const warned = (feature: object) => readingOf(source, collection(feature)).warnings;
  expect(warned(climate({ TEMP_FLAG: "Z" }))).toEqual([expect.stringContaining("flag Z")]);
  expect(warned(climate({ PROVINCE_CODE: "ME" }))).toEqual([expect.stringContaining("ME")]);
  expect(warned({ ...swob({}), geometry: { type: "Point", coordinates: [0, 0] } })).toEqual([expect.stringContaining("no load centre")]);
});

describe("refuses", () => {
  test.each([
    ["another unit", swob({ "air_temp-uom": "K" }), /in K/],
    ["degrees where tens are meant", climate({ WIND_DIRECTION: 77 }), /no weather/],
    ["a temperature in kelvin", climate({ TEMP: 274.5 }), /no weather/],
    ["no time", { type: "Feature", geometry: null, properties: { TEMP: 1 } }, /no time/],
    ["a time that is none", climate({ UTC_DATE: "2025-03-09T25:00:00" }), /no time/],
    ["a half hour of the archive", climate({ UTC_DATE: "2025-03-09T07:30:00" }), /isn't an hour/],
  ])("%s", (_, feature, message) => expect(() => readingOf(source, collection(feature))).toThrow(message));
  test("an error of the service", () => expect(() => readingOf(source, '{"code":"NoApplicableCode","description":"too many requests"}')).toThrow(/isn't what is expected/));
});

const names = /"(TORONTO CITY|6158355|Billy Bishop|CYTZ)"/;
test("a damaged archive is refused or right", () => {
  // A flag that is gone is as good as none: no reader can tell.
  const plain = { RELATIVE_HUMIDITY_FLAG: null, WIND_SPEED_FLAG: null };
  expectNoWrongNumbersInJson(source, collection(climate(plain), climate({ ...plain, UTC_DATE: "2025-03-09T08:00:00", TEMP: 2 })), { names });
});

test("damaged observations are refused or right", () => expectNoWrongNumbersInJson(source, collection(swob({})), { names }));

test("asks for the stations around each place, a month at a time", () => {
  const newest = [...source.documents()].map(({ url }) => new URL(url));
  expect(newest).toHaveLength(18);
  expect(newest[8]?.pathname).toBe("/collections/swob-realtime/items");
  expect(newest[8]?.searchParams.get("bbox")).toBe("-79.58,43.50,-79.18,43.80");
  const history = [...source.documents({ from: new Date("2025-01-01T00:00:00Z"), to: new Date("2025-02-15T00:00:00Z") })].map(({ url }) => new URL(url).searchParams.get("datetime"));
  expect(history.slice(0, 2)).toEqual(["2025-01-01T00:00:00Z/2025-01-31T23:59:59Z", "2025-02-01T00:00:00Z/2025-02-14T23:59:59Z"]);
});
