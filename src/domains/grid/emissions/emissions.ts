import { csvRow } from "#lib/csv.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { emissionFactors, factorOf } from "./emission-factors.ts";
import type { EmissionsAnswer, EmissionsLine, EmissionsQuery } from "./emissions-schema.ts";
import { consumptionLine, footprintLines, type BorderFlow } from "./footprint-lines.ts";
import { findGeneration } from "#domains/grid/series/generation.ts";
import { neighbourOf } from "./neighbours.ts";
import { borderMetric, referencesOf } from "#domains/grid/series/references.ts";
import { fuels, type Metric, type Region } from "#domains/grid/schema.ts";
import { findSeries, seriesVersion } from "#domains/grid/series/series.ts";
import type { Line, Resolution, SeriesAnswer, SourceNote } from "#domains/grid/series/series-schema.ts";
import type { Wanted } from "#domains/grid/series/strands.ts";

/** Intervals of one answer: none of them may be thinned, or they wouldn't be those of the flows. */
const intervalsAtMost = 10_000;
const pageOfFile = 2_000;

/**
 * Emissions of what a region generates or uses, from its generation by fuel and the factors of each. Throws INVALID_REQUEST
 * for what can't be asked.
 */
export async function findEmissions(principal: Principal, query: EmissionsQuery, now = new Date()): Promise<EmissionsAnswer> {
  const { region, factors: kind, basis } = query;
  const range = { ...query, format: "json" as const, limit: query.limit ?? intervalsAtMost };
  const generation = await findGeneration(principal, range, now);
  const same = { ...range, resolution: generation.resolution, tz: generation.zone.name, from: generation.from, to: generation.to };
  const totals = await totalsOf(principal, same, now);
  const begin = generation.lines.map(({ start }) => start[0] ?? "").filter((start) => start !== "").sort()[0] ?? generation.from;
  const before = await findGeneration(principal, { ...same, ...justBefore(begin, generation.resolution) }, now);
  const made = footprintLines(region, kind, joined(before.lines, generation.lines), totals.lines).flatMap((line) => since(line, begin));
  const borders = basis === "consumption" ? await bordersOf(principal, same, made, now) : null;
  const { resolution, from, to, zone, asOf, nextCursor } = generation;
  return {
    region, resolution, from, to, zone, asOf, factorKind: kind, basis,
    lines: borders ? made.map((line) => consumptionLine(line, borders.flows)) : made,
    factors: fuels.flatMap((fuel) => {
      const factor = factorOf(region, fuel, kind);
      return factor && generation.lines.some((line) => line.fuel === fuel) ? [{ fuel, gramsPerKwh: factor.gramsPerKwh, source: factor.source }] : [];
    }),
    neighbours: borders?.neighbours ?? [],
    limits: limitsOf(query, generation.lines),
    sources: distinctNotes([generation.sources.filter(({ id }) => made.some(({ source }) => source === id)), borders?.sources ?? []].flat()),
    nextCursor,
  };
}

/** The same as CSV: the whole range, an interval a row. */
export async function* writeEmissions(principal: Principal, query: EmissionsQuery, now = new Date()): AsyncGenerator<string, void> {
  let page = await findEmissions(principal, { ...query, limit: pageOfFile }, now);
  yield csvRow(["start", "end", "region", "basis", "factors", "source", "intensity_gco2e_per_kwh", "emissions_t_per_h", "power_mw", "quality"]);
  for (;;) {
    yield rowsOf(page);
    if (page.nextCursor === null) return;
    page = await findEmissions(principal, { ...query, resolution: page.resolution, limit: pageOfFile, cursor: page.nextCursor }, now);
  }
}

/** Changes whenever the answer does. */
export async function emissionsVersion(principal: Principal, query: EmissionsQuery): Promise<string> {
  const { factors, basis, ...range } = query;
  return JSON.stringify([factors, basis, emissionFactors.length, await seriesVersion(principal, range, wantedOf(query))]);
}

function wantedOf({ region, basis }: EmissionsQuery): Wanted[] {
  const own: Wanted[] = [{ region, metric: "generation" }, { region, metric: "generation-total" }];
  return basis === "production" ? own : [...own, { region, metric: flowMetric(region), item: "*" }, ...neighbourRegions(region).map((each): Wanted => ({ region: each, metric: "generation" }))];
}

function flowMetric(region: Region): Metric {
  return borderMetric(region) ?? "intertie-flow";
}

/** The regions that touch a region: what comes from them is what they generate. */
function neighbourRegions(region: Region): Region[] {
  const touching: Partial<Record<Region, Region[]>> = {
    "CA-ON": ["CA-QC", "CA-MB"], "CA-AB": ["CA-BC", "CA-SK"], "CA-QC": ["CA-ON", "CA-NB", "CA-NL"], "CA-NB": ["CA-QC", "CA-NS", "CA-PE"], "CA-BC": ["CA-AB"],
    "CA-SK": ["CA-AB", "CA-MB"], "CA-MB": ["CA-ON", "CA-SK"], "CA-NS": ["CA-NB", "CA-NL"], "CA-NL": ["CA-QC", "CA-NS"], "CA-PE": ["CA-NB"],
  };
  return touching[region] ?? [];
}

/** The time just before an instant: what was told then is what has to be told now, or it is missing. */
function justBefore(instant: string, resolution: Resolution): Pick<EmissionsQuery, "from" | "to" | "cursor" | "limit"> {
  const days = { "5min": 1, hour: 1, day: 3, month: 93 }[resolution];
  return { from: new Date(Date.parse(instant) - days * 86_400_000).toISOString(), to: instant, cursor: undefined, limit: intervalsAtMost };
}

