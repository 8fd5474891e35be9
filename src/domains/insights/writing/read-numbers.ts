import { monthNumbers, partWords, spelledNumbers, units, weekdayNumbers } from "./number-words.ts";

/** A day, a day without its year, a month with or without one. */
export interface CalendarDate {
  year?: number | undefined;
  month: number;
  day?: number | undefined;
}

/** One thing that a text says in numbers. */
export type Quantity =
  /** `orHour` where an hour of the clock may be meant, as 18 h. */
  | { kind: "number"; value: number; unit: string | null; orHour?: boolean }
  | ({ kind: "date" } & CalendarDate)
  /** Sunday is 0. */
  | { kind: "weekday"; day: number }
  /** Minutes from midnight; 24:00 is 0:00. */
  | { kind: "time"; minutes: number }
  /** The hour that ends with this one, as HE 18. */
  | { kind: "hour-ending"; hour: number }
  | { kind: "instant"; at: number }
  /** A part or a multiple in a word. */
  | { kind: "part"; word: string }
  /** Letters and digits in one, as the name of a line; also digits that nothing else reads. */
  | { kind: "code"; text: string };

type Groups = Readonly<Record<string, string | undefined>>;
type Reader = (groups: Groups, text: string) => Quantity[];

/** Stands where something was read. */
const taken = "\u0001";
const alternatives = (names: Iterable<string>) => [...names].sort((a, b) => b.length - a.length).join("|");
const month = `(?<month>${alternatives(monthNumbers.keys())})`;
const day = "(?<day>\\d{1,2})(?:st|nd|rd|th|er|e)?";
const year = "(?:,? +(?:of +|de +)?(?<year>\\d{4})(?!\\d))?";
const to = " ?(?:–|-|—|to|and|au|et|through) ?";
const digits = "\\d{1,3}(?:[ '’]\\d{3})+(?!\\d)(?:[.,]\\d+)?|\\d{1,3}(?:,\\d{3})+(?!\\d)(?:\\.\\d+)?|\\d+(?:[.,]\\d+)?";
const unit = units.map(([, written], place) => `(?<u${place}>${written})`).join("|");
/** Months that are no other words, where no number stands beside them. */
const loneMonths = [...monthNumbers.keys()].filter((name) => name.length > 4 && name !== "march");

const dateOf = ({ year: of, month: name = "", day: on }: Groups): Quantity => ({
  kind: "date", month: monthNumbers.get(name) ?? Number(name), ...(of === undefined ? {} : { year: Number(of) }), ...(on === undefined ? {} : { day: Number(on) }),
});
const timeOf = ({ hour, minute = "0", half }: Groups): Quantity => {
  const shown = Number(hour);
  const hours = half === undefined ? shown : (shown % 12) + (half === "p" ? 12 : 0);
  return { kind: "time", minutes: (hours * 60 + Number(minute)) % 1_440 };
};

