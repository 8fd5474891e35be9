import type { Fuel, Region } from "#domains/grid/schema.ts";
import type { FactorKind } from "#domains/grid/status/status-schema.ts";

/** How much greenhouse gas electricity of a fuel causes, with who says so. */
export interface EmissionFactor {
  fuel: Fuel;
  kind: FactorKind;
  /** Only there; elsewhere the row without a region counts. */
  region?: Region;
  gramsPerKwh: number;
  source: { title: string; url: string };
}

const ipcc = { title: "IPCC AR5 (2014), Working Group III, Annex III, table A.III.2: medians", url: "https://www.ipcc.ch/site/assets/uploads/2018/02/ipcc_wg3_ar5_annex-iii.pdf" };
const ipccSolar = { ...ipcc, title: "IPCC AR5 (2014), Working Group III, Annex III, table A.III.2: between the medians of rooftop (41) and utility (48) solar" };
const defaults = { title: "Electricity Maps, default emission factors", url: "https://github.com/electricitymaps/electricitymaps-contrib/wiki/Default-emission-factors" };
const ontario = { title: "Mallia and Lewis 2013, Life cycle greenhouse gas emissions of electricity generation in the province of Ontario", url: "https://doi.org/10.1007/s11367-012-0501-0" };

/** For a fuel that nobody names. */
const unknown = { title: `${defaults.title}: a fuel that isn't known`, url: defaults.url };

/** gCO2e/kWh. Storage has none: what it gives back was counted when it was made. Imports count as what their neighbour makes. */
export const emissionFactors: readonly EmissionFactor[] = [
  { fuel: "nuclear", kind: "lifecycle", gramsPerKwh: 12, source: ipcc },
  { fuel: "hydro", kind: "lifecycle", gramsPerKwh: 24, source: ipcc },
  { fuel: "biofuel", kind: "lifecycle", gramsPerKwh: 230, source: ipcc },
  { fuel: "coal", kind: "lifecycle", gramsPerKwh: 820, source: ipcc },
  { fuel: "gas", kind: "lifecycle", gramsPerKwh: 490, source: ipcc },
  { fuel: "wind", kind: "lifecycle", gramsPerKwh: 11, source: ipcc },
  { fuel: "solar", kind: "lifecycle", gramsPerKwh: 45, source: ipccSolar },
  { fuel: "other", kind: "lifecycle", gramsPerKwh: 700, source: unknown },
  { fuel: "nuclear", kind: "lifecycle", region: "CA-ON", gramsPerKwh: 4.8, source: ontario },
  { fuel: "hydro", kind: "lifecycle", region: "CA-ON", gramsPerKwh: 22, source: ontario },
  { fuel: "gas", kind: "lifecycle", region: "CA-ON", gramsPerKwh: 497, source: ontario },
  { fuel: "wind", kind: "lifecycle", region: "CA-ON", gramsPerKwh: 10.69, source: ontario },
  { fuel: "nuclear", kind: "direct", gramsPerKwh: 0, source: defaults },
  { fuel: "hydro", kind: "direct", gramsPerKwh: 0, source: defaults },
  { fuel: "biofuel", kind: "direct", gramsPerKwh: 0, source: defaults },
  { fuel: "coal", kind: "direct", gramsPerKwh: 760, source: defaults },
  { fuel: "gas", kind: "direct", gramsPerKwh: 370, source: defaults },
  { fuel: "wind", kind: "direct", gramsPerKwh: 0, source: defaults },
  { fuel: "solar", kind: "direct", gramsPerKwh: 0, source: defaults },
  { fuel: "other", kind: "direct", gramsPerKwh: 575, source: unknown },
];

/** The factor of a fuel in a region, gCO2e/kWh; null for what has none of its own (storage, imports, exports). */
export function factorOf(region: Region, fuel: Fuel, kind: FactorKind): EmissionFactor | null {
  const rows = emissionFactors.filter((row) => row.fuel === fuel && row.kind === kind);
  return rows.find((row) => row.region === region) ?? rows.find((row) => row.region === undefined) ?? null;
}

/** What a mix causes. */
export interface Footprint {
  /** Power that was generated, storage and trade left aside, MW. */
  generatedMw: number;
  /** Tonnes of CO2e an hour. */
  tonnesPerHour: number;
  /** gCO2e/kWh. */
  gramsPerKwh: number;
}

/** The footprint of what a region generates of each fuel, MW; null where nothing is generated. What a plant draws itself (below zero) counts as nothing. */
export function footprintOf(region: Region, parts: readonly { fuel: Fuel; powerMw: number }[], kind: FactorKind): Footprint | null {
  let [generatedMw, kilogramsPerHour] = [0, 0];
  for (const { fuel, powerMw } of parts) {
    const factor = factorOf(region, fuel, kind);
    if (!factor || powerMw <= 0) continue;
    generatedMw += powerMw;
    kilogramsPerHour += powerMw * factor.gramsPerKwh;
  }
  return generatedMw === 0 ? null : { generatedMw, tonnesPerHour: kilogramsPerHour / 1_000, gramsPerKwh: kilogramsPerHour / generatedMw };
}
