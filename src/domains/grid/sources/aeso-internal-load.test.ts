import { expect, test } from "vitest";
import { expectNoWrongNumbers, expectNoWrongNumbersInJson, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { aesoInternalLoad as source } from "./aeso-internal-load.ts";

const api = JSON.stringify({
  timestamp: "2025-01-15 18:05:00.000+0000", responseCode: "200",
  return: { "Actual Forecast Report": [
    { begin_datetime_utc: "2025-01-15 16:00", begin_datetime_mpt: "2025-01-15 09:00", alberta_internal_load: "11020.0", forecast_alberta_internal_load: "10988" },
    { begin_datetime_utc: "2025-01-15 17:00", begin_datetime_mpt: "2025-01-15 10:00", alberta_internal_load: "", forecast_alberta_internal_load: "11003" },
  ] },
});
const report = `Actual / Forecast\r\n\r\n""\r\n\r\nDate,Forecast Pool Price,Actual Posted Pool Price,Forecast AIL,Actual AIL,Forecast AIL & Actual AIL Difference\r
"01/15/2025 10","$41.20","39.85","10,988","11,020","-32"\r
"01/15/2025 11","40.10","-","11,003","-","-"\r
`;

test("reads load and forecast from the API", () => {
  expect(readingOf(source, api).observations.map(lineOf)).toEqual([
    "CA-AB internal-load: 2025-01-15T16:00:00.000Z/2025-01-15T17:00:00.000Z 11020 MW measured",
    "CA-AB demand-forecast: 2025-01-15T16:00:00.000Z/2025-01-15T17:00:00.000Z 10988 MW forecast",
    "CA-AB internal-load: 2025-01-15T17:00:00.000Z/2025-01-15T18:00:00.000Z null MW measured",
    "CA-AB demand-forecast: 2025-01-15T17:00:00.000Z/2025-01-15T18:00:00.000Z 11003 MW forecast",
  ]);
});

test("reads the report, its prices included, under both names of its columns", () => {
  const expected = [
    "CA-AB internal-load: 2025-01-15T16:00:00.000Z/2025-01-15T17:00:00.000Z 11020 MW measured",
    "CA-AB demand-forecast: 2025-01-15T16:00:00.000Z/2025-01-15T17:00:00.000Z 10988 MW forecast",
    "CA-AB price-forecast: 2025-01-15T16:00:00.000Z/2025-01-15T17:00:00.000Z 41.2 CAD/MWh forecast",
    "CA-AB price: 2025-01-15T16:00:00.000Z/2025-01-15T17:00:00.000Z 39.85 CAD/MWh measured",
    "CA-AB internal-load: 2025-01-15T17:00:00.000Z/2025-01-15T18:00:00.000Z null MW measured",
    "CA-AB demand-forecast: 2025-01-15T17:00:00.000Z/2025-01-15T18:00:00.000Z 11003 MW forecast",
    "CA-AB price-forecast: 2025-01-15T17:00:00.000Z/2025-01-15T18:00:00.000Z 40.1 CAD/MWh forecast",
    "CA-AB price: 2025-01-15T17:00:00.000Z/2025-01-15T18:00:00.000Z null CAD/MWh measured",
  ];
  expect(readingOf(source, report)).toMatchObject({ warnings: [] });
  expect(readingOf(source, report).observations.map(lineOf)).toEqual(expected);
  expect(readingOf(source, report.replace("Forecast AIL,", "Day-Ahead Forecasted AIL,")).observations.map(lineOf)).toEqual(expected);
});

test("a load of nothing is an hour to come; one that can't be is refused", () => {
  expect(readingOf(source, api.replace("11020.0", "0.0")).observations[0]?.value).toBeNull();
  expect(() => readingOf(source, api.replace("11020.0", "11020000"))).toThrow(/no load of Alberta/);
});

test("damaged documents are refused or right", () => {
  expectNoWrongNumbers(source, report);
  expectNoWrongNumbersInJson(source, api);
});
