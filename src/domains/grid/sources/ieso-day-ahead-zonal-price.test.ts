import { expect, test } from "vitest";
import { expectNoWrongNumbersInXml, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { iesoDayAheadZonalPrice } from "./ieso-day-ahead-zonal-price.ts";

const hour = (number: number, price: string, losses: string, congestion: string, flag = "DSO-RD") =>
  `<HourlyPriceComponents><PricingHour>${number}</PricingHour><ZonalPrice>${price}</ZonalPrice><LossPriceCapped>${losses}</LossPriceCapped><CongestionPriceCapped>${congestion}</CongestionPriceCapped><Flag>${flag}</Flag></HourlyPriceComponents>`;

function document(hours: readonly string[], day = "2026-11-01"): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document docID="DAHourlyOntarioZonalPrice" xmlns="http://www.ieso.ca/schema"><DocHeader><CreatedAt>2026-10-31T12:31:16</CreatedAt></DocHeader>
<DocBody><DeliveryDate>${day}</DeliveryDate>
${hours.join("\n")}
</DocBody></Document>
`;
}

const hours = [hour(1, "39.09", "0.26", "0"), hour(2, "-4.10", "-0.34", "-3.72"), hour(3, "", "", "")];

test("reads the price of each hour with its parts, below zero too; autumn's clock change has no place in it", () => {
  const { publishedAt, observations, warnings } = readingOf(iesoDayAheadZonalPrice, document(hours));
  expect(publishedAt?.toISOString()).toBe("2026-10-31T17:31:16.000Z");
  expect(warnings).toEqual([]);
  const [one, two, three] = [5, 6, 7].map((at) => `2026-11-01T0${at}:00:00.000Z/2026-11-01T0${at + 1}:00:00.000Z`);
  expect(observations.map(lineOf)).toEqual([
    `CA-ON day-ahead-price: ${one} 39.09 CAD/MWh measured`,
    `CA-ON day-ahead-price-losses: ${one} 0.26 CAD/MWh measured`,
    `CA-ON day-ahead-price-congestion: ${one} 0 CAD/MWh measured`,
    `CA-ON day-ahead-price: ${two} -4.1 CAD/MWh measured`,
    `CA-ON day-ahead-price-losses: ${two} -0.34 CAD/MWh measured`,
    `CA-ON day-ahead-price-congestion: ${two} -3.72 CAD/MWh measured`,
    `CA-ON day-ahead-price: ${three} null CAD/MWh measured`,
    `CA-ON day-ahead-price-losses: ${three} null CAD/MWh measured`,
    `CA-ON day-ahead-price-congestion: ${three} null CAD/MWh measured`,
  ]);
});

test("an administered price is kept, and said to be one", () => {
  expect(readingOf(iesoDayAheadZonalPrice, document([hour(1, "1", "0", "0", "ADMIN")])).warnings).toEqual([expect.stringContaining("ADMIN")]);
});

test.each([
  ["hour 25", document([hour(25, "1", "0", "0")]), "no hour"],
  ["a gap between hours", document([hour(1, "1", "0", "0"), hour(3, "1", "0", "0")]), "follows"],
  ["two prices for one hour", document([hour(1, "1", "0", "0"), hour(1, "2", "0", "0")]), "two values"],
  ["a day that doesn't exist", document(hours, "2026-11-31"), "no day"],
  ["the real-time report", document(hours).replace("DAHourlyOntarioZonalPrice", "RealtimeOntarioZonalPrice"), "RealtimeOntarioZonalPrice"],
  ["nothing at all", document([]), "no values"],
])("%s is refused", (_, text, message) => {
  expect(() => readingOf(iesoDayAheadZonalPrice, text)).toThrow(message);
});

test("damaged documents are refused or right", () => expectNoWrongNumbersInXml(iesoDayAheadZonalPrice, document(hours)), 30_000);

test("names the days of a range, and the newest without one", () => {
  const range = { from: new Date("2026-11-01T04:00:00Z"), to: new Date("2026-11-01T06:00:00Z") };
  expect([...iesoDayAheadZonalPrice.documents(range)].map(({ url }) => url.slice(-12))).toEqual(["20261031.xml", "20261101.xml"]);
  expect([...iesoDayAheadZonalPrice.documents()]).toHaveLength(1);
});
