import { qualities, type Fuel, type Quality, type Region } from "#domains/grid/schema.ts";
import type { Line } from "#domains/grid/series/series-schema.ts";
import type { StabilityLine, StabilityMetric } from "./stability-schema.ts";

/** What is published of a region over a range, as lines of means in MW; none where nobody publishes it. */
export interface StabilityInputs {
  demand: readonly Line[];
  forecast: readonly Line[];
  /** Positive outwards: in total, or over each border. */
  exchange: readonly Line[];
  /** By fuel. */
  generation: readonly Line[];
  /** What plants could put out, by fuel, and what of it is away. */
  plant: readonly Line[];
  outages: readonly Line[];
  reserve: readonly Line[];
  reserveRequired: readonly Line[];
}

interface Value {
  end: string;
  value: number;
  quality: Quality;
}
type Values = ReadonlyMap<string, Value>;

/** Fuels that blow or shine when they please. */
const variable: readonly (Fuel | null)[] = ["wind", "solar"];
/** Neither made there nor plant that could be counted on. */
const notMade: readonly (Fuel | null)[] = ["imports", "exports", "storage"];

const facts: Readonly<Record<StabilityMetric, { name: string; unit: StabilityLine["unit"]; formula: string; lacking: string }>> = {
  "reserve-margin": {
    name: "Reserve margin", unit: "%", formula: "(capacity − outages − demand) ÷ demand × 100, of the interval; wind and solar count with their whole capacity",
    lacking: "Nobody publishes this region's capacity and demand together.",
  },
  "supply-cushion": {
    name: "Supply cushion", unit: "MW", formula: "capacity − outages − generation, of all fuels but wind, solar and storage", lacking: "Nobody publishes this region's capacity and generation by fuel.",
  },
  "operating-reserve-surplus": {
    name: "Operating reserve surplus", unit: "MW", formula: "operating reserve held − operating reserve required", lacking: "Nobody publishes both what this region holds in reserve and what it needs.",
  },
  "forecast-error": { name: "Demand forecast error", unit: "MW", formula: "demand − its forecast, as published last", lacking: "Nobody publishes a forecast of this region's demand beside the demand." },
  "forecast-error-share": {
    name: "Demand forecast error, share", unit: "%", formula: "(demand − its forecast) ÷ demand × 100", lacking: "Nobody publishes a forecast of this region's demand beside the demand.",
  },
  ramp: {
    name: "Ramp of demand", unit: "MW/h", formula: "(mean demand − mean demand of the interval before) ÷ hours between their middles; unknown across a gap", lacking: "Nobody publishes this region's demand.",
  },
  "net-interchange-share": {
    name: "Net interchange, share of demand", unit: "%", formula: "net exports ÷ demand × 100; below zero the region takes in more than it gives away", lacking: "Nobody publishes this region's flows and demand together.",
  },
  "variable-renewables-share": {
    name: "Variable renewables, share of generation", unit: "%", formula: "(wind + solar) ÷ generation of all fuels × 100, storage left aside", lacking: "Nobody publishes this region's generation by fuel.",
  },
};

const withoutOutages: Readonly<Partial<Record<Region, Partial<Record<StabilityMetric, string>>>>> = {
  "CA-AB": {
    "reserve-margin": "(maximum capability − internal load) ÷ internal load × 100, of the interval; outages aren't taken off, and wind and solar count with their whole capability",
    "supply-cushion": "maximum capability − generation, of all fuels but wind, solar and storage; outages aren't taken off",
    "operating-reserve-surplus": "contingency reserve dispatched − contingency reserve required",
  },
};

/** Every stability metric of a region over the intervals that its inputs have; `before` is demand of the interval before them. */
export function stabilityLines(region: Region, inputs: StabilityInputs, before: readonly Line[] = []): StabilityLine[] {
  const demand = sumsOf(inputs.demand);
  const exchange = sumsOf(inputs.exchange);
  const forecast = sumsOf(inputs.forecast);
  const made = inputs.generation.filter(({ fuel }) => !notMade.includes(fuel));
  const all = sumsOf(made);
  const renewable = sumsOf(made.filter(({ fuel }) => variable.includes(fuel)), made);
  const steady = ({ fuel }: Line) => !variable.includes(fuel) && !notMade.includes(fuel);
  const plant = lessOutages(sumsOf(inputs.plant), inputs.outages);
  const steadyPlant = lessOutages(sumsOf(inputs.plant.filter(steady), inputs.plant), inputs.outages.filter(steady));
  const share = (part: Values, whole: Values) => combine([part, whole], ([of = 0, total = 0]) => (total === 0 ? null : (of / total) * 100));
  const difference = (one: Values, other: Values) => combine([one, other], ([from = 0, less = 0]) => from - less);
  const values: Record<StabilityMetric, Values> = {
    "reserve-margin": combine([plant, demand], ([capacity = 0, used = 0]) => (used === 0 ? null : ((capacity - used) / used) * 100)),
    "supply-cushion": difference(steadyPlant, sumsOf(made.filter(steady), made)),
    "operating-reserve-surplus": difference(sumsOf(inputs.reserve), sumsOf(inputs.reserveRequired)),
    "forecast-error": difference(demand, forecast),
    "forecast-error-share": share(difference(demand, forecast), demand),
    ramp: rampsOf(new Map([...sumsOf(before), ...demand])),
    "net-interchange-share": share(exchange, demand),
    "variable-renewables-share": share(renewable, all),
  };
  const sample = Object.values(inputs).some((lines: readonly Line[]) => lines.some((line) => line.sample));
  return (Object.keys(facts) as StabilityMetric[]).map((id) => lineOf(id, region, sample, values[id]));
}

