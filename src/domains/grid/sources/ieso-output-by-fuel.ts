import { hourEnding, parseDay, type Interval } from "#domains/grid/time/intervals.ts";
import type { Observation } from "#domains/grid/schema.ts";
import { iesoAmountOf, iesoLicence, iesoOffsetHours, iesoYears, iesoZone, momentIn } from "./ieso.ts";
import { documentOf, iesoFuel, iesoReport, numbered, readingOf, textOfChild, Warnings } from "./ieso-report.ts";
import { SourceFormatError, type Source } from "./source.ts";
import { numberOf } from "./text.ts";
import { all, one, textIn, type Element } from "./xml.ts";

const report = "GenOutputbyFuelHourly";
const elements = ["DailyData", "Day", "HourlyData", "Hour", "FuelTotal", "Fuel", "EnergyValue", "OutputQuality", "Output"];
/** No fuel, but known: what the operator itself did, such as calling on loads. */
const controlActions = "CONTROL ACTIONS";

/** GenOutputbyFuelHourly: energy by fuel and hour, one document a year. */
export const iesoOutputByFuel: Source = {
  id: "ieso.output-by-fuel",
  name: "IESO hourly output by fuel",
  publisher: "IESO",
  licence: iesoLicence,
  page: "https://www.ieso.ca/Power-Data/Data-Directory",
  cadenceMinutes: 24 * 60,
  zone: iesoZone,
  rules: {
    unit: "MWh in the hour, from generators of 20 MW and more; an hour that misses some of its points is an estimate",
    time: "Hour 1 to 24 names the hour that ends then, EST (UTC−5) all year",
    sign: "Output is positive; of storage, which is part of the fuel other, only the discharge is in it",
  },
  *documents(range) {
    for (const year of iesoYears(range ?? momentIn(-24))) yield documentOf(report, String(year));
  },
  read({ bytes }) {
    const { publishedAt, body } = iesoReport(bytes, [report]);
    const warnings = new Warnings();
    warnings.unknownNames(body, elements);
    const partial = { values: 0, most: 0 };
    const observations = all(body, "DailyData").flatMap((daily) => {
      const day = parseDay(textOfChild(daily, "Day"));
      return numbered(all(daily, "HourlyData"), "Hour").flatMap(({ number, element }) => {
        const hour = hourEnding(day, number, iesoOffsetHours);
        return all(element, "FuelTotal").map((total) => fuelIn(total, hour, partial, warnings));
      });
    });
    if (partial.values > 0) warnings.add(`Values that miss points, and are estimates: ${partial.values} of ${observations.length}, each without ${partial.most} points at most`);
    return readingOf(publishedAt, observations, warnings);
  },
};

/**
 * The energy of one fuel in one hour. Its mark says how many of its points are missing (0 none, −2 two): what is added up
 * without them is less than what was put out, so it is an estimate, and nothing says that it will be made whole.
 */
function fuelIn(total: Element, hour: Interval, partial: { values: number; most: number }, warnings: Warnings): Observation {
  const name = textOfChild(total, "Fuel");
  const fuel = iesoFuel(name);
  const energy = one(total, "EnergyValue");
  const mark = numberOf(textOfChild(energy, "OutputQuality"));
  if (mark === null || !Number.isInteger(mark)) throw new SourceFormatError(`The quality of an hour of ${name} is no whole number`);
  const value = iesoAmountOf(numberOf(textIn(energy, "Output")), "output of one fuel");
  if (mark !== 0 && value !== null) {
    partial.values += 1;
    partial.most = Math.max(partial.most, Math.abs(mark));
  }
  if (fuel === undefined && name.toUpperCase() !== controlActions) warnings.add(`The fuel ${name} isn't known: its output is kept under that name, without a fuel`);
  return {
    region: "CA-ON", metric: "generation", unit: "MWh", ...(fuel === undefined ? { item: name } : { fuel }), ...hour,
    value, quality: mark === 0 ? "measured" : "estimated",
  };
}
