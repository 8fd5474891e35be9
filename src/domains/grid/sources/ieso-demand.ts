import { hourEnding, parseDay } from "../intervals.ts";
import type { Observation } from "../schema.ts";
import { rowsUnder } from "./csv.ts";
import { iesoInstant, iesoLicence, iesoOffsetHours, iesoReports, iesoZone } from "./ieso.ts";
import type { Source } from "./source.ts";
import { integerOf, numberOf, textOf } from "./text.ts";

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
    const year = (at: Date) => new Date(at.getTime() + iesoOffsetHours * 3_600_000).getUTCFullYear();
    const now = new Date();
    const [first, last] = range ? [year(range.from), year(new Date(range.to.getTime() - 1))] : [year(now), year(now)];
    for (let at = Math.max(first, 2003); at <= last; at += 1) yield { url: `${iesoReports}/Demand/PUB_Demand_${at}.csv`, mayBeMissing: at > 2003 };
  },
  read({ bytes }) {
    const text = textOf(bytes);
    const publishedAt = iesoInstant(/^\\+Created at ([^,\n]+)/m.exec(text)?.[1]);
    const { rows, warnings } = rowsUnder(text, ["date", "hour", "market demand", "ontario demand"]);
    const observations = rows.flatMap((row): Observation[] => {
      const interval = hourEnding(parseDay(row["date"] ?? ""), integerOf(row["hour"], "Hour"), iesoOffsetHours);
      const common = { region: "CA-ON", unit: "MW", quality: "measured", ...interval } as const;
      return [
        { ...common, metric: "demand", value: numberOf(row["ontario demand"]) },
        { ...common, metric: "market-demand", value: numberOf(row["market demand"]) },
      ];
    });
    return { publishedAt, observations, warnings };
  },
};
