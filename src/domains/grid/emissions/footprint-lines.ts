import { footprintOf } from "./emission-factors.ts";
import type { EmissionsLine } from "./emissions-schema.ts";
import { qualities, type Fuel, type Quality, type Region } from "#domains/grid/schema.ts";
import type { Line } from "#domains/grid/series/series-schema.ts";
import type { FactorKind } from "#domains/grid/status/status-schema.ts";

/** How far a source's own total may be from the sum of its fuels, which it rounds one by one. */
const roundingMw = 10;
const roundingShare = 0.02;

/** Emissions of what is generated, a line for each source, from its lines of generation by fuel; `totals` are what sources say that all fuels make. */
export function footprintLines(region: Region, kind: FactorKind, lines: readonly Line[], totals: readonly Line[] = []): EmissionsLine[] {
  const bySource = Map.groupBy(lines.filter(({ metric, fuel }) => metric === "generation" && fuel !== null), ({ source }) => source);
  return [...bySource.values()].map((own) => footprintLine(region, kind, own, totals.find(({ source }) => source === own[0]?.source)));
}

function footprintLine(region: Region, kind: FactorKind, lines: readonly Line[], total: Line | undefined): EmissionsLine {
  const intervals = new Map<string, { end: string; parts: { fuel: Fuel; powerMw: number }[]; missing: boolean; quality: Quality }>();
  const starts = [...new Set(lines.flatMap(({ start }) => start))].sort();
  for (const { fuel, start, end, value, quality } of lines) {
    if (fuel === null) continue;
    const at = new Map(start.map((each, i) => [each, i]));
    const first = start[0] ?? "";
    // A plant that was closed is no longer told: what it put out last was nothing.
    const ended = value.at(-1) === 0 ? (start.at(-1) ?? "") : undefined;
    for (const each of starts) {
      const i = at.get(each);
      const power = i === undefined ? null : (value[i] ?? null);
      const interval = intervals.get(each) ?? { end: end[i ?? -1] ?? "", parts: [], missing: false, quality: "measured" };
      intervals.set(each, interval);
      if (i !== undefined) {
        interval.end = end[i] ?? interval.end;
        interval.quality = worse(interval.quality, quality[i] ?? "measured");
      }
      if (power !== null) interval.parts.push({ fuel, powerMw: power });
      else if (i !== undefined || (each > first && (ended === undefined || each <= ended))) interval.missing = true;
    }
  }
  const stated = new Map((total?.start ?? []).map((start, i) => [start, total?.value[i] ?? null]));
  const found = [...intervals].map(([start, { end, parts, missing, quality }]) => {
    const sum = parts.reduce((all, { powerMw }) => all + powerMw, 0);
    const whole = stated.get(start) ?? sum;
    const footprint = missing || Math.abs(sum - whole) > Math.max(roundingMw, roundingShare * whole) ? null : footprintOf(region, parts, kind);
    return { start, end, quality, footprint };
  });
  return {
    source: lines[0]?.source ?? "", sample: lines[0]?.sample ?? false,
    start: found.map(({ start }) => start), end: found.map(({ end }) => end),
    gramsPerKwh: found.map(({ footprint }) => rounded(footprint?.gramsPerKwh)), tonnesPerHour: found.map(({ footprint }) => rounded(footprint?.tonnesPerHour)),
    powerMw: found.map(({ footprint }) => rounded(footprint?.generatedMw)), quality: found.map(({ quality }) => quality),
  };
}

/** A border's flow, positive outwards, with the emissions of what the neighbour generates; null where nobody knows. */
export interface BorderFlow {
  flow: Line;
  neighbour: EmissionsLine[] | null;
}

/**
 * Emissions of what is used: what is generated and brought in mixes evenly, and leaves or is used as that mix. Imports count
 * as what the neighbour generates. Null where a border's flow isn't known, or the intensity of what came over it.
 */
export function consumptionLine(made: EmissionsLine, borders: readonly BorderFlow[]): EmissionsLine {
  const flows = borders.map(({ flow, neighbour }) => ({ at: covering(flow), neighbours: neighbour?.map((each) => ({ each, at: covering(each) })) ?? null, flow }));
  const used = made.start.map((start, i) => {
    const [grams, generated] = [made.gramsPerKwh[i] ?? null, made.powerMw[i] ?? null];
    let quality = made.quality[i] ?? "measured";
    if (grams === null || generated === null || borders.length === 0) return { grams: null, power: null, quality };
    let [kilograms, supply, exported] = [grams * generated, generated, 0];
    for (const { at, flow, neighbours } of flows) {
      const j = at(start, made.end[i] ?? start);
      const power = j === null ? null : (flow.value[j] ?? null);
      if (j === null || power === null) return { grams: null, power: null, quality };
      quality = worse(quality, flow.quality[j] ?? "measured");
      if (power >= 0) exported += power;
      else {
        const theirs = gramsAt(neighbours, start, made.end[i] ?? start);
        if (theirs === null) return { grams: null, power: null, quality };
        kilograms += -power * theirs.grams;
        quality = worse(quality, theirs.quality);
        supply -= power;
      }
    }
    return { grams: supply === 0 ? null : kilograms / supply, power: supply - exported, quality };
  });
  return {
    ...made,
    gramsPerKwh: used.map(({ grams }) => rounded(grams)), powerMw: used.map(({ power }) => rounded(power)),
    tonnesPerHour: used.map(({ grams, power }) => (grams === null || power === null ? null : rounded((grams * power) / 1_000))), quality: used.map(({ quality }) => quality),
  };
}

type Covering = (start: string, end: string) => number | null;

function gramsAt(neighbours: { each: EmissionsLine; at: Covering }[] | null, start: string, end: string): { grams: number; quality: Quality } | null {
  for (const { each, at } of neighbours ?? []) {
    const i = at(start, end);
    const grams = i === null ? null : (each.gramsPerKwh[i] ?? null);
    if (i !== null && grams !== null) return { grams, quality: each.quality[i] ?? "measured" };
  }
  return null;
}

/** Finds the interval of a line that an interval lies in. */
function covering({ start: starts, end: ends }: Pick<Line, "start" | "end">): Covering {
  return (start, end) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? "") <= start) low = middle;
      else high = middle - 1;
    }
    const [from, to] = [starts[low], ends[low]];
    return from !== undefined && to !== undefined && from <= start && to >= end ? low : null;
  };
}

function worse(one: Quality, other: Quality): Quality {
  return qualities.indexOf(other) > qualities.indexOf(one) ? other : one;
}

function rounded(value: number | null | undefined): number | null {
  return value == null ? null : Math.round(value * 1_000) / 1_000;
}
