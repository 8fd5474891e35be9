import { passesLuhn } from "../checksums.ts";
import type { Claim } from "../kinds.ts";
import type { Scan } from "../scan.ts";
import { isAmount, isNumberOfThing } from "../surroundings.ts";

const words = /\bsin\b|\bs\.i\.n\b|\bnas\b|\bn\.a\.s\b|\bsocial ?insurance|\bassurance ?sociale/g;
const grouped = /(?<![\w.,+-]|\d )\d{3}([ -])\d{3}\1\d{3}(?!\w|[-.,]\d| \d|-[A-Za-z])/g;
const run = /(?<![\w.+-])\d{9}(?!\w|[-.]\d|-[A-Za-z])/g;
const distances = { before: 40, after: 20 };

/** Social insurance numbers: in groups by Luhn's check or a word of context, as a run of digits by both. */
export function* findSins(scan: Scan): Generator<Claim> {
  for (const { 0: match, index } of scan.text.matchAll(grouped)) {
    const end = index + match.length;
    const distance = scan.wordsOf(words).near(index, end, distances);
    if (isAmount(scan, index, end)) continue;
    if (distance !== undefined) yield { kind: "sin", start: index, end, distance };
    // From 8 on are business numbers.
    else if (!match.startsWith("8") && passesLuhn(match.replace(/\D/g, "")) && !isNumberOfThing(scan, index, end)) yield { kind: "sin", start: index, end };
  }
  for (const { 0: match, index } of scan.text.matchAll(run)) {
    const end = index + match.length;
    const distance = passesLuhn(match) ? scan.wordsOf(words).near(index, end, distances) : undefined;
    if (distance !== undefined) yield { kind: "sin", start: index, end, distance };
  }
}
