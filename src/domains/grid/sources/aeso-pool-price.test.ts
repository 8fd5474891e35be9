import { afterEach, describe, expect, test } from "vitest";
import { reloadEnvironment } from "#platform/config/environment.ts";
import { expectNoWrongNumbers, expectNoWrongNumbersInJson, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { aesoInternalLoad } from "./aeso-internal-load.ts";
import { aesoPoolPrice as source } from "./aeso-pool-price.ts";
import { aesoSmp } from "./aeso-smp.ts";

const api = JSON.stringify({
  timestamp: "2025-06-12 08:05:00.000+0000", responseCode: "200",
  return: { "Pool Price Report": [
    { begin_datetime_utc: "2025-06-12 06:00", begin_datetime_mpt: "2025-06-12 00:00", pool_price: "45.32", forecast_pool_price: "43.21", rolling_30day_avg: "38.15" },
    { begin_datetime_utc: "2025-06-12 07:00", begin_datetime_mpt: "2025-06-12 01:00", pool_price: "0.00", forecast_pool_price: "41.00", rolling_30day_avg: "38.10" },
    { begin_datetime_utc: "2025-06-12 08:00", begin_datetime_mpt: "2025-06-12 02:00", pool_price: "", forecast_pool_price: "40.5", rolling_30day_avg: "" },
  ] },
});
const report = `Pool Price\r\n\r\n""\r\n\r\nDate (HE),Price ($),30Ravg ($),AIL Demand (MW)\r
"06/12/2025 09","-","-","-"\r
"06/12/2025 08","-","-","10297.0"\r
"06/12/2025 07","13.90","50.08","9914.0"\r
"06/12/2025 06","9.71","50.07","9540.0"\r
\r
`;

afterEach(() => {
  delete process.env["AESO_API_KEY"];
  reloadEnvironment();
});

test("reads the API's hours; what isn't known yet is null", () => {
  const { publishedAt, observations, warnings } = readingOf(source, api);
  expect(publishedAt?.toISOString()).toBe("2025-06-12T08:05:00.000Z");
  expect(warnings).toEqual([]);
  expect(observations.map(lineOf)).toEqual([
    "CA-AB price: 2025-06-12T06:00:00.000Z/2025-06-12T07:00:00.000Z 45.32 CAD/MWh measured",
    "CA-AB price-forecast: 2025-06-12T06:00:00.000Z/2025-06-12T07:00:00.000Z 43.21 CAD/MWh forecast",
    "CA-AB price-30-day-average: 2025-06-12T06:00:00.000Z/2025-06-12T07:00:00.000Z 38.15 CAD/MWh measured",
    "CA-AB price: 2025-06-12T07:00:00.000Z/2025-06-12T08:00:00.000Z 0 CAD/MWh measured",
    "CA-AB price-forecast: 2025-06-12T07:00:00.000Z/2025-06-12T08:00:00.000Z 41 CAD/MWh forecast",
    "CA-AB price-30-day-average: 2025-06-12T07:00:00.000Z/2025-06-12T08:00:00.000Z 38.1 CAD/MWh measured",
    "CA-AB price: 2025-06-12T08:00:00.000Z/2025-06-12T09:00:00.000Z null CAD/MWh measured",
    "CA-AB price-forecast: 2025-06-12T08:00:00.000Z/2025-06-12T09:00:00.000Z 40.5 CAD/MWh forecast",
    "CA-AB price-30-day-average: 2025-06-12T08:00:00.000Z/2025-06-12T09:00:00.000Z null CAD/MWh measured",
  ]);
  const bare = JSON.stringify((JSON.parse(api) as { return: object }).return);
  expect(readingOf(source, bare).observations).toEqual(observations);
});

test("reads the report by hours that end; a dash is pending", () => {
  const { observations, warnings } = readingOf(source, report);
  expect(warnings).toEqual([]);
  expect(observations.filter(({ metric }) => metric !== "price-30-day-average").map(lineOf)).toEqual([
    "CA-AB price: 2025-06-12T14:00:00.000Z/2025-06-12T15:00:00.000Z null CAD/MWh measured",
    "CA-AB internal-load: 2025-06-12T14:00:00.000Z/2025-06-12T15:00:00.000Z null MW measured",
    "CA-AB price: 2025-06-12T13:00:00.000Z/2025-06-12T14:00:00.000Z null CAD/MWh measured",
    "CA-AB internal-load: 2025-06-12T13:00:00.000Z/2025-06-12T14:00:00.000Z 10297 MW measured",
    "CA-AB price: 2025-06-12T12:00:00.000Z/2025-06-12T13:00:00.000Z 13.9 CAD/MWh measured",
    "CA-AB internal-load: 2025-06-12T12:00:00.000Z/2025-06-12T13:00:00.000Z 9914 MW measured",
    "CA-AB price: 2025-06-12T11:00:00.000Z/2025-06-12T12:00:00.000Z 9.71 CAD/MWh measured",
    "CA-AB internal-load: 2025-06-12T11:00:00.000Z/2025-06-12T12:00:00.000Z 9540 MW measured",
  ]);
  expect(observations.find(({ metric, value }) => metric === "price-30-day-average" && value !== null)?.value).toBe(50.08);
  const smp = readingOf(aesoSmp, report);
  expect(smp.observations).toEqual(observations);
  expect(smp.warnings).toEqual([expect.stringContaining("pool prices")]);
});

describe("days of 23 and 25 hours", () => {
  const hours = (day: string, names: string[]) => readingOf(source, `Date (HE),Price ($),30Ravg ($)\n${names.map((name, i) => `"${day} ${name}","${i}.00","1"\n`).join("")}`)
    .observations.filter(({ metric }) => metric === "price").map(({ start }) => start.toISOString().slice(5, 16));
  const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i).padStart(2, "0"));
  test("in autumn hour 02 is followed by 02*", () => {
    const starts = hours("11/03/2024", ["01", "02", "02*", ...numbers(3, 24)]);
    expect(starts).toHaveLength(25);
    expect(new Set(starts).size).toBe(25);
    expect(starts.slice(0, 4)).toEqual(["11-03T06:00", "11-03T07:00", "11-03T08:00", "11-03T09:00"]);
  });
  test("in spring there is no hour 03", () => {
    expect(hours("03/09/2025", ["01", "02", ...numbers(4, 24)])).toHaveLength(23);
    expect(() => hours("03/09/2025", ["03"])).toThrow(/no hour 3/);
  });
});

