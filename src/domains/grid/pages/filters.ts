import { regionFacts } from "#domains/grid/labels.ts";
import type { Region } from "#domains/grid/schema.ts";
import { regions } from "#domains/grid/vocabulary.ts";

/** What a page of the grid shows, as its address says it. */
export interface Filters {
  range: { kind: RangeKind } | CustomRange;
  /** Whose clocks: the operator's, those of the region's capital, or UTC. */
  zone: ZoneKind;
  compare: "off" | ComparePeriod | Region;
  /** Values as they were known at this instant, ISO 8601 in UTC; null as they are known now. */
  asOf: string | null;
}

/** Days, the last one included. */
export interface CustomRange {
  kind: "custom";
  /** `2025-04-28` */
  from: string;
  to: string;
}

export const rangeKinds = ["today", "7d", "30d", "1y"] as const;
export type RangeKind = (typeof rangeKinds)[number];
export const zoneKinds = ["operator", "local", "utc"] as const;
export type ZoneKind = (typeof zoneKinds)[number];
export const comparePeriods = ["day", "week", "year"] as const;
export type ComparePeriod = (typeof comparePeriods)[number];

/** Regions that publish enough to be compared with. */
export const comparableRegions: readonly Region[] = ["CA-ON", "CA-AB", "CA-QC", "CA-NB"];

export const rangeNames: Readonly<Record<RangeKind, string>> = { today: "Today", "7d": "7 d", "30d": "30 d", "1y": "1 y" };
export const compareNames: Readonly<Record<ComparePeriod, string>> = { day: "Previous day", week: "Previous week", year: "Previous year" };

const dayMs = 86_400_000;
/** The longest range that can be chosen, in days. */
const daysAtMost = 40 * 366;

type Search = Pick<URLSearchParams, "get">;

/** Reads an address; what is missing or makes no sense is as if it weren't there. */
export function parseFilters(search: Search): Filters {
  const range = search.get("range");
  const [from, to] = [dayIn(search.get("from")), dayIn(search.get("to"))];
  const custom = from !== null && to !== null && from <= to && daysBetween(from, to) <= daysAtMost;
  const compare = search.get("compare");
  return {
    range: custom ? { kind: "custom", from, to } : { kind: rangeKinds.find((kind) => kind === range) ?? "today" },
    zone: zoneKinds.find((kind) => kind === search.get("tz")) ?? "operator",
    compare: comparePeriods.find((period) => period === compare) ?? regions.find((region) => regionFacts[region].code.toLowerCase() === compare) ?? "off",
    asOf: momentIn(search.get("asof")),
  };
}

/** The query string of filters, without "?", over what else the address holds; what is as usual is left out. */
export function serialiseFilters({ range, zone, compare, asOf }: Filters, others: Iterable<[string, string]> = []): string {
  const own = ["range", "from", "to", "tz", "compare", "asof"];
  const search = new URLSearchParams([...others].filter(([name]) => !own.includes(name)));
  if (range.kind === "custom") {
    search.set("from", range.from);
    search.set("to", range.to);
  } else if (range.kind !== "today") search.set("range", range.kind);
  if (zone !== "operator") search.set("tz", zone);
  if (compare !== "off") search.set("compare", comparePeriods.find((period) => period === compare) ?? codeOf(compare));
  if (asOf !== null) search.set("asof", `${asOf.slice(0, 16)}Z`);
  return search.toString();
}

function codeOf(compare: Filters["compare"]): string {
  const region = regions.find((each) => each === compare);
  return region ? regionFacts[region].code.toLowerCase() : "";
}

/** A day that exists, as `2025-04-28`; null for anything else. */
function dayIn(text: string | null): string | null {
  if (text === null || !/^(19|20)\d\d-\d\d-\d\d$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

/** A minute that exists, written as `2025-04-28T16:35Z`, as the instant that the API takes; null for anything else. */
function momentIn(text: string | null): string | null {
  const day = text === null ? null : dayIn(text.slice(0, 10));
  return text !== null && day !== null && /^T([01]\d|2[0-3]):[0-5]\dZ$/.test(text.slice(10)) ? `${text.slice(0, 16)}:00Z` : null;
}

/** The minute that clocks show which are so many minutes ahead of UTC, as the API takes it; null for what is no minute. */
export function momentOf(wall: string, minutes: number): string | null {
  if (momentIn(`${wall}Z`) === null) return null;
  return `${new Date(Date.parse(`${wall}Z`) - minutes * 60_000).toISOString().slice(0, 16)}:00Z`;
}

/** The other way: what those clocks show, without a zone. */
export function wallOf(moment: string, minutes: number): string {
  return new Date(Date.parse(moment) + minutes * 60_000).toISOString().slice(0, 16);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

function addYears(day: string, years: number): string {
  const date = new Date(Date.parse(day));
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  // 29 February has no counterpart in other years: the day before.
  if (date.getUTCMonth() !== month) date.setUTCDate(0);
  return date.toISOString().slice(0, 10);
}

/** The day that clocks show which are so many minutes ahead of UTC. */
export function dayAt(now: number, minutes: number): string {
  return new Date(now + minutes * 60_000).toISOString().slice(0, 10);
}

/** Days of a range, `to` excluded. */
export interface DayRange {
  from: string;
  to: string;
}

/** The days that a range covers when today is this day. */
export function daysOf(range: Filters["range"], today: string): DayRange {
  const to = addDays(today, 1);
  switch (range.kind) {
    case "today":
      return { from: today, to };
    case "7d":
      return { from: addDays(today, -6), to };
    case "30d":
      return { from: addDays(today, -29), to };
    case "1y":
      return { from: addYears(to, -1), to };
    case "custom":
      return { from: range.from, to: addDays(range.to, 1) };
  }
}

/** The days that are compared with a range: as many, that much earlier. */
export function earlierDays({ from, to }: DayRange, period: ComparePeriod): DayRange {
  if (period === "year") return { from: addYears(from, -1), to: addYears(to, -1) };
  const days = period === "day" ? -1 : -7;
  return { from: addDays(from, days), to: addDays(to, days) };
}

/** The finest resolution that a range's lines are worth drawing in. */
export function resolutionOf({ from, to }: DayRange): "5min" | "hour" | "day" | "month" {
  const days = daysBetween(from, to);
  if (days <= 8) return "5min";
  if (days <= 100) return "hour";
  return days <= 8 * 366 ? "day" : "month";
}

/** The days that a card keeps while the page's range moves, as the address holds them by its id: `price=2025-04-28..2025-05-04`. */
export function parsePin(search: Search, cardId: string): DayRange | null {
  const [from, to, ...more] = (search.get(cardId) ?? "").split("..").map(dayIn);
  if (from == null || to == null || more.length > 0 || from > to || daysBetween(from, to) > daysAtMost) return null;
  return { from, to: addDays(to, 1) };
}

/** The query string with a card's own days, or without them. */
export function withPin(entries: Iterable<[string, string]>, cardId: string, days: DayRange | null): string {
  const search = new URLSearchParams([...entries]);
  if (days) search.set(cardId, `${days.from}..${addDays(days.to, -1)}`);
  else search.delete(cardId);
  return search.toString();
}
