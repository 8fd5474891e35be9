import { crc32, deflateRawSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { withEnvironment } from "../../../../tests/support/environment.ts";
import { expectNoWrongNumbers, expectNoWrongNumbersInJson, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { huggingfaceDataset, pagesOf } from "./huggingface-dataset.ts";
import { kaggleDataset } from "./kaggle-dataset.ts";
import { findSource } from "./registry.ts";

const ontario = "date,hour,hourly_demand,hourly_average_price\n2023-03-12,1,14137000,2.61\n2023-03-12,2,13872000,-0.3\n2023-03-12,24,13820000,\n";
const provinces = `date,province,producer,generation_type,megawatt_hours
2022-01-01,Ontario,electric utilities,nuclear steam turbine,7480000.5
2022-01-01,Alberta,industries,combustion turbine,2210000
2022-03-01,Quebec,electric utilities,hydraulic turbine,
`;

const restores: (() => void)[] = [];
/** Sets variables until the test ends. */
const given = (variables: Record<string, string>) => void restores.push(withEnvironment(variables));
afterEach(() => {
  for (let restore = restores.pop(); restore; restore = restores.pop()) restore();
});

test("reads Ontario's hours in EST, kWh or MW by their size, and ¢/kWh", () => {
  const { observations, warnings } = readingOf(kaggleDataset, ontario);
  expect(warnings).toEqual([expect.stringContaining("kWh of the hour")]);
  expect(observations.map(lineOf)).toEqual([
    "CA-ON demand: 2023-03-12T05:00:00.000Z/2023-03-12T06:00:00.000Z 14137 MW measured",
    "CA-ON price: 2023-03-12T05:00:00.000Z/2023-03-12T06:00:00.000Z 26.1 CAD/MWh measured",
    "CA-ON demand: 2023-03-12T06:00:00.000Z/2023-03-12T07:00:00.000Z 13872 MW measured",
    "CA-ON price: 2023-03-12T06:00:00.000Z/2023-03-12T07:00:00.000Z -3 CAD/MWh measured",
    "CA-ON demand: 2023-03-13T04:00:00.000Z/2023-03-13T05:00:00.000Z 13820 MW measured",
    "CA-ON price: 2023-03-13T04:00:00.000Z/2023-03-13T05:00:00.000Z null CAD/MWh measured",
  ]);
  const inMegawatts = ontario.replaceAll("000,", ",").replace("hourly_average_price", "average_hourly_price");
  const other = readingOf(kaggleDataset, inMegawatts);
  expect(other.observations).toEqual(observations);
  expect(other.warnings).toEqual([expect.stringContaining("in MW")]);
});

test("reads provinces' months by their own clocks; thermal turbines say no fuel", () => {
  const { observations, warnings } = readingOf(kaggleDataset, provinces);
  expect(warnings).toEqual([]);
  expect(observations.map(lineOf)).toEqual([
    "CA-ON generation nuclear nuclear steam turbine, electric utilities: 2022-01-01T05:00:00.000Z/2022-02-01T05:00:00.000Z 7480000.5 MWh measured",
    "CA-AB generation combustion turbine, industries: 2022-01-01T07:00:00.000Z/2022-02-01T07:00:00.000Z 2210000 MWh measured",
    "CA-QC generation hydro hydraulic turbine, electric utilities: 2022-03-01T05:00:00.000Z/2022-04-01T04:00:00.000Z null MWh measured",
  ]);
  expect(readingOf(kaggleDataset, provinces.replace("date,", "month,").replace("generation_type", "type").replaceAll("-01,", ",")).observations).toEqual(observations);
  expect(readingOf(kaggleDataset, provinces.replace("Ontario", "Canada").replace("combustion turbine", "flywheel")).warnings).toEqual([
    expect.stringContaining("canada"), expect.stringContaining("flywheel"),
  ]);
});

describe("refuses", () => {
  test.each([
    ["a set that isn't known, with what it found", "unique_id,timestamp,y\nA,2020-01-01,1\n", /unique_id, timestamp, y/],
    ["demand of another size", ontario.replace("14137000", "14137"), /neither in MW nor in kWh/],
    ["a price of another unit", ontario.replace("2.61", "261"), /¢\/kWh/],
    ["hour 25", ontario.replace(",24,", ",25,"), /no hour/],
    ["no rows", "date,hour,hourly_demand,hourly_average_price\n", /no rows/],
    ["Kaggle's errors", '{"code":401,"message":"Unauthenticated"}\n', /Unauthenticated/],
  ])("%s", (_, text, message) => expect(() => readingOf(kaggleDataset, text)).toThrow(message));
});

/** An archive of one deflated file, as Kaggle sends whole sets. */
function zipOf(name: string, text: string): Buffer {
  const content = Buffer.from(text);
  const packed = deflateRawSync(content);
  const common = (at: number, header: Buffer) => {
    header.writeUInt16LE(8, at);
    header.writeUInt32LE(crc32(content), at + 6);
    header.writeUInt32LE(packed.length, at + 10);
    header.writeUInt32LE(content.length, at + 14);
    header.writeUInt16LE(name.length, at + 18);
    return header;
  };
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50);
  const body = Buffer.concat([common(8, local), Buffer.from(name), packed]);
  const list = Buffer.concat([common(10, central), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, list, end]);
}

test("unpacks an archive of one file; refuses others, what is damaged and what is too large", () => {
  const zip = zipOf("ontario_electricity_demand.csv", ontario);
  expect(readingOf(kaggleDataset, zip)).toEqual(readingOf(kaggleDataset, ontario));
  expect(() => readingOf(kaggleDataset, zipOf("readme.txt", ontario))).toThrow(/readme\.txt, not one file/);
  const broken = Buffer.from(zip);
  broken[70] = (broken[70] ?? 0) ^ 0xff;
  expect(() => readingOf(kaggleDataset, broken)).toThrow(/checksum|unpacked/);
  for (let at = 4; at < zip.length; at += 7) expect(() => readingOf(kaggleDataset, zip.subarray(0, at))).toThrow();
  const bomb = zipOf("bomb.csv", "0".repeat(70 * 1024 * 1024));
  expect(() => readingOf(kaggleDataset, bomb)).toThrow(/more than/);
});

test("credentials go along; without any nothing is asked for", () => {
  const headers = () => [...kaggleDataset.documents()].map((document) => document.headers?.["authorization"]);
  expect(headers()).toEqual([]);
  given({ KAGGLE_USERNAME: "ann", KAGGLE_KEY: "k" });
  expect(headers()).toEqual(["Basic YW5uOms=", "Basic YW5uOms="]);
  given({ KAGGLE_API_TOKEN: "KGAT_x" });
  expect(headers()).toEqual(["Bearer KGAT_x", "Bearer KGAT_x"]);
});

const page = JSON.stringify({
  features: ["date", "hour", "hourly_demand", "hourly_average_price"].map((name, i) => ({ feature_idx: i, name, type: { dtype: "string" } })),
  rows: [
    { row_idx: 0, row: { date: "2023-03-12", hour: 1, hourly_demand: 14137000, hourly_average_price: 2.61 }, truncated_cells: [] },
    { row_idx: 1, row: { date: "2023-03-12", hour: 2, hourly_demand: 13872000, hourly_average_price: null }, truncated_cells: [] },
  ],
  num_rows_total: 2, num_rows_per_page: 100, partial: false,
});

test("reads a page of Hugging Face's rows, and names its pages", () => {
  expect(readingOf(huggingfaceDataset, page).observations.map(({ metric, value }) => [metric, value])).toEqual([["demand", 14137], ["price", 26.1], ["demand", 13872], ["price", null]]);
  expect(() => readingOf(huggingfaceDataset, '{"error":"The dataset is gated."}')).toThrow(/gated/);
  expect(() => readingOf(huggingfaceDataset, page.replace('"truncated_cells":[]', '"truncated_cells":["date"]'))).toThrow(/cut off in date/);
  given({ HF_TOKEN: "hf_x" });
  const pages = [...pagesOf({ dataset: "a/b", config: "default", split: "train", rows: 230 })];
  expect(pages.map(({ url }) => url.slice(url.indexOf("?")))).toEqual([
    "?dataset=a%2Fb&config=default&split=train&offset=0&length=100", "?dataset=a%2Fb&config=default&split=train&offset=100&length=100", "?dataset=a%2Fb&config=default&split=train&offset=200&length=30",
  ]);
  expect(pages[0]?.headers).toEqual({ authorization: "Bearer hf_x" });
});

test("a set is read by its name, all its pages; a page that isn't all of it says so", () => {
  const { setPages } = huggingfaceDataset;
  if (!setPages) throw new Error("Sets can't be named");
  const first = setPages.first("a/b");
  expect(first.url).toBe("https://datasets-server.huggingface.co/rows?dataset=a%2Fb&config=default&split=train&offset=0&length=100");
  const others = (text: string) => setPages.others("a/b", { bytes: new TextEncoder().encode(text), origin: first.url, fetchedAt: new Date() });
  const part = page.replace('"num_rows_total":2', '"num_rows_total":177000');
  expect(others(part)).toHaveLength(1_769);
  expect(others(part)[0]?.url).toContain("&offset=100&length=100");
  expect(others(page)).toEqual([]);
  expect(others(part).at(-1)?.url).toContain("&offset=176900&length=100");
  expect(readingOf(huggingfaceDataset, part).warnings).toContain("The first page has 2 of the set's 177000 rows: --dataset owner/name reads them all");
  expect(readingOf(huggingfaceDataset, page).warnings).not.toContainEqual(expect.stringContaining("first page"));
  expect(() => others('{"error":"The dataset is gated."}')).toThrow(/gated/);
  expect(() => others(page.replace('"num_rows_total":2,', ""))).toThrow(/how many rows/);
  expect(() => others(page.replace('"num_rows_total":2', '"num_rows_total":0'))).toThrow(/no rows/);
});

test.each([
  ["huggingface.dataset", "https://datasets-server.huggingface.co/rows?dataset=a", { authorization: "Bearer hf_x" }],
  ["huggingface.dataset", "http://datasets-server.huggingface.co/rows?dataset=a", {}],
  ["huggingface.dataset", "https://huggingface.co.example.com/rows", {}],
  ["kaggle.dataset", "https://www.kaggle.com/api/v1/datasets/download/a/b", { authorization: "Bearer KGAT_x" }],
  ["kaggle.dataset", "https://example.com/www.kaggle.com", {}],
  ["aeso.pool-price", "https://apimgw.aeso.ca/public/poolprice-api/v1.1/price/poolPrice?startDate=2024-01-01", { "API-KEY": "a-key", "Cache-Control": "no-cache" }],
  ["aeso.smp", "http://apimgw.aeso.ca/public/systemmarginalprice-api/v1.1", {}],
  ["aeso.internal-load", "https://apimgw.aeso.ca.example.com/public", {}],
  ["aeso.current-supply-demand", "http://ets.aeso.ca/ets_web/ip/Market/Reports/CSDReportServlet?contentType=csv", {}],
])("%s shows its credentials to its own hosts alone: %s", (id, url, headers) => {
  given({ HF_TOKEN: "hf_x", KAGGLE_API_TOKEN: "KGAT_x", AESO_API_KEY: "a-key" });
  expect(findSource(id)?.headersFor?.(new URL(url))).toEqual(headers);
});

test("damaged sets of Ontario are refused or right", () => expectNoWrongNumbers(kaggleDataset, ontario));
test("damaged sets of provinces are refused or right", () => expectNoWrongNumbers(kaggleDataset, provinces));
test("damaged pages are refused or right", () => expectNoWrongNumbersInJson(huggingfaceDataset, page));