test.each([
  ["two prices of one hour", report.replace("06/12/2025 06", "06/12/2025 07")],
  ["a day that isn't", report.replaceAll("06/12/2025", "13/42/2025")],
  ["hour 25", report.replace("2025 09", "2025 25")],
  ["words", report.replace("13.90", "cheap")],
  ["no columns", report.replace("Price ($)", "Prices")],
  ["an API's error", JSON.stringify({ statusCode: 429, message: "Rate limit is exceeded." })],
  ["half an hour", api.replace("2025-06-12 06:00", "2025-06-12 06:30")],
])("refuses %s", (_, text) => expect(() => readingOf(source, text)).toThrow(/two values|no hour|no day|no number|no header|Rate limit|begins no hour/));

test("names columns that it doesn't know, and times in MPT that aren't those of UTC", () => {
  expect(readingOf(source, report.replace("AIL Demand (MW)", "System Demand (MW)")).warnings).toEqual([expect.stringContaining("system demand (mw)")]);
  expect(readingOf(source, api.replace("2025-06-12 00:00", "2025-06-11 23:00")).warnings).toEqual([expect.stringContaining("UTC was taken")]);
});

test("damaged documents are refused or right", () => {
  expectNoWrongNumbers(source, report);
  expectNoWrongNumbersInJson(source, api);
});

describe("documents", () => {
  const range = { from: new Date("2024-01-01T07:00:00Z"), to: new Date("2025-03-01T07:00:00Z") };
  test("without a key are reports", () => {
    expect([...source.documents()].map(({ url }) => url)).toEqual([expect.stringMatching(/SMPriceReportServlet\?contentType=csv$/)]);
    expect([...source.documents(range)].map(({ url }) => url.slice(url.indexOf("Reports/") + 8))).toEqual([
      "HistoricalPoolPriceReportServlet?contentType=csv&beginDate=01012024&endDate=12312024",
      "HistoricalPoolPriceReportServlet?contentType=csv&beginDate=12312024&endDate=03012025",
    ]);
    expect([...aesoSmp.documents()]).toEqual([]);
    expect([...aesoInternalLoad.documents(range)]).toHaveLength(14);
  });

  test("with a key are the API's, which the key goes along with", () => {
    process.env["AESO_API_KEY"] = "a-key";
    reloadEnvironment();
    expect([...source.documents(range)]).toEqual([
      { url: "https://apimgw.aeso.ca/public/poolprice-api/v1.1/price/poolPrice?startDate=2024-01-01&endDate=2024-12-30", headers: { "API-KEY": "a-key", "Cache-Control": "no-cache" } },
      { url: "https://apimgw.aeso.ca/public/poolprice-api/v1.1/price/poolPrice?startDate=2024-12-31&endDate=2025-02-28", headers: { "API-KEY": "a-key", "Cache-Control": "no-cache" } },
    ]);
    expect([...aesoSmp.documents()]).toHaveLength(1);
  });
});
