import { z } from "zod";

const outside = "Give a date from 1900 to 2999";
/** Years of four digits that every part of this reads alike: databases know no year 0, and have another calendar than JavaScript far off. */
const isKnown = (text: string) => {
  const year = new Date(text).getUTCFullYear();
  return year >= 1900 && year <= 2999;
};

/** A day of a request, such as 2026-01-31, in a year that can be meant. */
export const Day = z.iso.date().refine(isKnown, outside);
/** An instant of a request with its offset, such as 2026-01-31T05:00:00Z. */
export const Instant = z.iso.datetime({ offset: true }).refine(isKnown, outside);
/** A day or an instant; what a day means is for its reader to say. */
export const DayOrInstant = z.union([z.iso.date(), z.iso.datetime({ offset: true })], "An instant such as 2026-01-01T05:00:00Z, or a day such as 2026-01-01").refine(isKnown, outside);
