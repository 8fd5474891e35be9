import { hourEnding, parseDay } from "#domains/grid/time/intervals.ts";
import type { Observation } from "#domains/grid/schema.ts";
import { iesoDays, iesoLicence, iesoOffsetHours, iesoZone } from "./ieso.ts";
import { documentOf, iesoReport, newestOf, numbered, readingOf, textOfChild, Warnings } from "./ieso-report.ts";
import type { Source } from "./source.ts";
import { numberOf } from "./text.ts";
import { all, textIn } from "./xml.ts";

const report = "DAHourlyOntarioZonalPrice";
const elements = ["DeliveryDate", "HourlyPriceComponents", "PricingHour", "ZonalPrice", "LossPriceCapped", "CongestionPriceCapped", "Flag"];

/** DAHourlyOntarioZonalPrice: the price of energy that the day-ahead market settled for each hour of the next day. */
export const iesoDayAheadZonalPrice: Source = {
  id: "ieso.day-ahead-zonal-price",
  name: "IESO day-ahead Ontario price",
  publisher: "IESO",
  licence: iesoLicence,
  page: "https://www.ieso.ca/Power-Data/Data-Directory",
  cadenceMinutes: 24 * 60,
  zone: iesoZone,
  rules: {
    unit: "CAD/MWh, with the parts of it that losses and congestion make",
    time: "Hour 1 to 24 names the hour that ends then, EST (UTC−5) all year; published about 12:30 for the day after",
    sign: "Prices below zero are prices: who generates pays",
  },
  *documents(range) {
    if (!range) yield newestOf(report);
    else for (const { text } of iesoDays(range)) yield documentOf(report, text);
  },
  read({ bytes }) {
    const { publishedAt, body } = iesoReport(bytes, [report]);
    const warnings = new Warnings();
    warnings.unknownNames(body, elements);
    const day = parseDay(textOfChild(body, "DeliveryDate"));
    const observations = numbered(all(body, "HourlyPriceComponents"), "PricingHour").flatMap(({ number, element }): Observation[] => {
      const common = { region: "CA-ON", unit: "CAD/MWh", quality: "measured", ...hourEnding(day, number, iesoOffsetHours) } as const;
      warnings.flag(textIn(element, "Flag"));
      return [
        { ...common, metric: "day-ahead-price", value: numberOf(textIn(element, "ZonalPrice")) },
        { ...common, metric: "day-ahead-price-losses", value: numberOf(textIn(element, "LossPriceCapped")) },
        { ...common, metric: "day-ahead-price-congestion", value: numberOf(textIn(element, "CongestionPriceCapped")) },
      ];
    });
    return readingOf(publishedAt, observations, warnings);
  },
};
