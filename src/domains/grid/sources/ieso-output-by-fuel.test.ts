import { expect, test } from "vitest";
import { expectNoWrongNumbersInXml, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { iesoOutputByFuel } from "./ieso-output-by-fuel.ts";

type Fuel = readonly [name: string, quality: string, output?: string];

const hour = (number: number, fuels: readonly Fuel[]) =>
  `<HourlyData><Hour>${number}</Hour>${fuels.map(([name, quality, output]) =>
    `<FuelTotal><Fuel>${name}</Fuel><EnergyValue><OutputQuality>${quality}</OutputQuality>${output === undefined ? "" : `<Output>${output}</Output>`}</EnergyValue></FuelTotal>`).join("")}</HourlyData>`;

const day = (date: string, hours: readonly string[]) => `<DailyData><Day>${date}</Day>${hours.join("")}</DailyData>`;

function document(days: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document docID="GenOutputbyFuelHourly" xmlns="http://www.ieso.ca/schema">
<DocHeader><DocTitle>Generator Output by Fuel Type Hourly Report</DocTitle><DocRevision>1</DocRevision><CreatedAt>2026-03-09T06:55:02</CreatedAt></DocHeader>
<DocBody>
${days.join("\n")}
</DocBody>
</Document>
`;
}

const spring = day("2026-03-08", [
  hour(2, [["NUCLEAR", "0", "9602"], ["GAS", "-2", "1203"], ["OTHER", "0", "0"], ["CONTROL ACTIONS", "-1"]]),
  hour(3, [["NUCLEAR", "0", "9598"], ["GAS", "0", "1251.5"], ["OTHER", "0", "14"]]),
]);

test("reads energy by fuel, the hour of spring's clock change included; what misses points is an estimate, what is absent null", () => {
  const { publishedAt, observations, warnings } = readingOf(iesoOutputByFuel, document([spring]));
  expect(publishedAt?.toISOString()).toBe("2026-03-09T11:55:02.000Z");
  const [second, third] = ["2026-03-08T06:00:00.000Z/2026-03-08T07:00:00.000Z", "2026-03-08T07:00:00.000Z/2026-03-08T08:00:00.000Z"];
  expect(observations.map(lineOf)).toEqual([
    `CA-ON generation nuclear: ${second} 9602 MWh measured`,
    `CA-ON generation gas: ${second} 1203 MWh estimated`,
    `CA-ON generation other: ${second} 0 MWh measured`,
    `CA-ON generation CONTROL ACTIONS: ${second} null MWh estimated`,
    `CA-ON generation nuclear: ${third} 9598 MWh measured`,
    `CA-ON generation gas: ${third} 1251.5 MWh measured`,
    `CA-ON generation other: ${third} 14 MWh measured`,
  ]);
  expect(warnings).toEqual(["Values that miss points, and are estimates: 1 of 7, each without 2 points at most"]);
});

test("days of a year follow one another in one document, each with hours of its own", () => {
  const { observations } = readingOf(iesoOutputByFuel, document([day("2026-12-31", [hour(24, [["WIND", "0", "7"]])]), day("2027-01-01", [hour(1, [["WIND", "0", "8"]])])]));
  expect(observations.map(lineOf)).toEqual([
    "CA-ON generation wind: 2027-01-01T04:00:00.000Z/2027-01-01T05:00:00.000Z 7 MWh measured",
    "CA-ON generation wind: 2027-01-01T05:00:00.000Z/2027-01-01T06:00:00.000Z 8 MWh measured",
  ]);
});

test("a new fuel is named, and its output kept under that name", () => {
  const { observations, warnings } = readingOf(iesoOutputByFuel, document([day("2026-01-01", [hour(1, [["GEOTHERMAL", "0", "3"]])])]));
  expect(observations.map(lineOf)).toEqual(["CA-ON generation GEOTHERMAL: 2026-01-01T05:00:00.000Z/2026-01-01T06:00:00.000Z 3 MWh measured"]);
  expect(warnings).toEqual([expect.stringContaining("GEOTHERMAL")]);
});

test.each([
  ["no word on quality", document([spring.replace("<OutputQuality>-2</OutputQuality>", "")]), "OutputQuality"],
  ["a quality that is no whole number", document([spring.replace("-2", "0.5")]), "quality"],
  ["a gap between hours", document([day("2026-03-08", [hour(1, [["GAS", "0", "1"]]), hour(3, [["GAS", "0", "1"]])])]), "follows"],
  ["a day twice with other values", document([spring, spring.replace("9602", "9603")]), "two values"],
  ["a fuel twice in an hour", document([spring.replace("OTHER", "NUCLEAR")]), "two values"],
  ["an output in kWh", document([spring.replace("9602", "9602000")]), "9602000 is no output of one fuel"],
  ["an output far below zero", document([spring.replace(">1203<", ">-12030<")]), "-12030 is no output of one fuel"],
  ["no day at all", document([]), "no values"],
])("%s is refused", (_, text, message) => {
  expect(() => readingOf(iesoOutputByFuel, text)).toThrow(message);
});

test("damaged documents are refused or right", () => {
  expectNoWrongNumbersInXml(iesoOutputByFuel, document([spring, day("2026-03-09", [hour(1, [["NUCLEAR", "0", "9000"], ["HYDRO", "0", "4000"]])])]));
}, 30_000);

test("names the years of a range by the source's own clock", () => {
  const range = { from: new Date("2025-01-01T04:00:00Z"), to: new Date("2026-01-01T05:00:00Z") };
  expect([...iesoOutputByFuel.documents(range)].map(({ url }) => url.slice(-8))).toEqual(["2024.xml", "2025.xml"]);
  expect([...iesoOutputByFuel.documents()]).toHaveLength(1);
});
