import { dayOf, hourEnding, parseDay, spanFrom } from "#domains/grid/time/intervals.ts";
import type { Fuel, Observation, Region } from "#domains/grid/schema.ts";
import { distinct } from "./distinct.ts";
import { iesoOffsetHours } from "./ieso.ts";
import { SourceFormatError, type Reading } from "./source.ts";
import { integerOf, numberOf } from "./text.ts";

/** A row by its columns' names, in lower case. */
export type DatasetRow = Record<string, string>;

interface KnownSet {
  name: string;
  /** One name of each column must be there. */
  columns: readonly (readonly string[])[];
  read: (rows: DatasetRow[], column: (row: DatasetRow, index: number) => string) => Omit<Reading, "publishedAt">;
}

const sets: readonly KnownSet[] = [
  { name: "hourly demand and price of Ontario", columns: [["date"], ["hour"], ["hourly_demand"], ["hourly_average_price", "average_hourly_price"]], read: readOntario },
  { name: "monthly generation by province", columns: [["date", "month"], ["province"], ["producer"], ["generation_type", "type"], ["megawatt_hours"]], read: readProvinces },
];

/** Reads rows of a set that is known by its columns. Throws SourceFormatError, with the columns found, for any other. */
export function readDataset(rows: DatasetRow[]): Reading {
  const found = Object.keys(rows[0] ?? {});
  const set = sets.find(({ columns }) => columns.every((names) => names.some((name) => found.includes(name))));
  if (!set) throw new SourceFormatError(`The set isn't known: it has the columns ${found.join(", ") || "(none)"}; known are ${sets.map(({ name }) => name).join(" and ")}`);
  const chosen = set.columns.map((names) => names.find((name) => found.includes(name)) ?? "");
  const unknown = found.filter((name) => !chosen.includes(name) && name !== "");
  const { observations, warnings } = set.read(rows, (row, index) => row[chosen[index] ?? ""] ?? "");
  return { publishedAt: null, observations: distinct(observations), warnings: [...warnings, ...unknown.map((name) => `The column ${name} isn't known: it was left out`)] };
}

/** Ontario's hours as IESO counts them, in EST. Demand is called kWh: whether it is, or MW, is told by its size. */
function readOntario(rows: DatasetRow[], column: (row: DatasetRow, index: number) => string): Omit<Reading, "publishedAt"> {
  const parsed = rows.map((row) => ({
    ...hourEnding(parseDay(column(row, 0).slice(0, 10)), integerOf(column(row, 1).replace(/\.0$/, ""), "hour"), iesoOffsetHours),
    demand: numberOf(column(row, 2)), price: numberOf(column(row, 3)),
  }));
  const demands = parsed.flatMap(({ demand }) => (demand === null ? [] : [demand]));
  // Ontario has used between 8 and 28 GW in every hour since 2002.
  const scale = [1, 1_000].find((each) => demands.every((demand) => demand / each > 5_000 && demand / each < 40_000));
  if (scale === undefined) throw new SourceFormatError("The demand is that of Ontario neither in MW nor in kWh");
  const prices = parsed.flatMap(({ price }) => (price === null ? [] : [price]));
  // The highest price that Ontario's market allowed was 2,000 CAD/MWh, 200 ¢/kWh.
  if (prices.some((price) => Math.abs(price) > 200)) throw new SourceFormatError("The price isn't in ¢/kWh");
  const observations = parsed.flatMap(({ start, end, demand, price }): Observation[] => {
    const common = { region: "CA-ON", quality: "measured", start, end } as const;
    return [
      { ...common, metric: "demand", unit: "MW", value: demand === null ? null : rounded(demand / scale) },
      { ...common, metric: "price", unit: "CAD/MWh", value: price === null ? null : rounded(price * 10) },
    ];
  });
  return { observations, warnings: [`The demand is called kWh; by its size it is in ${scale === 1 ? "MW" : "kWh of the hour"}, and was read so`] };
}

const provinces: Record<string, readonly [Region, string]> = {
  "alberta": ["CA-AB", "America/Edmonton"], "british columbia": ["CA-BC", "America/Vancouver"], "manitoba": ["CA-MB", "America/Winnipeg"],
  "new brunswick": ["CA-NB", "America/Moncton"], "newfoundland and labrador": ["CA-NL", "America/St_Johns"], "nova scotia": ["CA-NS", "America/Halifax"],
  "northwest territories": ["CA-NT", "America/Yellowknife"], "nunavut": ["CA-NU", "America/Iqaluit"], "ontario": ["CA-ON", "America/Toronto"],
  "prince edward island": ["CA-PE", "America/Halifax"], "quebec": ["CA-QC", "America/Toronto"], "saskatchewan": ["CA-SK", "America/Regina"], "yukon": ["CA-YT", "America/Whitehorse"],
};

/** What turbines and cells say of the fuel; null where several fuels drive them. */
const types: Record<string, Fuel | null> = {
  "hydraulic turbine": "hydro", "wind power turbine": "wind", "solar": "solar", "nuclear steam turbine": "nuclear", "tidal power turbine": "other",
  "conventional steam turbine": null, "combustion turbine": null, "internal combustion turbine": null, "other types of electricity generation": "other",
};

/** Statistics Canada's months: energy by province, class of producer and type of generation. */
function readProvinces(rows: DatasetRow[], column: (row: DatasetRow, index: number) => string): Omit<Reading, "publishedAt"> {
  const warnings = new Set<string>();
  const observations = rows.flatMap((row): Observation[] => {
    const [province, producer, type] = [column(row, 1), column(row, 2), column(row, 3)].map((text) => text.trim().toLowerCase());
    const place = provinces[(province ?? "").normalize("NFD").replaceAll(/\p{M}/gu, "")];
    const fuel = types[type ?? ""];
    if (!place) warnings.add(`${province} isn't a province: it was left out`);
    if (fuel === undefined) warnings.add(`The type ${type} isn't known: it was left out`);
    if (producer !== "electric utilities" && producer !== "industries") warnings.add(`The producer ${producer} isn't known: it was left out`);
    if (!place || fuel === undefined || (producer !== "electric utilities" && producer !== "industries")) return [];
    const [region, zone] = place;
    return [{
      region, metric: "generation", unit: "MWh", quality: "measured", ...(fuel === null ? {} : { fuel }), item: `${type}, ${producer}`,
      ...monthOf(column(row, 0), zone), value: numberOf(column(row, 4)),
    }];
  });
  return { observations, warnings: [...warnings] };
}

/** The month of 2008-01 or 2008-01-01, by a province's clocks. */
function monthOf(text: string, zone: string): { start: Date; end: Date } {
  const parts = /^(\d{4})-(\d{2})(-01)?( 00:00:00)?$/.exec(text.trim());
  if (!parts) throw new SourceFormatError(`${JSON.stringify(text.slice(0, 40))} is no month`);
  const first = parseDay(`${parts[1]}-${parts[2]}-01`);
  const next = first.month === 12 ? { year: first.year + 1, month: 1, day: 1 } : { ...first, month: first.month + 1 };
  const start = dayOf(first, zone).start;
  return spanFrom(start, (dayOf(next, zone).start.getTime() - start.getTime()) / 60_000);
}

/** Without what a factor of ten or a thousand leaves behind in binary. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
