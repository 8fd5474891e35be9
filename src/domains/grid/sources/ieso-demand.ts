import { hourEnding, parseDay } from "#domains/grid/time/intervals.ts";
import type { Observation } from "#domains/grid/schema.ts";
import { rowsUnder } from "./csv.ts";
import { distinct } from "./distinct.ts";
import { iesoAmountOf, iesoInstant, iesoLicence, iesoOffsetHours, iesoReports, iesoYears, iesoZone, momentIn } from "./ieso.ts";
import type { Source } from "./source.ts";
import { integerOf, numberOf, textOf } from "./text.ts";

const firstYear = 2003;

/** Demand_YYYY.csv: market and Ontario demand by hour, from 2003 on. */
export const iesoDemand: Source = {
  id: "ieso.demand",
  name: "IESO hourly demand",
  publisher: "IESO",
  licence: iesoLicence,
  page: "https://www.ieso.ca/Power-Data/Data-Directory",
  cadenceMinutes: 24 * 60,
  zone: iesoZone,
  rules: {
    unit: "MW, mean of the hour",
    time: "Hour 1 to 24 names the hour that ends then, EST (UTC−5) all year",
    sign: "Demand is positive; market demand includes exports",
  },
  *documents(range) {
    // A day's numbers come the morning after: on the first of January they are in last year's file.
    for (const year of iesoYears(range ?? momentIn(-24))) {
      if (year >= firstYear) yield { url: `${iesoReports}/Demand/PUB_Demand_${year}.csv`, mayBeMissing: year > firstYear };
    }
  },
  read({ bytes }) {
    const text = textOf(bytes);
    const publishedAt = iesoInstant(/^\\+Created at ([^,\n]+)/m.exec(text)?.[1]);
    const { rows, warnings } = rowsUnder(text, ["date", "hour", "market demand", "ontario demand"]);
    const observations = rows.flatMap((row): Observation[] => {
      const interval = hourEnding(parseDay(row["date"] ?? ""), integerOf(row["hour"], "Hour"), iesoOffsetHours);
      const common = { region: "CA-ON", unit: "MW", quality: "measured", ...interval } as const;
      return [
        { ...common, metric: "demand", value: iesoAmountOf(numberOf(row["ontario demand"]), "demand of Ontario") },
        { ...common, metric: "market-demand", value: iesoAmountOf(numberOf(row["market demand"]), "demand of Ontario") },
      ];
    });
    return { publishedAt, observations: distinct(observations), warnings };
  },
};
