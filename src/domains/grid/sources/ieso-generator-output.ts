import { hourEnding, parseDay, type Day } from "#domains/grid/time/intervals.ts";
import type { Metric, Observation } from "#domains/grid/schema.ts";
import { iesoAmountOf, iesoDays, iesoLicence, iesoOffsetHours, iesoZone, momentIn } from "./ieso.ts";
import { documentOf, iesoFuel, iesoReport, newestOf, numbered, readingOf, textOfChild, Warnings } from "./ieso-report.ts";
import type { Source } from "./source.ts";
import { numberOf } from "./text.ts";
import { all, one, textIn, type Element } from "./xml.ts";

const report = "GenOutputCapability";
const elements = ["Date", "Generators", "Generator", "GeneratorName", "FuelType", "Outputs", "Output", "Capabilities", "Capability", "Capacities", "AvailCapacity", "Hour", "EnergyMW"];

/** GenOutputCapability: output, capability and available capacity of every generator of 20 MW and more, one document a day. */
export const iesoGeneratorOutput: Source = {
  id: "ieso.generator-output",
  name: "IESO generator output and capability",
  publisher: "IESO",
  licence: iesoLicence,
  page: "https://www.ieso.ca/Power-Data/Data-Directory",
  cadenceMinutes: 60,
  zone: iesoZone,
  rules: {
    unit: "MW, mean of the hour, for each generator of 20 MW and more that takes part in the market; what is embedded in distribution isn't in it",
    time: "Hour 1 to 24 names the hour that ends then, EST (UTC−5) all year; the capability of wind and solar is a forecast",
    sign: "Output is positive; a generator that draws from the grid shows less than 0",
  },
  *documents(range) {
    if (!range) yield newestOf(report);
    // After midnight the newest is another day's, and the last hours of the day before are in that day's.
    for (const { text } of iesoDays(range ?? momentIn(-24))) yield documentOf(report, text);
  },
  read({ bytes }) {
    const { publishedAt, body } = iesoReport(bytes, [report]);
    const day = parseDay(textOfChild(body, "Date"));
    const warnings = new Warnings();
    warnings.unknownNames(body, elements);
    const observations = all(one(body, "Generators"), "Generator").flatMap((generator) => generatorIn(generator, day, publishedAt, warnings));
    return readingOf(publishedAt, observations, warnings);
  },
};

function generatorIn(generator: Element, day: Day, publishedAt: Date, warnings: Warnings): Observation[] {
  const item = textOfChild(generator, "GeneratorName");
  const fuelName = textOfChild(generator, "FuelType");
  const fuel = iesoFuel(fuelName);
  const subject = { region: "CA-ON", unit: "MW", item, ...(fuel === undefined ? {} : { fuel }) } as const;
  const series = (metric: Metric, list: string, name: string, quality: "measured" | "forecast"): Observation[] => {
    const [parent] = all(generator, list).length === 0 ? [] : [one(generator, list)];
    if (!parent) return [];
    return numbered(all(parent, name), "Hour").map(({ number, element }) => {
      const hour = hourEnding(day, number, iesoOffsetHours);
      // What hasn't begun can't have been put out: a number there only fills the place.
      const ahead = metric === "generation" && hour.start >= publishedAt;
      return { ...subject, metric, quality, ...hour, value: ahead ? null : iesoAmountOf(numberOf(textIn(element, "EnergyMW")), metric === "generation" ? "output of one generator" : "capability of one generator") };
    });
  };
  const variable = fuel === "wind" || fuel === "solar";
  if (fuel === undefined) {
    warnings.add(`${item} has the fuel ${fuelName}, which isn't known: its output is kept without a fuel, and its capability, which may be a forecast, left out`);
  }
  return [
    ...series("generation", "Outputs", "Output", "measured"),
    ...(fuel === undefined ? [] : variable ? series("generation-forecast", "Capabilities", "Capability", "forecast") : series("capability", "Capabilities", "Capability", "measured")),
    ...series("available-capacity", "Capacities", "AvailCapacity", "measured"),
  ];
}
