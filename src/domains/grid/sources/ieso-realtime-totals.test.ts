import { describe, expect, test } from "vitest";
import { expectNoWrongNumbersInXml, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { iesoRealtimeTotals } from "./ieso-realtime-totals.ts";

const quantity = (name: string, value: string) => `<MQ><MarketQuantity>${name}</MarketQuantity>${value === "none" ? "" : `<EnergyMW>${value}</EnergyMW>`}</MQ>`;
const names = ["Total Energy", "Total Loss", "Total Load", "Total Dispatch Load Scheduled OFF", "Total 10S", "Total 10N", "Total 30R", "ONTARIO DEMAND"];

function interval(number: number, values: readonly string[], flag = "DSO-RD"): string {
  return `<IntervalEnergy><Interval>${number}</Interval>${names.map((name, i) => quantity(name, values[i] ?? "none")).join("")}<Flag>${flag}</Flag></IntervalEnergy>`;
}

function document(intervals: readonly string[], { day = "2026-03-08", hour = 24, head = "" } = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${head}
<Document docID="RealtimeTotals" xmlns="http://www.ieso.ca/schema">
<DocHeader><DocTitle>Realtime Totals Report</DocTitle><DocRevision>1</DocRevision><CreatedAt>${day}T23:52:30</CreatedAt></DocHeader>
<DocBody><DeliveryDate>${day}</DeliveryDate><DeliveryHour>${hour}</DeliveryHour><Energies>
${intervals.join("\n")}
</Energies></DocBody>
</Document>
`;
}

const first = interval(1, ["15210.4", "250.3", "14960", "0", "301.5", "700", "99.9", "13001.2"]);
const second = interval(2, ["15190", "249.6", "14940.5", "12.5", "302", "701.1", "100", "12990.8"]);

test("reads every quantity of each five minutes; hour 24 ends the day at 5:00 UTC, on the day of a clock change as well", () => {
  const { publishedAt, observations, warnings } = readingOf(iesoRealtimeTotals, document([first, second]));
  expect(publishedAt?.toISOString()).toBe("2026-03-09T04:52:30.000Z");
  expect(warnings).toEqual([]);
  const when = "2026-03-09T04:00:00.000Z/2026-03-09T04:05:00.000Z";
  expect(observations.slice(0, 8).map(lineOf)).toEqual([
    `CA-ON supply: ${when} 15210.4 MW measured`,
    `CA-ON losses: ${when} 250.3 MW measured`,
    `CA-ON load: ${when} 14960 MW measured`,
    `CA-ON dispatchable-load-off: ${when} 0 MW measured`,
    `CA-ON reserve 10S: ${when} 301.5 MW measured`,
    `CA-ON reserve 10N: ${when} 700 MW measured`,
    `CA-ON reserve 30R: ${when} 99.9 MW measured`,
    `CA-ON demand: ${when} 13001.2 MW measured`,
  ]);
  expect(observations).toHaveLength(16);
  expect(observations.slice(15).map(lineOf)).toEqual(["CA-ON demand: 2026-03-09T04:05:00.000Z/2026-03-09T04:10:00.000Z 12990.8 MW measured"]);
});

test("names count without their prefix, elements in any order, line ends of either kind", () => {
  const whole = readingOf(iesoRealtimeTotals, document([first, second])).observations;
  const prefixed = document([first, second]).replaceAll(/<(\/?)(?=[A-Z])/g, "<$1ns0:").replace("xmlns=", "xmlns:ns0=");
  expect(readingOf(iesoRealtimeTotals, prefixed).observations).toEqual(whole);
  const turned = document([first, second].map((text) => text.replace(/<Interval>\d<\/Interval>/, "").replace("<Flag>", `${/<Interval>\d<\/Interval>/.exec(text)?.[0]}<Flag>`)));
  expect(readingOf(iesoRealtimeTotals, turned).observations).toEqual(whole);
  expect(readingOf(iesoRealtimeTotals, document([first, second]).replaceAll("\n", "\r\n")).observations).toEqual(whole);
});

test("a quantity without a number, or with an empty one, is null", () => {
  const { observations } = readingOf(iesoRealtimeTotals, document([interval(1, ["", "none", "14960", "0", "1", "1", "1", ""])]));
  expect(observations.map(({ metric, value }) => [metric, value]).filter(([, value]) => value === null)).toEqual([["supply", null], ["losses", null], ["demand", null]]);
});

test("what is new is named, and a mark other than the dispatch run's", () => {
  const { observations, warnings } = readingOf(iesoRealtimeTotals, document([first.replace("Total 30R", "Total 60R"), interval(2, ["1"], "ADMIN")]));
  expect(observations).toHaveLength(15);
  expect(warnings).toEqual([expect.stringContaining("Total 60R"), expect.stringContaining("ADMIN")]);
});

describe("what is refused", () => {
  test.each([
    ["supply that isn't load and losses", document([first.replace("14960", "14690")]), "aren't"],
    ["a gap between intervals", document([first, interval(3, ["1"])]), "follows"],
    ["two values for one interval", document([first, first.replace("13001.2", "13001.3")]), "two values"],
    ["interval 13", document([interval(13, ["1"])]), "no interval"],
    ["hour 25", document([first], { hour: 25 }), "no hour"],
    ["a day that doesn't exist", document([first], { day: "2026-02-30" }), "no day"],
    ["another report", document([first]).replace("RealtimeTotals", "RealtimeConstTotals"), "RealtimeConstTotals"],
    ["no interval at all", document([]), "no values"],
    ["entities", document([first], { head: '<!DOCTYPE x [<!ENTITY a "1">]>' }), "entities"],
  ])("%s", (_, text, message) => {
    expect(() => readingOf(iesoRealtimeTotals, text)).toThrow(message);
  });

  test("the same interval twice with the same values is one", () => {
    expect(readingOf(iesoRealtimeTotals, document([first, first])).observations).toHaveLength(8);
  });
});

test("damaged documents are refused or right", () => expectNoWrongNumbersInXml(iesoRealtimeTotals, document([first, second])), 30_000);

test("names the hours of a range by the hour's end, and the newest with the hour before it", () => {
  const range = { from: new Date("2026-09-28T03:30:00Z"), to: new Date("2026-09-28T06:00:00Z") };
  expect([...iesoRealtimeTotals.documents(range)].map(({ url }) => url.slice(-14))).toEqual(["2026092723.xml", "2026092724.xml", "2026092801.xml"]);
  const newest = [...iesoRealtimeTotals.documents()];
  expect(newest[0]).toEqual({ url: "https://reports-public.ieso.ca/public/RealtimeTotals/PUB_RealtimeTotals.xml" });
  expect(newest[1]).toMatchObject({ url: expect.stringMatching(/PUB_RealtimeTotals_\d{10}\.xml$/), mayBeMissing: true });
});
