import { hourEnding, parseDay } from "#domains/grid/time/intervals.ts";
import type { Observation } from "#domains/grid/schema.ts";
import { rowsUnder } from "./csv.ts";
import { distinct } from "./distinct.ts";
import { iesoInstant, iesoLicence, iesoOffsetHours, iesoReports, iesoYears, iesoZone } from "./ieso.ts";
import { SourceFormatError, type Source } from "./source.ts";
import { integerOf, numberOf, textOf } from "./text.ts";

const report = "PriceHOEPPredispOR";
const firstYear = 2002;
const lastYear = 2025;
/** The first moment of the renewed market, which has no HOEP. */
const end = new Date("2025-05-01T05:00:00Z");

const predispatch = ["Hour 1 Predispatch", "Hour 2 Predispatch", "Hour 3 Predispatch"] as const;
/** Prices of operating reserve, which are for another good than energy, and aren't read. */
const reserve = ["or 10 min sync", "or 10 min non-sync", "or 30 min"];

/** PriceHOEPPredispOR_YYYY.csv: the hourly Ontario energy price, from 2002-05-01 to 2025-04-30. */
export const iesoHoep: Source = {
  id: "ieso.hoep",
  name: "IESO hourly Ontario energy price (to April 2025)",
  publisher: "IESO",
  licence: iesoLicence,
  page: "https://www.ieso.ca/Sector-Participants/Market-Operations/Legacy-Market/Hourly-Ontario-Energy-Price",
  cadenceMinutes: 24 * 60,
  endedAt: end,
  zone: iesoZone,
  rules: {
    unit: "CAD/MWh, mean of the hour; ended on 2025-04-30, when the Ontario price took its place",
    time: "Hour 1 to 24 names the hour that ends then, EST (UTC−5) all year; predispatch prices are forecasts made 1 to 3 hours before",
    sign: "Prices below zero are prices: who generates pays",
  },
  *documents(range) {
    const years = range ? [...iesoYears(range)] : [lastYear];
    for (const year of years) {
      if (year >= firstYear && year <= lastYear) yield { url: `${iesoReports}/${report}/PUB_${report}_${year}.csv`, mayBeMissing: true };
    }
  },
  read({ bytes }) {
    const text = textOf(bytes);
    const publishedAt = iesoInstant(/^\\+Created at ([^,\n]+)/m.exec(text)?.[1]);
    const { rows, warnings } = rowsUnder(text, ["date", "hour", "hoep"]);
    const known = ["date", "hour", "hoep", ...predispatch.map((name) => name.toLowerCase()), ...reserve];
    for (const name of Object.keys(rows[0] ?? {})) if (!known.includes(name)) warnings.push(`The column ${name} is new in this report: it was left out`);
    const observations = rows.flatMap((row): Observation[] => {
      const hour = hourEnding(parseDay(row["date"] ?? ""), integerOf(row["hour"], "Hour"), iesoOffsetHours);
      const common = { region: "CA-ON", unit: "CAD/MWh", ...hour } as const;
      const value = numberOf(row["hoep"]);
      if (hour.start >= end && value !== null) throw new SourceFormatError(`There is a price for ${row["date"]}, when it had ended`);
      return [
        { ...common, metric: "price", quality: "measured", value },
        ...predispatch.filter((name) => row[name.toLowerCase()] !== undefined)
          .map((name): Observation => ({ ...common, metric: "price-forecast", item: name, quality: "forecast", value: numberOf(row[name.toLowerCase()]) })),
      ];
    });
    return { publishedAt, observations: distinct(observations), warnings };
  },
};
