import { fiveMinutesOf, parseDay } from "#domains/grid/time/intervals.ts";
import type { Metric, Observation } from "#domains/grid/schema.ts";
import { iesoAmountOf, iesoHours, iesoLicence, iesoOffsetHours, iesoZone, momentIn } from "./ieso.ts";
import { documentOf, iesoReport, newestOf, numbered, readingOf, textOfChild, Warnings } from "./ieso-report.ts";
import { SourceFormatError, type Source } from "./source.ts";
import { integerOf, numberOf } from "./text.ts";
import { all, one, textIn, type Element } from "./xml.ts";

const report = "RealtimeTotals";
const elements = ["DeliveryDate", "DeliveryHour", "Energies", "IntervalEnergy", "Interval", "MQ", "MarketQuantity", "EnergyMW", "Flag"];

/** What the report's quantities are. */
const quantities: Readonly<Record<string, { metric: Metric; item?: string }>> = {
  "ONTARIO DEMAND": { metric: "demand" },
  "TOTAL ENERGY": { metric: "supply" },
  "TOTAL LOSS": { metric: "losses" },
  "TOTAL LOAD": { metric: "load" },
  "TOTAL DISPATCH LOAD SCHEDULED OFF": { metric: "dispatchable-load-off" },
  "TOTAL 10S": { metric: "reserve", item: "10S" },
  "TOTAL 10N": { metric: "reserve", item: "10N" },
  "TOTAL 30R": { metric: "reserve", item: "30R" },
};

/** RealtimeTotals: demand, supply, losses and reserve in intervals of five minutes, one document an hour. */
export const iesoRealtimeTotals: Source = {
  id: "ieso.realtime-totals",
  name: "IESO real-time totals",
  publisher: "IESO",
  licence: iesoLicence,
  page: "https://www.ieso.ca/Power-Data/Data-Directory",
  cadenceMinutes: 5,
  zone: iesoZone,
  rules: {
    unit: "MW, mean of five minutes, as the dispatch run has it",
    time: "Interval 1 to 12 of hour 1 to 24, which names the hour that ends then, EST (UTC−5) all year; an interval is published minutes before it ends",
    sign: "Every quantity is positive; supply includes imports, and load is supply less losses, exports included",
  },
  *documents(range) {
    if (!range) yield newestOf(report);
    // The hour before the newest: its last intervals may have come after it was fetched.
    for (const hour of iesoHours(range ?? momentIn(-1))) yield documentOf(report, hour);
  },
  read({ bytes }) {
    const { publishedAt, body } = iesoReport(bytes, [report]);
    const day = parseDay(textOfChild(body, "DeliveryDate"));
    const hour = integerOf(textIn(body, "DeliveryHour"), "DeliveryHour");
    const warnings = new Warnings();
    warnings.unknownNames(body, elements);
    const observations = numbered(all(one(body, "Energies"), "IntervalEnergy"), "Interval").flatMap(({ number, element }): Observation[] => {
      const interval = fiveMinutesOf(day, hour, number, iesoOffsetHours);
      warnings.flag(textIn(element, "Flag"));
      const values = all(element, "MQ").flatMap((quantity) => valueOf(quantity, warnings));
      requireBalance(values, number);
      return values.map((value) => ({ region: "CA-ON", unit: "MW", quality: "measured", ...value, ...interval }));
    });
    return readingOf(publishedAt, observations, warnings);
  },
};

interface Quantity {
  metric: Metric;
  item?: string;
  value: number | null;
}

function valueOf(quantity: Element, warnings: Warnings): Quantity[] {
  const name = textOfChild(quantity, "MarketQuantity");
  const subject = quantities[name.toUpperCase()];
  if (!subject) warnings.add(`The quantity ${name} is new in this report: it was left out`);
  const value = numberOf(textIn(quantity, "EnergyMW"));
  return subject ? [{ ...subject, value: subject.metric === "demand" ? iesoAmountOf(value, "demand of Ontario") : value }] : [];
}

/** Supply less losses is load, but for rounding; where it isn't, numbers are in the wrong place. */
function requireBalance(values: readonly Quantity[], interval: number): void {
  const [supply, losses, load] = (["supply", "losses", "load"] as const).map((metric) => values.find((each) => each.metric === metric)?.value ?? null);
  if (supply == null || losses == null || load == null) return;
  if (Math.abs(supply - losses - load) > 1) throw new SourceFormatError(`In interval ${interval}, ${supply} MW less ${losses} MW of losses aren't ${load} MW`);
}
