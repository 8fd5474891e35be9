import { expect, test } from "vitest";
import { expectNoWrongNumbers, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { iesoDemand } from "./ieso-demand.ts";

const header = "\\\\Hourly Demand Report,,,\n\\\\Created at 2026-03-09 07:30:09,,,\n\\\\For 2026,,,\n";
const rows = `Date,Hour,Market Demand,Ontario Demand
2026-03-08,1,17021,14800
2026-03-08,2,16990,14655
2026-03-08,3,16800,14502
2026-03-08,24,17511,15020
`;

test("reads both demands of each hour, the hour of spring's clock change included", () => {
  const { publishedAt, observations, warnings } = readingOf(iesoDemand, header + rows);
  expect(publishedAt?.toISOString()).toBe("2026-03-09T12:30:09.000Z");
  expect(warnings).toEqual([]);
  expect(observations.map(lineOf)).toEqual([
    "CA-ON demand: 2026-03-08T05:00:00.000Z/2026-03-08T06:00:00.000Z 14800 MW measured",
    "CA-ON market-demand: 2026-03-08T05:00:00.000Z/2026-03-08T06:00:00.000Z 17021 MW measured",
    "CA-ON demand: 2026-03-08T06:00:00.000Z/2026-03-08T07:00:00.000Z 14655 MW measured",
    "CA-ON market-demand: 2026-03-08T06:00:00.000Z/2026-03-08T07:00:00.000Z 16990 MW measured",
    "CA-ON demand: 2026-03-08T07:00:00.000Z/2026-03-08T08:00:00.000Z 14502 MW measured",
    "CA-ON market-demand: 2026-03-08T07:00:00.000Z/2026-03-08T08:00:00.000Z 16800 MW measured",
    "CA-ON demand: 2026-03-09T04:00:00.000Z/2026-03-09T05:00:00.000Z 15020 MW measured",
    "CA-ON market-demand: 2026-03-09T04:00:00.000Z/2026-03-09T05:00:00.000Z 17511 MW measured",
  ]);
});

test("reads a file whose comment lines were stripped, with CRLF, and with columns in another order", () => {
  const whole = readingOf(iesoDemand, header + rows).observations;
  expect(readingOf(iesoDemand, rows)).toEqual({ publishedAt: null, observations: whole, warnings: [] });
  expect(readingOf(iesoDemand, (header + rows).replaceAll("\n", "\r\n")).observations).toEqual(whole);
  const swapped = rows.split("\n").map((row) => row.split(",").reverse().join(",")).join("\n");
  expect(readingOf(iesoDemand, swapped).observations).toEqual(whole);
});

test("a last line that may be cut off is left out, and said to be", () => {
  const { observations, warnings } = readingOf(iesoDemand, rows.slice(0, -2));
  expect(observations).toHaveLength(6);
  expect(warnings).toEqual([expect.stringContaining("left out")]);
});

test("an empty cell is null, not zero", () => {
  expect(readingOf(iesoDemand, "Date,Hour,Market Demand,Ontario Demand\n2026-01-01,1,,-\n").observations.map(({ value }) => value)).toEqual([null, null]);
});

test.each([
  ["hour 25", "2026-01-01,25,1,1"],
  ["hour 0", "2026-01-01,0,1,1"],
  ["no such day", "2026-02-30,1,1,1"],
  ["words for a number", "2026-01-01,1,many,1"],
  ["an hour twice with other values", "2026-01-01,1,17000,15000\n2026-01-01,1,17000,15001"],
  ["a cell too few", "2026-01-01,1,17000"],
  ["a cell too many", "2026-01-01,1,17000,15000,1"],
  ["a demand ten thousand times too high", "2026-01-01,1,17000,161900000"],
  ["a demand below nothing", "2026-01-01,1,17000,-16190"],
  ["no demand at all", "2026-01-01,1,0,15000"],
])("%s is refused", (_, row) => {
  expect(() => readingOf(iesoDemand, `Date,Hour,Market Demand,Ontario Demand\n${row}\n`)).toThrow(/no (?:day|number|demand)|hour|instead|whole|two values/);
});

test("an hour twice with the same values is one", () => {
  expect(readingOf(iesoDemand, "Date,Hour,Market Demand,Ontario Demand\n2026-01-01,1,17000,15000\n2026-01-01,1,17000,15000\n").observations).toHaveLength(2);
});

test("damaged files are refused or right", () => expectNoWrongNumbers(iesoDemand, header + rows));

test("names the files of the years that a range touches, by the source's own clock", () => {
  const range = { from: new Date("2025-01-01T04:00:00Z"), to: new Date("2026-01-01T05:00:00Z") };
  expect([...iesoDemand.documents(range)].map(({ url }) => url.slice(-8, -4))).toEqual(["2024", "2025"]);
});
