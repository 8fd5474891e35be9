import { describe, expect, test } from "vitest";
import { expectNoWrongNumbersInXml, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { iesoAdequacy } from "./ieso-adequacy.ts";

type Values = readonly (number | string | null)[];

const list = (name: string, each: string, values: Values, unit = "EnergyMW") =>
  `<${name}>${values.map((value, i) => `<${each}><DeliveryHour>${i + 1}</DeliveryHour>${value === null ? "" : `<${unit}>${value}</${unit}>`}</${each}>`).join("")}</${name}>`;

const resource = (fuel: string, ...lists: string[]) => `<InternalResource><FuelType>${fuel}</FuelType>${lists.join("")}</InternalResource>`;

const nuclear = resource("Nuclear", list("Capacities", "Capacity", [13206, 13206]), list("Outages", "Outage", [4429, 4430]), list("Offers", "Offer", [8895, 8890]), list("Schedules", "Schedule", [8760, 8755]));
const wind = resource("Wind", list("Capacities", "Capacity", [4943, 4943]), list("Outages", "Outage", [31, null]), list("Forecasts", "Forecast", [2708, 2180]), list("Schedules", "Schedule", [2681, 2100]));

function document({ resources = [nuclear, wind], demand = list("ForecastOntDemand", "Demand", [15660, 15363]), exports = [-2875, 0] as Values, total = [11442, 10855] as Values, id = "Adequacy3" } = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document docID="${id}" xmlns="http://www.ieso.ca/schema">
<DocHeader><DocTitle>Adequacy Report</DocTitle><CreatedAt>2026-11-01T04:22:51</CreatedAt></DocHeader>
<DocBody><DeliveryDate>2026-11-01</DeliveryDate>
<ForecastSupply>${list("Capacities", "Capacity", [37988, 37988])}${list("Energies", "Energy", [23608, 23119], "EnergyMWhr")}<InternalResources>
${resources.join("\n")}
<TotalInternalResources>${list("Outages", "Outage", [10269, 10787])}${list("Schedules", "Schedule", total)}</TotalInternalResources></InternalResources>
<ZonalImports><ZonalImport><ZoneName>Quebec</ZoneName>${list("Schedules", "Schedule", [146, 144])}</ZonalImport><TotalImports>${list("Schedules", "Schedule", [230, 233])}</TotalImports></ZonalImports></ForecastSupply>
<ForecastDemand><OntarioDemand>${demand}${list("PeakDemand", "Demand", [15734, 15512])}${list("AverageDemand", "Demand", [15661, 15364])}</OntarioDemand>
<ZonalExports><TotalExports>${list("Bids", "Bid", [4263, 4118])}${list("Schedules", "Schedule", exports)}</TotalExports></ZonalExports>
<GenerationReserveHoldback>${list("TotalORReserve", "ORReserve", [1473, 1474])}</GenerationReserveHoldback></ForecastDemand>
</DocBody>
</Document>
`;
}

test("reads demand, peak, supply by fuel and in total, capacity, outages, interchange and reserve for each hour", () => {
  const { publishedAt, observations, warnings } = readingOf(iesoAdequacy, document());
  expect(publishedAt?.toISOString()).toBe("2026-11-01T09:22:51.000Z");
  expect(warnings).toEqual([]);
  const [first, second] = ["2026-11-01T05:00:00.000Z/2026-11-01T06:00:00.000Z", "2026-11-01T06:00:00.000Z/2026-11-01T07:00:00.000Z"];
  expect(observations.map(lineOf)).toEqual([
    `CA-ON demand-forecast: ${first} 15660 MW forecast`, `CA-ON demand-forecast: ${second} 15363 MW forecast`,
    `CA-ON peak-demand-forecast: ${first} 15734 MW forecast`, `CA-ON peak-demand-forecast: ${second} 15512 MW forecast`,
    `CA-ON supply-forecast: ${first} 11442 MW forecast`, `CA-ON supply-forecast: ${second} 10855 MW forecast`,
    `CA-ON scheduled-import: ${first} 230 MW forecast`, `CA-ON scheduled-import: ${second} 233 MW forecast`,
    `CA-ON scheduled-export: ${first} 2875 MW forecast`, `CA-ON scheduled-export: ${second} 0 MW forecast`,
    `CA-ON reserve-required: ${first} 1473 MW forecast`, `CA-ON reserve-required: ${second} 1474 MW forecast`,
    `CA-ON supply-forecast nuclear: ${first} 8760 MW forecast`, `CA-ON supply-forecast nuclear: ${second} 8755 MW forecast`,
    `CA-ON capacity nuclear: ${first} 13206 MW forecast`, `CA-ON capacity nuclear: ${second} 13206 MW forecast`,
    `CA-ON outage nuclear: ${first} 4429 MW forecast`, `CA-ON outage nuclear: ${second} 4430 MW forecast`,
    `CA-ON supply-forecast wind: ${first} 2681 MW forecast`, `CA-ON supply-forecast wind: ${second} 2100 MW forecast`,
    `CA-ON generation-forecast wind: ${first} 2708 MW forecast`, `CA-ON generation-forecast wind: ${second} 2180 MW forecast`,
    `CA-ON capacity wind: ${first} 4943 MW forecast`, `CA-ON capacity wind: ${second} 4943 MW forecast`,
    `CA-ON outage wind: ${first} 31 MW forecast`, `CA-ON outage wind: ${second} null MW forecast`,
  ]);
});

test("reads the older report and names with a prefix alike", () => {
  const whole = readingOf(iesoAdequacy, document());
  const prefixed = document({ id: "Adequacy2" }).replaceAll(/<(\/?)(?=[A-Z])/g, "<$1ns0:").replace("xmlns=", "xmlns:ns0=");
  expect(readingOf(iesoAdequacy, prefixed)).toEqual(whole);
});

describe("what is said", () => {
  test("a new fuel, kept under its name", () => {
    const { observations, warnings } = readingOf(iesoAdequacy, document({ resources: [nuclear, wind, resource("Storage", list("Schedules", "Schedule", [1, 0]))] }));
    expect(observations.slice(-2).map(lineOf)[0]).toBe("CA-ON supply-forecast Storage: 2026-11-01T05:00:00.000Z/2026-11-01T06:00:00.000Z 1 MW forecast");
    expect(warnings).toEqual([expect.stringContaining("Storage")]);
  });

  test("a list that isn't there", () => {
    expect(readingOf(iesoAdequacy, document().replaceAll("PeakDemand", "TopDemand")).warnings).toEqual([
      expect.stringContaining("TopDemand is new"), expect.stringContaining("PeakDemand isn't in this report"),
    ]);
  });

  test("a total that the fuels don't make up", () => {
    expect(readingOf(iesoAdequacy, document({ resources: [nuclear] })).warnings).toEqual([expect.stringContaining("2 hours")]);
  });
});

test.each([
  ["no forecast of demand", document({ demand: "" }), "no forecast"],
  ["exports of the other sign", document({ exports: [2875, 0] }), "sign"],
  ["a gap between hours", document().replace("<DeliveryHour>2<", "<DeliveryHour>3<").replace(/(<PeakDemand>.*?)<DeliveryHour>2</, "$1<DeliveryHour>3<"), "follows"],
  ["the same fuel twice with other values", document({ resources: [nuclear, nuclear.replace("8760", "8761")] }), "two values"],
  ["a demand in kW", document({ demand: list("ForecastOntDemand", "Demand", [15660000, 15363000]) }), "15660000 is no demand of Ontario"],
  ["a capacity below zero", document({ resources: [nuclear.replace(">13206<", ">-13206<")] }), "-13206 is no capacity"],
  ["a fuel's forecast far above its plants", document({ resources: [nuclear, wind.replace(">2708<", ">270800<")] }), "270800 is no output of one fuel"],
  ["exports of more than all lines carry", document({ exports: [-28750, 0] }), "28750 is no exchange"],
  ["a list twice", document({ demand: list("ForecastOntDemand", "Demand", [1]) + list("ForecastOntDemand", "Demand", [2]) }), "several"],
  ["another report", document({ id: "VGForecastSummary" }), "VGForecastSummary"],
])("%s is refused", (_, text, message) => {
  expect(() => readingOf(iesoAdequacy, text)).toThrow(message);
});

test("damaged documents are refused or right", () => expectNoWrongNumbersInXml(iesoAdequacy, document()), 30_000);

test("names the days of a range by the report of their time, and without one today and tomorrow", () => {
  const range = { from: new Date("2025-04-30T05:00:00Z"), to: new Date("2025-05-02T05:00:00Z") };
  expect([...iesoAdequacy.documents(range)].map(({ url }) => url.replace(/^.*\/PUB_/, ""))).toEqual(["Adequacy2_20250430.xml", "Adequacy3_20250501.xml"]);
  expect([...iesoAdequacy.documents()].map(({ url }) => url.replace(/\d{8}/, "DAY").slice(-17))).toEqual(["Adequacy3_DAY.xml", "Adequacy3_DAY.xml"]);
});
