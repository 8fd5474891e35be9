import { fuelNames, type Fuel } from "#domains/grid/index.ts";
import type { Fact } from "../schema.ts";
import { factOf, type Window } from "./fact.ts";
import { hourMs, knownOf, sumOf } from "./points.ts";
import { measureWords, spanWords } from "./words.ts";

/** What flows in and out, or was generated before: no part of what is generated. */
export const notGenerated: readonly Fuel[] = ["imports", "exports", "storage"];

export interface FuelWindow extends Window {
  fuel: Fuel;
}

/** The windows of what generates. */
export function generatingOf(windows: readonly FuelWindow[]): FuelWindow[] {
  return windows.filter(({ fuel }) => !notGenerated.includes(fuel));
}

/**
 * Each fuel's share of what was generated, in percent, over the intervals in which every fuel has a value; empty without any.
 * What a plant draws while it stands still counts as nothing generated.
 */
export function sharesOf(windows: readonly FuelWindow[]): Map<Fuel, number> {
  const parts = generatingOf(windows);
  const whole = new Set(knownOf(sumOf(parts.map(({ points }) => points))).map(({ start }) => start));
  const energies = parts.map(({ fuel, points }) => ({
    fuel, energy: knownOf(points).reduce((sum, { start, end, value }) => (whole.has(start) ? sum + (Math.max(0, value) * (end - start)) / hourMs : sum), 0),
  }));
  const total = energies.reduce((sum, { energy }) => sum + energy, 0);
  return new Map(total === 0 ? [] : energies.map(({ fuel, energy }) => [fuel, (100 * energy) / total]));
}

/** A fact a fuel, the largest share first; `when` is "now" or "then". */
export function shareFacts(windows: readonly FuelWindow[], when: "now" | "then"): Fact[] {
  const shares = sharesOf(windows);
  const total = totalOf(windows);
  const known = total ? knownOf(total.points) : [];
  const [first, last] = [known[0], known.at(-1)];
  if (!total || !first || !last) return [];
  return [...shares].sort((a, b) => b[1] - a[1]).map(([fuel, share]) => factOf({
    id: `share-${when}-${fuel}`, title: `Share of ${fuelNames[fuel].toLowerCase()}, ${when}`, value: share, unit: "%", from: first.start, to: last.end,
    sentence: `${fuelNames[fuel]} made ${measureWords(share, "%")} of what was generated, ${spanWords(total.zone, first.start, last.end)}.`, of: generatingOf(windows),
  }));
}

/** How a fuel's share differs from before, in percentage points. */
export function shareChangeFact(fuel: Fuel, now: readonly FuelWindow[], then: readonly FuelWindow[], shares: { now: number; then: number }): Fact {
  const change = shares.now - shares.then;
  const points = measureWords(Math.abs(change), "percentage points");
  const isSame = Math.abs(change) < 0.05;
  const all = generatingOf([...now]);
  const [first] = all;
  const direction = change > 0 ? `rose by ${points}` : `fell by ${points}`;
  return factOf({
    id: `change-${fuel}`, title: `Change of ${fuelNames[fuel].toLowerCase()}`, value: change, unit: "percentage points", from: first?.from ?? 0, to: first?.to ?? 0,
    sentence: `The share of ${fuelNames[fuel].toLowerCase()} ${isSame ? `stayed at ${measureWords(shares.now, "%")}` : `${direction}, from ${measureWords(shares.then, "%")} to ${measureWords(shares.now, "%")}`}.`,
    of: [...all, ...generatingOf(then)],
  });
}

/** All that was generated: the sum of fuels, for each interval that all of them have; null without fuels. */
export function totalOf(windows: readonly FuelWindow[]): Window | null {
  const parts = generatingOf(windows);
  const [first] = parts;
  return first ? { ...first, name: "generation", points: sumOf(parts.map(({ points }) => points)) } : null;
}

/** Mean emissions intensity, weighted by what was generated; null without values. */
export function intensityFact(id: "intensity-now" | "intensity-then", window: Window, power: Window): Fact | null {
  const grams = knownOf(window.points);
  const megawatts = new Map(knownOf(power.points).map((point) => [point.start, point.value]));
  let [emitted, made] = [0, 0];
  for (const { start, end, value } of grams) {
    const mw = megawatts.get(start) ?? 0;
    emitted += value * mw * (end - start);
    made += mw * (end - start);
  }
  const [first, last] = [grams[0], grams.at(-1)];
  if (made === 0 || !first || !last) return null;
  const mean = emitted / made;
  const say = measureWords(mean, window.unit);
  return factOf({
    id, title: id === "intensity-now" ? "Emissions intensity, now" : "Emissions intensity, then", value: mean, unit: window.unit, from: first.start, to: last.end,
    sentence: `A kilowatt hour generated caused ${say}, ${spanWords(window.zone, first.start, last.end)}.`, of: [window],
  });
}
