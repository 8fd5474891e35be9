import { aesoCurrentSupplyDemand } from "./aeso-current-supply-demand.ts";
import { aesoInternalLoad } from "./aeso-internal-load.ts";
import { aesoPoolPrice } from "./aeso-pool-price.ts";
import { aesoSmp } from "./aeso-smp.ts";
import { huggingfaceDataset } from "./huggingface-dataset.ts";
import { hydroQuebecDemand } from "./hydro-quebec-demand.ts";
import { hydroQuebecProduction } from "./hydro-quebec-production.ts";
import { iesoAdequacy } from "./ieso-adequacy.ts";
import { iesoDayAheadZonalPrice } from "./ieso-day-ahead-zonal-price.ts";
import { iesoDemand } from "./ieso-demand.ts";
import { iesoGeneratorOutput } from "./ieso-generator-output.ts";
import { iesoHoep } from "./ieso-hoep.ts";
import { iesoIntertieFlow } from "./ieso-intertie-flow.ts";
import { iesoOutputByFuel } from "./ieso-output-by-fuel.ts";
import { iesoRealtimeTotals } from "./ieso-realtime-totals.ts";
import { iesoVgForecast } from "./ieso-vg-forecast.ts";
import { iesoZonalPrice } from "./ieso-zonal-price.ts";
import { kaggleDataset } from "./kaggle-dataset.ts";
import { mscWeather } from "./msc-weather.ts";
import { nbPowerSystem } from "./nb-power-system.ts";
import { openMeteoWeather } from "./open-meteo-weather.ts";
import type { Source } from "./source.ts";

/** Every source, in the order that the page of sources shows them. */
export const sources: readonly Source[] = [
  iesoRealtimeTotals,
  iesoDemand,
  iesoGeneratorOutput,
  iesoOutputByFuel,
  iesoIntertieFlow,
  iesoAdequacy,
  iesoVgForecast,
  iesoZonalPrice,
  iesoDayAheadZonalPrice,
  iesoHoep,
  aesoCurrentSupplyDemand,
  aesoPoolPrice,
  aesoInternalLoad,
  aesoSmp,
  hydroQuebecProduction,
  hydroQuebecDemand,
  nbPowerSystem,
  openMeteoWeather,
  mscWeather,
  kaggleDataset,
  huggingfaceDataset,
];

/** The source with this id, or null. */
export function findSource(id: string): Source | null {
  return sources.find((source) => source.id === id) ?? null;
}
