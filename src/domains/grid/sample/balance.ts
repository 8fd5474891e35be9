import { fuels, type Fuel, type Metric, type Region } from "#domains/grid/schema.ts";
import { places, type Place } from "#domains/grid/sources/places.ts";
import { bordersOf, flowOver } from "./borders.ts";
import { isDayOff } from "./calendar.ts";
import { clamp, noise, seedOf } from "./noise.ts";
import { poolPrice, zonalPrice } from "./prices.ts";
import { dailyShape, profiles, type Profile } from "./profiles.ts";
import { seasonAt, weatherAt, type Weather } from "./weather.ts";

/** Knots of a day, half an hour apart: between them everything goes straight, so sums that hold at each hold everywhere. */
export const knotsOfDay = 48;
const knotHours = 24 / knotsOfDay;

/** Values at the knots of a day by columnKey. */
export type Columns = ReadonlyMap<string, Float64Array>;

export function columnKey(metric: Metric, fuel?: Fuel, item?: string): string {
  return `${metric}|${fuel ?? ""}|${item ?? ""}`;
}

/** The place whose weather a region's demand, wind and sun follow. */
export function mainPlace(region: Region): Place {
  const place = places.find((each) => each.region === region);
  if (!place) throw new Error(`${region} has no place`);
  return place;
}

/** The fuels that a region makes electricity of, in the order of a stack. */
export function fuelsOf({ steady, wind, solar, storage, hydro, gas }: Profile): Fuel[] {
  const made = new Set<Fuel>(steady.map(({ fuel }) => fuel));
  for (const [fuel, has] of [["wind", wind > 0], ["solar", solar > 0], ["storage", storage > 0], ["hydro", hydro], ["gas", gas]] as const) if (has) made.add(fuel);
  return fuels.filter((fuel) => made.has(fuel));
}

/** The most that a region's plant of a fuel can put out, MW. */
export function capacityOf(profile: Profile, fuel: Fuel): number {
  if (fuel === "wind" || fuel === "solar" || fuel === "storage") return profile[fuel];
  if (fuel === "hydro" || fuel === "gas") return profile[fuel]?.most ?? 0;
  return profile.steady.find((each) => each.fuel === fuel)?.capacity ?? 0;
}

const island: Region = "CA-PE";
/** What the island is called by the one who supplies it. */
const islandItem = "PEI";

/** A region's day of UTC, `day` days since 1970: demand, what makes it, what crosses its borders, and its price. */
export function dayOfRegion(region: Region, day: number): Columns {
  const profile = profiles[region];
  const columns = new Map<string, Float64Array>();
  if (!profile) return columns;
  const column = (metric: Metric, fuel?: Fuel, item?: string): Float64Array => {
    const made = new Float64Array(knotsOfDay);
    columns.set(columnKey(metric, fuel, item), made);
    return made;
  };
  const model = new Model(region, profile);
  const demand = column(profile.demandMetric);
  const forecast = column("demand-forecast");
  const net = column("net-interchange");
  const flowMetric = flowMetricOf(region);
  const flows = model.borders.map(({ border, item, sign }) => ({ border, sign, values: column(flowMetric, undefined, item) }));
  const toIsland = region === "CA-NB" ? column(flowMetric, undefined, islandItem) : undefined;
  const fromIsland = region === island ? column(flowMetric, undefined, "New Brunswick") : undefined;
  const made = model.fuels.map((fuel) => ({ fuel, values: column("generation", fuel) }));
  const market = profile.price === "zonal" ? column("market-demand") : undefined;
  const price = profile.price ? column("price") : undefined;
  const ahead = profile.price === "zonal" ? column("day-ahead-price") : undefined;

  for (let knot = 0; knot < knotsOfDay; knot += 1) {
    const hours = day * 24 + knot * knotHours;
    const summer = seasonAt(hours);
    const weather = weatherAt(model.place, hours, summer);
    const modelled = model.demandAt(hours, weather.temperature);
    const used = modelled * (1 + model.wander(hours));
    demand[knot] = used;
    forecast[knot] = modelled * (1 + model.forecastError(hours));
    let out = 0;
    let exports = 0;
    const flow = (values: Float64Array, value: number): void => {
      values[knot] = value;
      out += value;
      if (value > 0) exports += value;
    };
    for (const { border, sign, values } of flows) flow(values, sign * flowOver(border, hours, summer));
    if (toIsland) flow(toIsland, islandNeed(hours));
    if (fromIsland) flow(fromIsland, profile.wind * weather.windOutput - used);
    net[knot] = out;
    if (market) market[knot] = used + exports;
    const mix = model.mixFor(used + out, hours, summer, weather);
    for (const { fuel, values } of made) values[knot] = mix.output[fuel] ?? 0;
    const load = profile.gas ? (mix.output.gas ?? 0) / profile.gas.most : 0;
    if (price) price[knot] = profile.price === "pool" ? poolPrice(hours, load) : zonalPrice(hours, load, mix.spilled);
    if (ahead) ahead[knot] = zonalPrice(hours, load * (1 + model.forecastError(hours)), mix.spilled, true);
  }
  return columns;
}

/** New Brunswick's operator publishes what is scheduled; the others' flows are metered. */
export function flowMetricOf(region: Region): Metric {
  return region === "CA-NB" ? "scheduled-interchange" : "intertie-flow";
}