/** Lines with what came before them. */
function joined(before: readonly Line[], lines: readonly Line[]): Line[] {
  const rest = new Map(lines.map((line) => [line.id, line]));
  const both = before.map((line): Line => {
    const after = rest.get(line.id);
    rest.delete(line.id);
    if (!after) return line;
    const { min: _min, max: _max, ...columns } = after;
    return { ...columns, start: [...line.start, ...after.start], end: [...line.end, ...after.end], value: [...line.value, ...after.value], quality: [...line.quality, ...after.quality] };
  });
  return [...both, ...rest.values()];
}

/** A line from an instant on; none when nothing is left. */
function since(line: EmissionsLine, instant: string): EmissionsLine[] {
  const first = line.start.findIndex((start) => start >= instant);
  if (first === -1) return [];
  const { start, end, gramsPerKwh, tonnesPerHour, powerMw, quality } = line;
  return [{
    ...line, start: start.slice(first), end: end.slice(first), gramsPerKwh: gramsPerKwh.slice(first), tonnesPerHour: tonnesPerHour.slice(first), powerMw: powerMw.slice(first),
    quality: quality.slice(first),
  }];
}

/** What sources say that all fuels make, where they do. */
async function totalsOf(principal: Principal, query: EmissionsQuery, now: Date): Promise<Pick<SeriesAnswer, "lines">> {
  if (referencesOf(query.region, "generation-total", "hour").length === 0) return { lines: [] };
  return findSeries(principal, { ...query, metric: "generation-total" }, now);
}

async function bordersOf(
  principal: Principal, query: EmissionsQuery, made: readonly EmissionsLine[], now: Date,
): Promise<{ flows: BorderFlow[]; neighbours: EmissionsAnswer["neighbours"]; sources: SourceNote[] }> {
  const { region } = query;
  const answer = await findSeries(principal, { ...query, metric: flowMetric(region), item: "*" }, now);
  // Made-up numbers and those of sources don't come together.
  const sample = made.some((line) => line.sample);
  const borders = answer.lines.filter((line) => line.sample === sample).map((flow) => ({ flow, ...neighbourOf(region, flow.item ?? "") }));
  const importing = new Set(borders.filter(({ flow }) => flow.value.some((value) => value !== null && value < 0)).map((each) => each.region));
  const known = new Map<Region, EmissionsLine[]>();
  const sources: SourceNote[] = answer.sources;
  for (const each of importing) {
    if (each === null) continue;
    const theirs = await findGeneration(principal, { ...query, region: each }, now);
    const lines = footprintLines(each, query.factors, theirs.lines, (await totalsOf(principal, { ...query, region: each }, now)).lines).filter((line) => line.sample === sample);
    if (lines.length > 0) {
      known.set(each, lines);
      sources.push(...theirs.sources);
    }
  }
  return {
    flows: borders.map(({ flow, region: each }) => ({ flow, neighbour: each === null ? null : (known.get(each) ?? null) })),
    neighbours: borders.map(({ flow, region: each, name }) => ({ item: flow.item ?? "", region: each, name, known: each !== null && known.has(each) })),
    sources,
  };
}

function limitsOf({ factors, basis }: EmissionsQuery, lines: readonly Line[]): string[] {
  const has = (source: string) => lines.some((line) => line.source.startsWith(source));
  return [
    "Each factor is a typical value of a fuel, not a measurement at a plant.",
    factors === "lifecycle" ? "Lifecycle factors count building, fuel and waste as well as burning." : "Direct factors count burning alone: nuclear, hydro, wind and solar count as nothing, and biofuel by convention too.",
    "What storage gives back counts as nothing of its own: the electricity that charged it was counted when it was generated.",
    ...(has("ieso.") ? ["Generators below 20 MW and those embedded in distribution networks, much of Ontario's solar among them, aren't in these numbers."] : []),
    ...(has("ieso.") ? ["The fuel other holds batteries that discharge: it counts as a fuel that isn't known, which is too much for them."] : []),
    ...(lines.some(({ fuel, source }) => fuel === "other" && !source.startsWith("ieso.")) ? ["The fuel other counts as a fuel that isn't known, though much of it is biomass, waste heat or small hydro."] : []),
    "An interval that lacks a fuel, or whose fuels don't make the total that its source states, is left empty.",
    ...(basis === "production"
      ? ["Imports are left out: these are the emissions of what the region generates."]
      : [
          "Imports count as what the neighbour generates, not as what it imports itself in turn.",
          "The intensity of neighbours abroad, and of provinces that publish no generation, isn't known: intervals with imports from them are left empty.",
        ]),
    ...(lines.some(({ sample }) => sample) ? ["This is sample data: made up, and true of no real hour."] : []),
  ];
}

function distinctNotes(notes: readonly SourceNote[]): SourceNote[] {
  return [...new Map(notes.map((note) => [note.id, note])).values()];
}

function rowsOf({ region, basis, factorKind, lines }: EmissionsAnswer): string {
  const rows = lines.flatMap((line) => line.start.map((start, i) => ({
    start,
    text: csvRow([start, line.end[i] ?? "", region, basis, factorKind, line.source, line.gramsPerKwh[i] ?? null, line.tonnesPerHour[i] ?? null, line.powerMw[i] ?? null, line.quality[i] ?? ""]),
  })));
  return rows.sort((a, b) => a.start.localeCompare(b.start)).map(({ text }) => text).join("");
}
