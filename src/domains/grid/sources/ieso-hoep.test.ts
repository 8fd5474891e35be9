import { expect, test } from "vitest";
import { expectNoWrongNumbers, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { iesoHoep } from "./ieso-hoep.ts";

const comments = "\\\\Yearly HOEP OR Predispatch Report,,,,,,,,\n\\\\Created at 2025-05-01 07:31:12,,,,,,,,\n\\\\For 2025,,,,,,,,\n";
const header = "Date,Hour,HOEP,Hour 1 Predispatch,Hour 2 Predispatch,Hour 3 Predispatch,OR 10 Min Sync,OR 10 Min non-sync,OR 30 Min\n";
const rows = `2025-03-09,2,29.76,31.02,30,28.5,5.1,0.2,0.2
2025-03-09,3,-3.21,0,-1.5,2.25,0,0,0
2025-04-30,24,"1,999.99",45,,44.1,30,30,30
`;

test("reads the price and what predispatch said of it, the hour of spring's clock change included", () => {
  const { publishedAt, observations, warnings } = readingOf(iesoHoep, comments + header + rows);
  expect(publishedAt?.toISOString()).toBe("2025-05-01T12:31:12.000Z");
  expect(warnings).toEqual([]);
  const [two, three, last] = ["2025-03-09T06:00:00.000Z/2025-03-09T07:00:00.000Z", "2025-03-09T07:00:00.000Z/2025-03-09T08:00:00.000Z", "2025-05-01T04:00:00.000Z/2025-05-01T05:00:00.000Z"];
  expect(observations.map(lineOf)).toEqual([
    `CA-ON price: ${two} 29.76 CAD/MWh measured`,
    `CA-ON price-forecast Hour 1 Predispatch: ${two} 31.02 CAD/MWh forecast`,
    `CA-ON price-forecast Hour 2 Predispatch: ${two} 30 CAD/MWh forecast`,
    `CA-ON price-forecast Hour 3 Predispatch: ${two} 28.5 CAD/MWh forecast`,
    `CA-ON price: ${three} -3.21 CAD/MWh measured`,
    `CA-ON price-forecast Hour 1 Predispatch: ${three} 0 CAD/MWh forecast`,
    `CA-ON price-forecast Hour 2 Predispatch: ${three} -1.5 CAD/MWh forecast`,
    `CA-ON price-forecast Hour 3 Predispatch: ${three} 2.25 CAD/MWh forecast`,
    `CA-ON price: ${last} 1999.99 CAD/MWh measured`,
    `CA-ON price-forecast Hour 1 Predispatch: ${last} 45 CAD/MWh forecast`,
    `CA-ON price-forecast Hour 2 Predispatch: ${last} null CAD/MWh forecast`,
    `CA-ON price-forecast Hour 3 Predispatch: ${last} 44.1 CAD/MWh forecast`,
  ]);
});

test("reads a file without its comment lines, with CRLF, and without predispatch", () => {
  const whole = readingOf(iesoHoep, comments + header + rows).observations;
  expect(readingOf(iesoHoep, header + rows)).toEqual({ publishedAt: null, observations: whole, warnings: [] });
  expect(readingOf(iesoHoep, (comments + header + rows).replaceAll("\n", "\r\n")).observations).toEqual(whole);
  expect(readingOf(iesoHoep, "Date,Hour,HOEP\n2003-01-01,1,52.1\n").observations.map(lineOf)).toEqual(["CA-ON price: 2003-01-01T05:00:00.000Z/2003-01-01T06:00:00.000Z 52.1 CAD/MWh measured"]);
});

test("a new column is named", () => {
  expect(readingOf(iesoHoep, "Date,Hour,HOEP,Uplift\n2003-01-01,1,52.1,3\n").warnings).toEqual([expect.stringContaining("uplift")]);
});

test.each([
  ["a price after its end", `${header}2025-05-01,1,30,,,,,,\n`, "ended"],
  ["hour 0", `${header}2025-01-01,0,30,,,,,,\n`, "no hour"],
  ["an hour twice with other prices", `${header}2025-01-01,1,30,,,,,,\n2025-01-01,1,31,,,,,,\n`, "two values"],
  ["a cell too few", `${header}2025-01-01,1,30\n`, "cells"],
  ["a file of demand", "Date,Hour,Market Demand,Ontario Demand\n2025-01-01,1,1,1\n", "header"],
])("%s is refused", (_, text, message) => {
  expect(() => readingOf(iesoHoep, text)).toThrow(message);
});

test("hours after its end without a price are null", () => {
  expect(readingOf(iesoHoep, `${header}2025-05-01,1,,,,,,,\n`).observations.map(({ value }) => value)).toEqual([null, null, null, null]);
});

test("damaged files are refused or right", () => expectNoWrongNumbers(iesoHoep, comments + header + rows));

test("names the files of a range's years, none after 2025; without a range, the last", () => {
  const years = (from: string, to: string) => [...iesoHoep.documents({ from: new Date(from), to: new Date(to) })].map(({ url }) => url.slice(-8, -4));
  expect(years("2001-06-01T00:00:00Z", "2003-01-01T05:00:00Z")).toEqual(["2002"]);
  expect(years("2025-01-01T04:59:00Z", "2027-01-01T00:00:00Z")).toEqual(["2024", "2025"]);
  expect([...iesoHoep.documents()].map(({ url }) => url.slice(-8, -4))).toEqual(["2025"]);
});
