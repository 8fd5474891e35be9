import { z } from "zod";
import { instantsInOrder, parseInstant, parseWallTime } from "#domains/grid/time/intervals.ts";
import { jsonOf, Numeric, numericOf } from "./json.ts";
import { SourceFormatError, type SourceDocument, type TimeRange } from "./source.ts";

/** Times are those of Montréal's clocks, without an offset. */
export const hydroQuebecZone = "America/Toronto";
export const hydroQuebecLicence = { name: "CC BY-NC 4.0", url: "https://www.hydroquebec.com/documents-data/open-data/licence.html" };

const Values = z.record(z.string(), Numeric);
const Report = z.looseObject({
  recentHour: z.string().nullish(), indexDonneePlusRecent: z.number().int().nullish(), nbDateAvecData: z.number().int().nullish(),
  details: z.array(z.looseObject({ date: z.string(), valeurs: Values })).min(1),
});
const Records = z.array(z.looseObject({ date: z.string() }));
const Portal = z.union([Records, z.looseObject({ results: Records }).transform(({ results }) => results)]);

/** What was at a time: values by their French name; empty for a time to come. */
export interface Slot {
  at: Date;
  values: Record<string, number | null>;
}

/**
 * The slots of a document: the report of two days, or records of the portal, whose times have an offset and whose values
 * begin with `valeurs_`. Slots to come, which hold nothing or a total of 0 alone, are empty. `names` are the values that a
 * slot may have; others are named in a warning.
 */
export function slotsOf(bytes: Uint8Array, total: string, names: readonly string[]): { slots: Slot[]; warnings: string[] } {
  const document = jsonOf(bytes, z.union([Report, Portal]));
  const warnings = new Set<string>();
  const valuesOf = (values: Record<string, z.infer<typeof Numeric>>, prefix = ""): Record<string, number | null> => {
    const entries = Object.entries(values).filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), numericOf(value)] as const);
    const matched = entries.map(([name, value]) => [names.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name, value] as const);
    for (const [name] of matched) if (!names.includes(name)) warnings.add(`The value ${name} isn't known: it was left out`);
    const given = matched.filter(([, value]) => value !== null);
    // Nothing is ever made or used at 0 MW: such a total, alone, holds the place of one to come.
    return given.every(([name, value]) => name === total && value === 0) ? {} : Object.fromEntries(matched);
  };
  const requireAny = (slots: Slot[]): Slot[] => {
    if (slots.every(({ values }) => names.every((name) => values[name] === undefined))) throw new SourceFormatError(`The document holds none of ${names.join(", ")}`);
    return slots;
  };
  if (Array.isArray(document)) {
    const slots = document.map(({ date, ...values }) => ({ at: offsetTime(date), values: valuesOf(Values.parse(numericOnly(values)), "valeurs_") }));
    return { slots: requireAny(slots), warnings: [...warnings] };
  }
  const times = document.details.map(({ date }) => parseWallTime(date));
  const naive = times.map(({ year, month, day, hour, minute }) => Date.UTC(year, month - 1, day, hour, minute));
  // Out of order only where the clocks go back.
  if (naive.some((time, i) => i > 0 && time < (naive[i - 1] ?? 0) - 3_600_000)) throw new SourceFormatError("The report's times aren't in order");
  const instants = instantsInOrder(times, hydroQuebecZone);
  const slots = document.details.flatMap(({ date, valeurs }, i): Slot[] => {
    const values = valuesOf(valeurs);
    const at = instants[i];
    if (at) return [{ at, values }];
    if (Object.keys(values).length > 0) warnings.add(`${date} can't be told on the day that the clocks change: its values were left out`);
    return [];
  });
  requireRecent(document, naive.length, (i) => Object.keys(valuesOf(document.details[i]?.valeurs ?? {})).length > 0);
  if (slots.some(({ at }, i) => i > 0 && at <= (slots[i - 1]?.at ?? at))) throw new SourceFormatError("The report's times aren't in order");
  return { slots: requireAny(slots), warnings: [...warnings] };
}

/** What the report says of itself: which slot is its newest, and that none after it holds anything. */
function requireRecent({ recentHour, indexDonneePlusRecent: index, details }: z.infer<typeof Report>, count: number, holds: (i: number) => boolean): void {
  if (index === null || index === undefined) return;
  if (recentHour !== null && recentHour !== undefined && details[index]?.date !== recentHour) {
    throw new SourceFormatError(`The newest values should be those of ${recentHour}, but at their place is ${details[index]?.date ?? "nothing"}`);
  }
  for (let i = index + 1; i < count; i += 1) if (holds(i)) throw new SourceFormatError(`${details[i]?.date} is to come, but has values`);
}

function offsetTime(date: string): Date {
  if (!/(Z|[+-]\d{2}:?\d{2})$/.test(date)) throw new SourceFormatError(`${JSON.stringify(date.slice(0, 40))} has no offset`);
  return parseInstant(date);
}

/** A portal's record may hold texts besides. */
function numericOnly(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith("valeurs_")));
}

/** The report of the last two days; there is no history at its address. */
export function* hydroQuebecDocuments(name: string, range: TimeRange | undefined): Generator<SourceDocument> {
  if (range && range.to.getTime() < Date.now() - 2 * 24 * 3_600_000) return;
  yield { url: `https://www.hydroquebec.com/data/documents-donnees/donnees-ouvertes/json/${name}.json` };
}
