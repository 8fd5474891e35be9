import { fiveMinutesOf, parseDay, type Day } from "#domains/grid/time/intervals.ts";
import type { Metric, Observation } from "#domains/grid/schema.ts";
import { iesoHours, iesoLicence, iesoOffsetHours, iesoZone, momentIn } from "./ieso.ts";
import { documentOf, iesoReport, newestOf, numbered, readingOf, textOfChild, Warnings } from "./ieso-report.ts";
import { SourceFormatError, type Source } from "./source.ts";
import { integerOf, numberOf } from "./text.ts";
import { all, textIn, type Element } from "./xml.ts";

const report = "RealtimeOntarioZonalPrice";
/** Of the present form; the first one numbered the names of its elements. */
const elements = ["DeliveryDate", "DeliveryHour", "ZonalPrice", "Interval", "Flag", "LmpCap", "LossPriceCap", "CongPriceCap", "AveragePrice"];
const firstElements = /^(DeliveryDate|RealTimePriceComponents|OntarioZonalPrice(Interval([1-9]|1[0-2]))?|Interval([1-9]|1[0-2])|Flag([1-9]|1[0-2])?|AverageHeading)$/;

const parts: readonly { element: string; metric: Metric; firstName: RegExp }[] = [
  { element: "LmpCap", metric: "price", firstName: /^zonal price$/i },
  { element: "LossPriceCap", metric: "price-losses", firstName: /\bloss\b/i },
  { element: "CongPriceCap", metric: "price-congestion", firstName: /\bcong/i },
];

/** RealtimeOntarioZonalPrice: the price of energy in Ontario by five minutes since 2025-05-01, one document an hour. */
export const iesoZonalPrice: Source = {
  id: "ieso.zonal-price",
  name: "IESO real-time Ontario price",
  publisher: "IESO",
  licence: iesoLicence,
  page: "https://www.ieso.ca/Power-Data/Data-Directory",
  cadenceMinutes: 5,
  zone: iesoZone,
  rules: {
    unit: "CAD/MWh, with the parts of it that losses and congestion make",
    time: "Interval 1 to 12 of hour 1 to 24, which names the hour that ends then, EST (UTC−5) all year; the average of the hour isn't an interval",
    sign: "Prices below zero are prices: who generates pays",
  },
  *documents(range) {
    if (!range) yield newestOf(report);
    // The hour before the newest: its last intervals may have come after it was fetched.
    for (const hour of iesoHours(range ?? momentIn(-1))) yield documentOf(report, hour);
  },
  read({ bytes }) {
    const { publishedAt, body } = iesoReport(bytes, [report]);
    const warnings = new Warnings();
    const first = all(body, "RealTimePriceComponents");
    return readingOf(publishedAt, first.length > 0 ? readFirst(body, first, warnings) : readPresent(body, warnings), warnings);
  },
};

function readPresent(body: Element, warnings: Warnings): Observation[] {
  warnings.unknownNames(body, elements);
  const day = parseDay(textOfChild(body, "DeliveryDate"));
  const hour = integerOf(textIn(body, "DeliveryHour"), "DeliveryHour");
  return numbered(all(body, "ZonalPrice"), "Interval").flatMap(({ number, element }) => {
    warnings.flag(textIn(element, "Flag"));
    return parts.map((part) => priceOf(part.metric, day, hour, number, textIn(element, part.element)));
  });
}

/** The first form, of 2025: the day and hour in a sentence, and for each part of the price one element an interval. */
function readFirst(body: Element, components: readonly Element[], warnings: Warnings): Observation[] {
  const delivery = /^For (\d{4}-\d{2}-\d{2}) - Hour (\d{1,2})$/.exec(textOfChild(body, "DeliveryDate"));
  if (!delivery) throw new SourceFormatError("DeliveryDate names no day and hour");
  const day = parseDay(delivery[1] ?? "");
  const hour = integerOf(delivery[2], "Hour");
  warnings.unknownNames(body, firstElements);
  return components.flatMap((component) => {
    const name = textIn(component, "OntarioZonalPrice") ?? "";
    const part = parts.find(({ firstName }) => firstName.test(name));
    if (!part) {
      warnings.add(name === "" ? "A part of the price has no name: it was left out" : `${name} is new in this report: it was left out`);
      return [];
    }
    return Array.from({ length: 12 }, (_, i) => i + 1).flatMap((number) => {
      const interval = all(component, `OntarioZonalPriceInterval${number}`);
      if (interval.length > 1) throw new SourceFormatError(`There are several intervals ${number} of ${name}`);
      return interval.map((element) => {
        warnings.flag(textIn(element, `Flag${number}`) ?? textIn(element, "Flag"));
        return priceOf(part.metric, day, hour, number, textIn(element, `Interval${number}`));
      });
    });
  });
}

function priceOf(metric: Metric, day: Day, hour: number, interval: number, text: string | undefined): Observation {
  return { region: "CA-ON", metric, unit: "CAD/MWh", quality: "measured", ...fiveMinutesOf(day, hour, interval, iesoOffsetHours), value: numberOf(text) };
}