/** Mean absolute error of the demand forecast, as a share of demand, %. */
export function mapeOf(lines: readonly StabilityLine[]): number | null {
  const shares = lines.find(({ id }) => id === "forecast-error-share")?.value.filter((value) => value !== null) ?? [];
  return shares.length === 0 ? null : rounded(shares.reduce((sum, value) => sum + Math.abs(value), 0) / shares.length);
}

function lineOf(id: StabilityMetric, region: Region, sample: boolean, values: Values): StabilityLine {
  const { name, unit, formula, lacking } = facts[id];
  const entries = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
  const numbers = entries.map(([, { value }]) => value);
  const newest = entries.at(-1);
  return {
    id, name, unit, formula: withoutOutages[region]?.[id] ?? formula, unknown: entries.length === 0 ? lacking : null, sample,
    start: entries.map(([start]) => start), end: entries.map(([, { end }]) => end), value: numbers.map(rounded), quality: entries.map(([, { quality }]) => quality),
    summary: newest
      ? { mean: rounded(numbers.reduce((sum, value) => sum + value, 0) / numbers.length), min: rounded(Math.min(...numbers)), max: rounded(Math.max(...numbers)), newest: rounded(newest[1].value), newestStart: newest[0] }
      : null,
  };
}

/**
 * Sums of a source's lines at each interval, of the first source that has it whole: where one line lacks an interval, its
 * sum isn't known. `whole` are the lines that must be there though they aren't all summed.
 */
function sumsOf(lines: readonly Line[], whole: readonly Line[] = lines): Values {
  const sums = new Map<string, Value>();
  for (const [source, own] of Map.groupBy(whole, (line) => line.source)) {
    const columns = own.map((line) => ({ counts: lines.includes(line), line, at: new Map(line.start.map((start, i) => [start, i])) }));
    for (const [i, start] of (own[0]?.start ?? []).entries()) {
      if (sums.has(start)) continue;
      let [sum, quality]: [number | null, Quality] = [0, "measured"];
      for (const { counts, line, at } of columns) {
        const value = line.value[at.get(start) ?? -1] ?? null;
        sum = sum === null || value === null ? null : sum + (counts ? value : 0);
        if (counts) quality = worse(quality, line.quality[at.get(start) ?? -1] ?? "measured");
      }
      if (sum !== null && lines.some((line) => line.source === source)) sums.set(start, { end: own[0]?.end[i] ?? start, value: sum, quality });
    }
  }
  return sums;
}

/** What is left of plants; where nobody publishes outages, all of it. */
function lessOutages(plant: Values, outages: readonly Line[]): Values {
  return outages.length === 0 ? plant : combine([plant, sumsOf(outages)], ([all = 0, away = 0]) => all - away);
}

/** Computes at every interval that all have. */
function combine(parts: readonly Values[], compute: (values: number[]) => number | null): Values {
  const combined = new Map<string, Value>();
  for (const [start, { end }] of parts[0] ?? []) {
    const found = parts.flatMap((part) => part.get(start) ?? []);
    if (found.length < parts.length || found.some((each) => each.end !== end)) continue;
    const value = compute(found.map((each) => each.value));
    if (value !== null) combined.set(start, { end, value, quality: found.reduce<Quality>((worst, { quality }) => worse(worst, quality), "measured") });
  }
  return combined;
}

function rampsOf(demand: Values): Values {
  const entries = [...demand].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(entries.flatMap(([start, { end, value, quality }], i) => {
    const before = entries[i - 1];
    if (!before || before[1].end !== start) return [];
    const middle = (from: string, to: string) => (Date.parse(from) + Date.parse(to)) / 2;
    const hours = (middle(start, end) - middle(before[0], before[1].end)) / 3_600_000;
    return [[start, { end, value: (value - before[1].value) / hours, quality: worse(quality, before[1].quality) }] as const];
  }));
}

function worse(one: Quality, other: Quality): Quality {
  return qualities.indexOf(other) > qualities.indexOf(one) ? other : one;
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
