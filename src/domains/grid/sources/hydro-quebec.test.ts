import { describe, expect, test } from "vitest";
import { expectNoWrongNumbersInJson, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { hydroQuebecDemand as demand } from "./hydro-quebec-demand.ts";
import { hydroQuebecProduction as production } from "./hydro-quebec-production.ts";

const hour = (date: string, hydraulique: number, eolien: number) => ({ date, valeurs: { total: hydraulique + eolien + 600, hydraulique, eolien, autres: 600, solaire: 0 } });
const report = (details: { date: string; valeurs: object }[], newest: number) => JSON.stringify({
  dateStart: "2026-11-20T00:00:00", dateEnd: "2026-11-22T00:00:00", recentHour: details[newest]?.date, indexDonneePlusRecent: newest, nbDateAvecData: newest + 1, details,
});
const generated = report([hour("2026-11-20T22:30:00", 20100, 900), hour("2026-11-20T23:30:00", 19800, 950), { date: "2026-11-21T00:30:00", valeurs: { total: 0 } }, { date: "2026-11-21T01:30:00", valeurs: {} }], 1);
const used = report([
  { date: "2026-11-20T23:45:00", valeurs: { demandeTotal: 24100 } }, { date: "2026-11-21T00:00:00", valeurs: { demandeTotal: 24050 } },
  { date: "2026-11-21T00:15:00", valeurs: {} }, { date: "2026-11-21T00:30:00", valeurs: {} },
], 1);
const valuesOf = (text: string, source = demand) => readingOf(source, text).observations.map(({ start, value }) => `${start.toISOString().slice(5, 16)} ${value}`);

test("reads generation by the hour that its stamp halves; what is to come, and what isn't there, is null", () => {
  const { observations, warnings } = readingOf(production, generated);
  expect(warnings).toEqual([]);
  const first = "2026-11-21T03:00:00.000Z/2026-11-21T04:00:00.000Z";
  expect(observations.slice(0, 6).map(lineOf)).toEqual([
    `CA-QC generation-total: ${first} 21600 MW estimated`,
    `CA-QC generation hydro: ${first} 20100 MW measured`,
    `CA-QC generation wind: ${first} 900 MW measured`,
    `CA-QC generation solar: ${first} 0 MW measured`,
    `CA-QC generation gas: ${first} null MW measured`,
    `CA-QC generation other: ${first} 600 MW estimated`,
  ]);
  expect(observations.slice(12).every(({ value }) => value === null)).toBe(true);
  expect(observations.at(-1)?.end.toISOString()).toBe("2026-11-21T07:00:00.000Z");
});

test("reads demand by the quarter that ends then", () => {
  expect(readingOf(demand, used).observations.map(lineOf)).toEqual([
    "CA-QC demand: 2026-11-21T04:30:00.000Z/2026-11-21T04:45:00.000Z 24100 MW measured",
    "CA-QC demand: 2026-11-21T04:45:00.000Z/2026-11-21T05:00:00.000Z 24050 MW measured",
    "CA-QC demand: 2026-11-21T05:00:00.000Z/2026-11-21T05:15:00.000Z null MW measured",
    "CA-QC demand: 2026-11-21T05:15:00.000Z/2026-11-21T05:30:00.000Z null MW measured",
  ]);
});

test("reads the portal's records, whose times have an offset", () => {
  const records = [
    { date: "2026-09-29T15:45:00+00:00", valeurs_demandetotal: 18260 }, { date: "2026-09-29T15:30:00+00:00", valeurs_demandetotal: 18382 },
    { date: "2026-09-30T03:45:00+00:00", valeurs_demandetotal: null },
  ];
  const expected = ["09-29T15:30 18260", "09-29T15:15 18382", "09-30T03:30 null"];
  expect(valuesOf(JSON.stringify({ total_count: 171, results: records }))).toEqual(expected);
  expect(valuesOf(JSON.stringify(records))).toEqual(expected);
  const mix = [{ date: "2026-09-28T04:30:00+00:00", valeurs_total: 13377, valeurs_hydraulique: 10779, valeurs_eolien: 1868, valeurs_autres: 730, valeurs_solaire: 0, valeurs_thermique: 0 }];
  expect(readingOf(production, JSON.stringify(mix)).observations.map(({ fuel, value }) => [fuel, value])).toEqual([
    [undefined, 13377], ["hydro", 10779], ["wind", 1868], ["solar", 0], ["gas", 0], ["other", 730],
  ]);
  expect(() => readingOf(demand, JSON.stringify([{ date: "2026-09-29T15:45:00", valeurs_demandetotal: 18260 }]))).toThrow(/no offset/);
});

describe("when the clocks change", () => {
  const quarters = (...entries: [string, number | null][]) => JSON.stringify({ details: entries.map(([date, value]) => ({ date, valeurs: value === null ? {} : { demandeTotal: value } })) });
  test("in autumn the hour that comes twice is read twice", () => {
    const text = quarters(["2025-11-02T00:30:00", 1], ["2025-11-02T01:30:00", 2], ["2025-11-02T01:30:00", 3], ["2025-11-02T02:30:00", 4]);
    expect(valuesOf(text)).toEqual(["11-02T04:15 1", "11-02T05:15 2", "11-02T06:15 3", "11-02T07:15 4"]);
  });
  test("in autumn, what comes once of the two is left out and said to be", () => {
    const { observations, warnings } = readingOf(demand, quarters(["2025-11-02T00:30:00", 1], ["2025-11-02T01:30:00", 2], ["2025-11-02T02:30:00", 4]));
    expect(observations.map(({ value }) => value)).toEqual([1, 4]);
    expect(warnings).toEqual([expect.stringContaining("2025-11-02T01:30:00")]);
  });
  test("in spring the hour that is left out is left out, with a warning only where it has a value", () => {
    const text = (value: number | null) => quarters(["2025-03-09T01:30:00", 1], ["2025-03-09T02:30:00", value], ["2025-03-09T03:30:00", 3]);
    expect(valuesOf(text(null))).toEqual(["03-09T06:15 1", "03-09T07:15 3"]);
    expect(readingOf(demand, text(null)).warnings).toEqual([]);
    expect(readingOf(demand, text(2)).warnings).toEqual([expect.stringContaining("02:30")]);
  });
});

test.each([
  ["sources that don't make their total", generated.replace("20100", "21000"), production, /sources make/],
  ["values after the newest", report([hour("2026-11-20T22:30:00", 20100, 900), hour("2026-11-20T23:30:00", 19800, 950)], 0), production, /is to come/],
  ["a newest that isn't there", generated.replace('"indexDonneePlusRecent":1', '"indexDonneePlusRecent":0'), production, /newest values/],
  ["times out of order", JSON.stringify({ details: [hour("2026-11-20T22:30:00", 1, 1), hour("2026-11-20T20:30:00", 1, 1)] }), production, /in order/],
  ["generation on the hour", generated.replaceAll(":30:00", ":00:00"), production, /half of an hour/],
  ["demand in kW", used.replace("24100", "24100000"), demand, /no demand/],
  ["generation for demand", generated, demand, /is to come|holds none/],
])("refuses %s", (_, text, source, message) => {
  expect(() => readingOf(source, text)).toThrow(message);
});

test("names a source that it doesn't know, and keeps the total", () => {
  const { observations, warnings } = readingOf(production, generated.replaceAll('"eolien"', '"marees"'));
  expect(warnings).toEqual([expect.stringContaining("marees")]);
  expect(observations[0]?.value).toBe(21600);
  expect(observations.find(({ fuel }) => fuel === "wind")?.value).toBeNull();
});

test("damaged generation is refused or right", () => expectNoWrongNumbersInJson(production, generated));
test("damaged demand is refused or right", () => expectNoWrongNumbersInJson(demand, used));
