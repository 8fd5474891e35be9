import { spanFrom } from "#domains/grid/time/intervals.ts";
import type { Observation } from "#domains/grid/schema.ts";
import { distinct } from "./distinct.ts";
import { hydroQuebecDocuments, hydroQuebecLicence, hydroQuebecZone, slotsOf } from "./hydro-quebec.ts";
import { SourceFormatError, type Source } from "./source.ts";

const quarterMs = 15 * 60_000;

/** Demand in Québec by quarter of an hour, of today and yesterday. */
export const hydroQuebecDemand: Source = {
  id: "hydro-quebec.demand",
  name: "Hydro-Québec demand",
  publisher: "Hydro-Québec",
  licence: hydroQuebecLicence,
  page: "https://www.hydroquebec.com/documents-data/open-data/history-electricity-demand-quebec/",
  cadenceMinutes: 15,
  zone: hydroQuebecZone,
  rules: {
    unit: "MW, mean of the quarter of an hour",
    time: "A time is the end of its quarter, as Hydro-Québec says of its history (2:00 is the mean of what was up to 2:00), by Montréal's clocks without an offset",
    sign: "Demand is positive; a quarter to come has no value",
  },
  documents: (range) => hydroQuebecDocuments("demande", range),
  read({ bytes }) {
    const { slots, warnings } = slotsOf(bytes, "demandeTotal", ["demandeTotal"]);
    const observations = slots.map(({ at, values }): Observation => {
      if (at.getTime() % quarterMs !== 0) throw new SourceFormatError(`${at.toISOString()} isn't the end of a quarter of an hour`);
      const value = values["demandeTotal"] ?? null;
      if (value !== null && (value < 0 || value > 100_000)) throw new SourceFormatError(`${value} MW is no demand of Québec`);
      return { region: "CA-QC", metric: "demand", unit: "MW", quality: "measured", ...spanFrom(new Date(at.getTime() - quarterMs), 15), value };
    });
    return { publishedAt: null, observations: distinct(observations), warnings };
  },
};
