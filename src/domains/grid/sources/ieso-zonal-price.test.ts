import { describe, expect, test } from "vitest";
import { expectNoWrongNumbersInXml, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { iesoZonalPrice } from "./ieso-zonal-price.ts";

type Price = readonly [price: string, losses: string, congestion: string];

const slot = (number: number, [price, losses, congestion]: Price, flag = "DSO-RD") =>
  `<ZonalPrice><Interval>${number}</Interval><Flag>${flag}</Flag><LmpCap>${price}</LmpCap><LossPriceCap>${losses}</LossPriceCap><CongPriceCap>${congestion}</CongPriceCap></ZonalPrice>`;

const header = `<DocHeader><DocTitle>Real-Time 5-min Ontario Zonal Energy Price Report</DocTitle><DocRevision>1</DocRevision><CreatedAt>2026-03-08T01:12:48</CreatedAt></DocHeader>`;

function document(slots: readonly string[], hour = 2): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document docID="RealtimeOntarioZonalPrice" xmlns="http://www.ieso.ca/schema">
${header}
<DocBody><DeliveryDate>2026-03-08</DeliveryDate><DeliveryHour>${hour}</DeliveryHour>
${slots.join("\n")}
<AveragePrice><LmpCap>20.54</LmpCap><LossPriceCap>0.6</LossPriceCap><CongPriceCap>0.00</CongPriceCap></AveragePrice>
</DocBody></Document>
`;
}

const slots = [slot(1, ["46.65", "0.63", "0.00"]), slot(2, ["-5.57", "-0.07", "-1.5"]), slot(3, ["", "", ""], "")];

/** The first form: one component for each part of the price, intervals in names. */
const component = (name: string, values: readonly string[]) =>
  `<RealTimePriceComponents><OntarioZonalPrice>${name}</OntarioZonalPrice>${values.map((value, i) =>
    `<OntarioZonalPriceInterval${i + 1}><Interval${i + 1}>${value}</Interval${i + 1}></OntarioZonalPriceInterval${i + 1}>`).join("")}<AverageHeading>20.54</AverageHeading></RealTimePriceComponents>`;

function first(components: readonly string[], delivery = "For 2026-03-08 - Hour 2"): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document docID="RealtimeOntarioZonalPrice" xmlns="http://www.ieso.ca/schema">
${header}
<DocBody><DeliveryDate>${delivery}</DeliveryDate>
${components.join("\n")}
</DocBody></Document>
`;
}

const components = [component("Zonal Price", ["46.65", "-5.57", ""]), component("Energy Loss Price", ["0.63", "-0.07", ""]), component("Energy Congestion Price", ["0.00", "-1.5", ""])];

test("reads prices and their parts, below zero too; empty slots are null, and the average is no interval", () => {
  const { publishedAt, observations, warnings } = readingOf(iesoZonalPrice, document(slots));
  expect(publishedAt?.toISOString()).toBe("2026-03-08T06:12:48.000Z");
  expect(warnings).toEqual([]);
  const [one, two, three] = ["2026-03-08T06:00:00.000Z/2026-03-08T06:05:00.000Z", "2026-03-08T06:05:00.000Z/2026-03-08T06:10:00.000Z", "2026-03-08T06:10:00.000Z/2026-03-08T06:15:00.000Z"];
  expect(observations.map(lineOf)).toEqual([
    `CA-ON price: ${one} 46.65 CAD/MWh measured`,
    `CA-ON price-losses: ${one} 0.63 CAD/MWh measured`,
    `CA-ON price-congestion: ${one} 0 CAD/MWh measured`,
    `CA-ON price: ${two} -5.57 CAD/MWh measured`,
    `CA-ON price-losses: ${two} -0.07 CAD/MWh measured`,
    `CA-ON price-congestion: ${two} -1.5 CAD/MWh measured`,
    `CA-ON price: ${three} null CAD/MWh measured`,
    `CA-ON price-losses: ${three} null CAD/MWh measured`,
    `CA-ON price-congestion: ${three} null CAD/MWh measured`,
  ]);
});

test("reads the first form alike, its components in any order", () => {
  const lines = (text: string) => readingOf(iesoZonalPrice, text).observations.map(lineOf).sort();
  const whole = readingOf(iesoZonalPrice, document(slots)).observations.map(lineOf).sort();
  expect(lines(first(components))).toEqual(whole);
  expect(lines(first(components.toReversed()))).toEqual(whole);
  expect(readingOf(iesoZonalPrice, first(components)).warnings).toEqual([]);
});

test("an administered price is kept, and said to be one", () => {
  const { observations, warnings } = readingOf(iesoZonalPrice, document([slot(1, ["50.00", "0", "0"], "ADMIN")]));
  expect(observations[0]?.value).toBe(50);
  expect(warnings).toEqual([expect.stringContaining("ADMIN")]);
});

test("a component of the first form that is new is named", () => {
  const { observations, warnings } = readingOf(iesoZonalPrice, first([...components, component("Carbon Price", ["1"])]));
  expect(observations).toHaveLength(9);
  expect(warnings).toEqual([expect.stringContaining("Carbon Price")]);
});

describe("what is refused", () => {
  test.each([
    ["interval 13", document([slot(13, ["1", "1", "1"])]), "no interval"],
    ["hour 25", document(slots, 25), "no hour"],
    ["a gap between intervals", document([slot(1, ["1", "1", "1"]), slot(3, ["1", "1", "1"])]), "follows"],
    ["two values for one interval", document([slots[0] ?? "", slot(1, ["46.66", "0.63", "0"])]), "two values"],
    ["words for a price", document([slot(1, ["dear", "0", "0"])]), "no number"],
    ["a day in words", first(components, "For the eighth of March - Hour 2"), "no day and hour"],
    ["a component twice with other values", first([...components, component("Zonal Price", ["46.66"])]), "two values"],
    ["no component with a name", first(components.map((text) => text.replace(/<OntarioZonalPrice>[^<]*<\/OntarioZonalPrice>/, ""))), "no values"],
    ["nothing but the average", document([]), "no values"],
  ])("%s", (_, text, message) => {
    expect(() => readingOf(iesoZonalPrice, text)).toThrow(message);
  });
});

test("damaged documents are refused or right", () => expectNoWrongNumbersInXml(iesoZonalPrice, document(slots)), 30_000);
test("damaged documents of the first form are refused or right", () => expectNoWrongNumbersInXml(iesoZonalPrice, first(components)), 30_000);

test("names the hours of a range, and the newest with the hour before it", () => {
  const range = { from: new Date("2026-03-08T04:00:00Z"), to: new Date("2026-03-08T06:00:00Z") };
  expect([...iesoZonalPrice.documents(range)].map(({ url }) => url.slice(-14))).toEqual(["2026030724.xml", "2026030801.xml"]);
  expect([...iesoZonalPrice.documents()].map(({ url }) => url.replace(/^.*PUB_/, "").replace(/\d{10}/, "HOUR"))).toEqual(["RealtimeOntarioZonalPrice.xml", "RealtimeOntarioZonalPrice_HOUR.xml"]);
});