/** In this order: what is more particular before what is less. */
const readers: readonly (readonly [pattern: string, read: Reader])[] = [
  ["\\b\\d{4}-\\d{2}-\\d{2}t\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:z|[+-]\\d{2}:\\d{2})", (_, text) => [{ kind: "instant", at: Date.parse(text.toUpperCase()) }]],
  ["\\b(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})(?!\\d)t?", (groups) => [dateOf(groups)]],
  [`\\b(?<first>\\d{1,2})(?:st|nd|rd|th|er|e)?${to}${day} +(?:of +)?${month}\\b\\.?${year}`, (groups) => [dateOf(groups), dateOf({ ...groups, day: groups["first"] })]],
  [`\\b${day} +(?:of +|de +)?${month}\\b\\.?${year}`, (groups) => [dateOf(groups)]],
  [`\\b${month}\\.? +${day}(?:${to}(?<last>\\d{1,2})(?:st|nd|rd|th)?)?(?![\\d:.,]*\\d)${year}`, (groups) => [dateOf(groups), ...(groups["last"] === undefined ? [] : [dateOf({ ...groups, day: groups["last"] })])]],
  [`\\b${month}\\.?,? +(?:of +|de +)?(?<year>\\d{4})(?!\\d)`, (groups) => [dateOf(groups)]],
  [`\\b(?<month>${alternatives(loneMonths)})\\b`, (groups) => [dateOf(groups)]],
  [`\\b(?<weekday>${alternatives(weekdayNumbers.keys())})s?\\b`, ({ weekday = "" }) => [{ kind: "weekday", day: weekdayNumbers.get(weekday) ?? 0 }]],
  ["\\b(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::\\d{2})?(?: ?(?<half>[ap])\\.?m\\b\\.?)?(?!\\d)", (groups) => [timeOf(groups)]],
  ["\\b(?<hour>\\d{1,2}) ?(?<half>[ap])\\.?m\\b\\.?", (groups) => [timeOf(groups)]],
  ["\\b(?<hour>\\d{1,2}) ?h ?(?<minute>\\d{2})\\b", (groups) => [timeOf(groups)]],
  ["\\b(?:(?<noon>noon|midi)|midnight|minuit)\\b", ({ noon }) => [{ kind: "time", minutes: noon === undefined ? 0 : 720 }]],
  ["\\b(?:he|hour[ -]ending) ?(?<hour>\\d{1,2})\\b", ({ hour }) => [{ kind: "hour-ending", hour: Number(hour) }]],
  ["\\bco2(?:e|eq)?\\b", () => []],
  ["(?<![\\p{L}\\d._\\/-])[\\p{L}\\d._\\/-]*\\p{L}\\d(?:[\\p{L}\\d._\\/-]*[\\p{L}\\d])?", (_, text) => [{ kind: "code", text }]],
  [
    `(?:(?<minus>\\b(?:minus|negative|moins) |(?<![\\p{L}\\d)%°$${taken}])[−–-])|\\+)?(?<dollar>\\$ ?(?<inner>[−-])?)?(?<digits>${digits})`
    + `(?:(?:st|nd|rd|th|er|e|eme)(?![\\p{L}\\d])|(?<mwh> ?(?:\\/|per|par|le) ?mwh)(?!\\p{L})|[ -]?(?:${unit})(?![\\p{L}\\d])|(?<tail>\\p{L}[\\p{L}\\d]*))?`,
    (groups, text) => [numberOf(groups, text)],
  ],
  [`\\b(?<spelled>${alternatives(spelledNumbers.keys())})\\b`, ({ spelled = "" }) => [{ kind: "number", value: spelledNumbers.get(spelled) ?? Number.NaN, unit: null }]],
  [`\\b(?<part>${alternatives(partWords.keys())})\\b`, ({ part = "" }) => [{ kind: "part", word: partWords.get(part) ?? part }]],
  ["\\p{N}+", (_, text) => [{ kind: "code", text }]],
];
const compiled = readers.map(([pattern, read]) => ({ pattern: new RegExp(pattern, "gu"), read }));

/** Lower case, without accents, with one kind of space: the same text however it was typed. */
export function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").replace(/g(?:rams?|rammes?)? ?(?:of |de )?co2(?:e|eq| equivalent)?(?: ?\/ ?| per | par )kwh/g, "g/kwh");
}

/**
 * Everything that a text says in numbers, in digits or in English or French words, with units where they stand beside them. A comma
 * before three digits groups, before others it is a decimal one; spaces and apostrophes group too. For
 * texts of a few hundred characters.
 */
export function readQuantities(text: string): Quantity[] {
  const found: Quantity[] = [];
  let rest = folded(text);
  for (const { pattern, read } of compiled) {
    rest = rest.replace(pattern, (...match: unknown[]) => {
      const groups: unknown = match.at(-1);
      found.push(...read(isGroups(groups) ? groups : {}, String(match[0])));
      return taken;
    });
  }
  return found;
}

function isGroups(value: unknown): value is Groups {
  return typeof value === "object" && value !== null;
}

function numberOf(groups: Groups, text: string): Quantity {
  if (groups["tail"] !== undefined) return { kind: "code", text: text.trim() };
  const written = (groups["digits"] ?? "").replace(/[ '’]/g, "");
  const size = Number(/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(written) ? written.replaceAll(",", "") : written.replace(",", "."));
  const value = groups["minus"] !== undefined || groups["inner"] !== undefined ? -size : size;
  const place = units.findIndex((_, index) => groups[`u${index}`] !== undefined);
  const name = groups["dollar"] === undefined ? (units[place]?.[0] ?? null) : groups["mwh"] === undefined ? "$" : "$/MWh";
  return { kind: "number", value, unit: name, ...(groups[`u${place}`] === "h" ? { orHour: true } : {}) };
}
