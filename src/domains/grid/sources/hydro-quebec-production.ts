import { spanFrom } from "#domains/grid/time/intervals.ts";
import type { Fuel, Observation } from "#domains/grid/schema.ts";
import { distinct } from "./distinct.ts";
import { hydroQuebecDocuments, hydroQuebecLicence, hydroQuebecZone, slotsOf } from "./hydro-quebec.ts";
import { SourceFormatError, type Source } from "./source.ts";

/** Thermal power is that of the gas turbines at Bécancour; others are biomass, biogas and small hydro, which Hydro-Québec estimates. */
const fuels: Record<string, { fuel: Fuel; quality: "measured" | "estimated" }> = {
  hydraulique: { fuel: "hydro", quality: "measured" },
  eolien: { fuel: "wind", quality: "measured" },
  solaire: { fuel: "solar", quality: "measured" },
  thermique: { fuel: "gas", quality: "measured" },
  autres: { fuel: "other", quality: "estimated" },
};

/** Generation in Québec by source and hour, of today and yesterday. */
export const hydroQuebecProduction: Source = {
  id: "hydro-quebec.production",
  name: "Hydro-Québec generation by source",
  publisher: "Hydro-Québec",
  licence: hydroQuebecLicence,
  page: "https://www.hydroquebec.com/documents-data/open-data/history-electricity-generation-quebec/",
  cadenceMinutes: 60,
  zone: hydroQuebecZone,
  rules: {
    unit: "MW, mean of the hour",
    time: "Each hour is stamped at its half, 8:30 for 8:00 to 9:00, by Montréal's clocks without an offset: a day's stamps run from 0:30 to 23:30, 24 for its 24 hours",
    sign: "Generation is positive; a total of 0 without sources stands for an hour to come",
  },
  documents: (range) => hydroQuebecDocuments("production", range),
  read({ bytes }) {
    const { slots, warnings } = slotsOf(bytes, "total", ["total", ...Object.keys(fuels)]);
    const observations = slots.flatMap(({ at, values }): Observation[] => {
      if (at.getUTCMinutes() !== 30 || at.getUTCSeconds() !== 0) throw new SourceFormatError(`${at.toISOString()} isn't the half of an hour`);
      const interval = spanFrom(new Date(at.getTime() - 30 * 60_000), 60);
      const common = { region: "CA-QC", unit: "MW", ...interval } as const;
      const total = values["total"] ?? null;
      const known = Object.keys(fuels).map((name) => values[name] ?? null);
      const sum = known.reduce<number>((all, value) => all + (value ?? 0), 0);
      // A source that isn't known by name leaves the others short of their total.
      if (total !== null && (sum > total + 3 || (sum < total - 3 && Object.keys(values).every((name) => name === "total" || name in fuels)))) {
        throw new SourceFormatError(`The total at ${at.toISOString()} is ${total} MW, but its sources make ${sum} MW`);
      }
      return [
        { ...common, metric: "generation-total", value: total, quality: "estimated" },
        ...Object.entries(fuels).map(([name, { fuel, quality }]) => ({ ...common, metric: "generation" as const, fuel, value: values[name] ?? null, quality })),
      ];
    });
    return { publishedAt: null, observations: distinct(observations), warnings };
  },
};