/** A region's names for its borders. */
export function borderItemsOf(region: Region): string[] {
  const items = bordersOf(region).map(({ item }) => item);
  return region === "CA-NB" ? [...items, islandItem] : region === island ? [...items, "New Brunswick"] : items;
}

let islandModel: Model | undefined;

/** What Prince Edward Island uses beyond its own wind, MW. */
function islandNeed(hours: number): number {
  const profile = profiles[island];
  if (!profile) return 0;
  islandModel ??= new Model(island, profile);
  const weather = weatherAt(islandModel.place, hours);
  return islandModel.demandAt(hours, weather.temperature) * (1 + islandModel.wander(hours)) - profile.wind * weather.windOutput;
}

interface Mix {
  output: Partial<Record<Fuel, number>>;
  /** Wind that nobody could take, MW. */
  spilled: number;
}

class Model {
  readonly place: Place;
  readonly borders: ReturnType<typeof bordersOf>;
  readonly fuels: Fuel[];
  readonly #profile: Profile;
  readonly #seed: number;
  readonly #steady: { fuel: Fuel; seed: number }[];
  #day = Number.NaN;
  #off = false;
  #freshet = 1;

  constructor(region: Region, profile: Profile) {
    this.#profile = profile;
    this.place = mainPlace(region);
    this.borders = bordersOf(region);
    this.fuels = fuelsOf(profile);
    this.#seed = seedOf(`demand ${region}`);
    this.#steady = profile.steady.map(({ fuel }) => ({ fuel, seed: seedOf(`${region} ${fuel}`) }));
  }

  /** Demand as the day, the hour and the temperature would have it, MW. */
  demandAt(hours: number, temperature: number): number {
    const { clock, demand, depth, heating, cooling } = this.#profile;
    const local = hours + clock;
    const day = Math.floor(local / 24);
    if (day !== this.#day) {
      this.#day = day;
      this.#off = isDayOff(day);
      // Rivers run high about two months before the height of summer.
      this.#freshet = 1 + 0.3 * Math.max(0, seasonAt((day + 64) * 24));
    }
    const heat = Math.max(0, heating[0] - temperature) * heating[1];
    const cool = Math.max(0, temperature - cooling[0]) * cooling[1];
    return demand * dailyShape(local - day * 24, this.#off, depth) + heat + cool;
  }

  /** How far people's demand strays from that, as a part of it. */
  wander(hours: number): number {
    return 0.011 * noise(this.#seed, hours, 3.3) + 0.005 * noise(this.#seed ^ 1, hours, 1.2);
  }

  /** By how much the forecast is off, as a part of demand. */
  forecastError(hours: number): number {
    return 0.012 * noise(this.#seed ^ 2, hours, 11) + 0.006 * noise(this.#seed ^ 3, hours, 3);
  }

  /** Outputs by fuel that make exactly `needed` MW; storage that charges is below zero. */
  mixFor(needed: number, hours: number, summer: number, weather: Weather): Mix {
    const { steady, wind, solar, storage, hydro, gas, clock } = this.#profile;
    const output: Partial<Record<Fuel, number>> = {};
    let left = needed;
    for (let i = 0; i < steady.length; i += 1) {
      const { fuel, capacity, mean, summer: more, swing, period } = steady[i] ?? { fuel: "other" as const, capacity: 0, mean: 0, summer: 0, swing: 0, period: 1 };
      const value = clamp(mean + more * summer + swing * noise(this.#steady[i]?.seed ?? 0, hours, period), 0, capacity);
      output[fuel] = value;
      left -= value;
    }
    if (solar > 0) left -= output.solar = solar * clamp(weather.radiation / 1_080, 0, 0.95);
    if (storage > 0) left -= output.storage = storage * storageAt((((hours + clock) % 24) + 24) % 24);
    const least = (hydro?.least ?? 0) * this.#freshet;
    const blown = wind * weather.windOutput;
    // Wind that would push water and gas below what they can't go under is let go.
    const spilled = hydro || gas ? clamp(least + (gas?.least ?? 0) - (left - blown), 0, blown) : 0;
    if (wind > 0) left -= output.wind = blown - spilled;
    // Then what runs steadily gives way: there is no less than nothing.
    const [first] = steady;
    if (left < 0 && first && (hydro || gas)) {
      output[first.fuel] = (output[first.fuel] ?? 0) + left;
      left = 0;
    }
    if (hydro) output.hydro = gas ? waterOf(left, { ...hydro, least }, gas) : left;
    if (gas) output.gas = left - (output.hydro ?? 0);
    return { output, spilled };
  }
}

/** What of the rest comes from water, the remainder being gas. */
function waterOf(left: number, hydro: NonNullable<Profile["hydro"]>, gas: NonNullable<Profile["gas"]>): number {
  const floor = left - gas.least;
  if (hydro.first) return clamp(floor, 0, hydro.most);
  const part = clamp((left - hydro.least - gas.least) / (hydro.most + gas.most - hydro.least - gas.least), 0, 1);
  return clamp(Math.min(hydro.least + (hydro.most - hydro.least) * part ** 0.6, floor), 0, hydro.most);
}

/** Batteries charge in the small hours and about noon, and give it back in the morning and the evening: −1 to 1. */
function storageAt(hour: number): number {
  const bump = (at: number, width: number) => Math.max(0, 1 - ((hour - at) / width) ** 2);
  return 0.55 * bump(18.6, 2.4) + 0.3 * bump(7.5, 1.6) - 0.38 * bump(3, 2.6) - 0.3 * bump(12.6, 2.2);
}
