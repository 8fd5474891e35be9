import { expect, test } from "vitest";
import { expectNoWrongNumbersInXml, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { iesoVgForecast } from "./ieso-vg-forecast.ts";

const forecast = (date: string, values: readonly (string | null)[], from = 1) =>
  `<EnergyForecast><ForecastDate>${date}</ForecastDate>${values.map((value, i) =>
    `<ForecastInterval><ForecastHour>${from + i}</ForecastHour>${value === null ? "" : `<MWOutput>${value}</MWOutput>`}</ForecastInterval>`).join("")}</EnergyForecast>`;
const zone = (name: string, ...forecasts: string[]) => `<ResourceData><ZoneName>${name}</ZoneName>${forecasts.join("")}</ResourceData>`;
const fuel = (name: string, ...zones: string[]) => `<FuelData><FuelType>${name}</FuelType>${zones.join("")}</FuelData>`;
const owner = (name: string, ...fuels: string[]) => `<OrganizationData><OrganizationType>${name}</OrganizationType>${fuels.join("")}</OrganizationData>`;

function document(...owners: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document docID="VGForecastSummary" xmlns="http://www.ieso.ca/schema">
<DocHeader><DocTitle>Variable Generation Forecast Summary Report</DocTitle><CreatedAt>2026-10-31T09:05:11</CreatedAt></DocHeader>
<DocBody><ForecastTimeStamp>2026-10-31T09:00:00</ForecastTimeStamp>
${owners.join("\n")}
</DocBody>
</Document>
`;
}

const market = owner("MARKET PARTICIPANT", fuel("Wind", zone("Bruce", forecast("2026-11-01", ["101.5", "99"])), zone("OntarioTotal", forecast("2026-11-01", ["2001", "0"]), forecast("2026-11-02", ["1805"]))));
const embedded = owner("EMBEDDED", fuel("Solar", zone("OntarioTotal", forecast("2026-11-01", ["", null, "12.25"], 22))));

test("reads each zone of each owner's wind and solar; autumn's clock change has no place in it", () => {
  const { publishedAt, observations, warnings } = readingOf(iesoVgForecast, document(market, embedded));
  expect(publishedAt?.toISOString()).toBe("2026-10-31T14:05:11.000Z");
  expect(warnings).toEqual([]);
  expect(observations.map(lineOf)).toEqual([
    "CA-ON generation-forecast wind MARKET PARTICIPANT Bruce: 2026-11-01T05:00:00.000Z/2026-11-01T06:00:00.000Z 101.5 MW forecast",
    "CA-ON generation-forecast wind MARKET PARTICIPANT Bruce: 2026-11-01T06:00:00.000Z/2026-11-01T07:00:00.000Z 99 MW forecast",
    "CA-ON generation-forecast wind MARKET PARTICIPANT OntarioTotal: 2026-11-01T05:00:00.000Z/2026-11-01T06:00:00.000Z 2001 MW forecast",
    "CA-ON generation-forecast wind MARKET PARTICIPANT OntarioTotal: 2026-11-01T06:00:00.000Z/2026-11-01T07:00:00.000Z 0 MW forecast",
    "CA-ON generation-forecast wind MARKET PARTICIPANT OntarioTotal: 2026-11-02T05:00:00.000Z/2026-11-02T06:00:00.000Z 1805 MW forecast",
    "CA-ON generation-forecast solar EMBEDDED OntarioTotal: 2026-11-02T02:00:00.000Z/2026-11-02T03:00:00.000Z null MW forecast",
    "CA-ON generation-forecast solar EMBEDDED OntarioTotal: 2026-11-02T03:00:00.000Z/2026-11-02T04:00:00.000Z null MW forecast",
    "CA-ON generation-forecast solar EMBEDDED OntarioTotal: 2026-11-02T04:00:00.000Z/2026-11-02T05:00:00.000Z 12.25 MW forecast",
  ]);
});

test("a new fuel and a new owner are named and kept under their names", () => {
  const { observations, warnings } = readingOf(iesoVgForecast, document(owner("RETAILER", fuel("Tidal", zone("East", forecast("2026-11-01", ["3"]))))));
  expect(observations.map(lineOf)).toEqual(["CA-ON generation-forecast RETAILER East Tidal: 2026-11-01T05:00:00.000Z/2026-11-01T06:00:00.000Z 3 MW forecast"]);
  expect(warnings).toEqual([expect.stringContaining("RETAILER"), expect.stringContaining("Tidal")]);
});

test.each([
  ["a gap between hours", document(market.replace("<ForecastHour>2<", "<ForecastHour>3<")), "follows"],
  ["a zone twice with other values", document(market, market.replace("101.5", "101.6")), "two values"],
  ["a zone without a name", document(market.replace("<ZoneName>Bruce</ZoneName>", "")), "ZoneName"],
  ["a forecast without a day", document(market.replace("<ForecastDate>2026-11-02</ForecastDate>", "")), "ForecastDate"],
  ["nothing at all", document(), "no values"],
])("%s is refused", (_, text, message) => {
  expect(() => readingOf(iesoVgForecast, text)).toThrow(message);
});

test("damaged documents are refused or right", () => {
  expectNoWrongNumbersInXml(iesoVgForecast, document(market, embedded), { names: /<(ZoneName|OrganizationType)>[^<]*/ });
}, 30_000);

test("names the days of a range, and the newest without one", () => {
  const range = { from: new Date("2026-11-01T05:00:00Z"), to: new Date("2026-11-02T05:00:00Z") };
  expect([...iesoVgForecast.documents(range)].map(({ url }) => url.slice(-12))).toEqual(["20261101.xml"]);
  expect([...iesoVgForecast.documents()]).toEqual([{ url: "https://reports-public.ieso.ca/public/VGForecastSummary/PUB_VGForecastSummary.xml" }]);
});
