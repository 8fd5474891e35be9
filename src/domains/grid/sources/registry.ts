import { aesoCurrentSupplyDemand } from "./aeso-current-supply-demand.ts";
import { iesoDemand } from "./ieso-demand.ts";
import { iesoGeneratorOutput } from "./ieso-generator-output.ts";
import { iesoOutputByFuel } from "./ieso-output-by-fuel.ts";
import { iesoRealtimeTotals } from "./ieso-realtime-totals.ts";
import { openMeteoWeather } from "./open-meteo-weather.ts";
import type { Source } from "./source.ts";

/** Every source, in the order that the page of sources shows them. */
export const sources: readonly Source[] = [
  iesoRealtimeTotals,
  iesoDemand,
  iesoGeneratorOutput,
  iesoOutputByFuel,
  aesoCurrentSupplyDemand,
  openMeteoWeather,
];

/** The source with this id, or null. */
export function findSource(id: string): Source | null {
  return sources.find((source) => source.id === id) ?? null;
}
