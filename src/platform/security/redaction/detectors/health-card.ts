import { passesBcMod11, passesLuhn } from "../checksums.ts";
import type { Claim } from "../kinds.ts";
import type { Scan } from "../scan.ts";
import { isAmount, isDate, isNumberOfThing } from "../surroundings.ts";

const words =
  /\bohip\b|\bhealth[ -]?(?:card|care|insurance|number|no\b)|\bcarte (?:sante|soleil|d'assurance[ -]maladie)\b|\bassurance[ -]?maladie|\bramq\b|\bnam\b|\bphn\b|\bpersonal health\b|\bsante personnel\b|\bmsp\b|\bahcip\b|\buli\b|\bphin\b|\bmcp\b|\bcare ?card\b|\bmedicare\b|\bhcn\b|\bnumero de sante\b|\bservices card\b|\bversion code\b|\bcode de version\b/g;
const distances = { before: 50, after: 30 };

/** Ontario and, from a 9, British Columbia: ten digits, in Ontario with a version of one or two letters. */
const tenDigits = /(?<![\w.+]|\d[ -])\d{4}([ -]?)\d{3}\1\d{3}(?:[ -]?[A-Z]{1,2}(?![\w]))?(?!\w|[-.]\d| \d|-[A-Za-z])/g;
/** Québec: four letters of the name, birth date with 50 added to a woman's month, two more digits. */
const ramq = /(?<![\w-])[A-Z]{4}[ -]?(\d{2})(\d{2})[ -]?(\d{2})\d{2}(?!\w|-\w)/gi;
/** What the other provinces and territories issue, which nothing but a word tells from other numbers. */
const others = /(?<![\w.+-]|\d )(?:[A-Z]\d{7}|\d{12}|\d{8,9}|\d{5}[ -]\d{4}|\d{3}([ -])\d{3}\1\d{3}(?:\1\d{3})?)(?!\w|[-.]\d| \d|-[A-Za-z])/g;
const units = /\d[ -]?(?:[KMGT]W|[KM]V|HZ|[KMG]J|T|V|A|W|S|H|KG|KM|M)$/;

/** Health-card numbers of the provinces and territories. */
export function* findHealthCards(scan: Scan): Generator<Claim> {
  const claim = (start: number, end: number, isTelling: boolean): Claim[] => {
    const distance = scan.wordsOf(words).near(start, end, distances);
    if (distance === undefined && (!isTelling || isNumberOfThing(scan, start, end))) return [];
    if (isAmount(scan, start, end)) return [];
    return [{ kind: "health_card", start, end, ...(distance === undefined ? {} : { distance }) }];
  };
  for (const { 0: match, 1: separator = "", index } of scan.text.matchAll(tenDigits)) {
    if (units.test(match)) continue;
    yield* claim(index, index + match.length, tellsTen(match, separator));
  }
  for (const { 0: match, 1: year = "", 2: month = "", 3: day = "", index } of scan.text.matchAll(ramq)) {
    if (!isBirthDate(Number(month), Number(day))) continue;
    const isTelling = match.startsWith(match.slice(0, 4).toUpperCase()) && !isDate(match.replace(/\D/g, "")) && year !== "";
    yield* claim(index, index + match.length, isTelling);
  }
  for (const { 0: match, index } of scan.text.matchAll(others)) {
    if (!isDate(match)) yield* claim(index, index + match.length, false);
  }
}

/** Whether the form of ten digits is telling: in groups, with the check digit of Ontario or British Columbia. */
function tellsTen(match: string, separator: string): boolean {
  const digits = match.replace(/\D/g, "");
  if (separator === "") return false;
  if (digits.startsWith("9") && passesBcMod11(digits) && !/[A-Z]/.test(match)) return true;
  return !digits.startsWith("0") && passesLuhn(digits) && (separator === "-" || /[A-Z]{2}$/.test(match));
}

function isBirthDate(month: number, day: number): boolean {
  const monthOfYear = month > 50 ? month - 50 : month;
  return monthOfYear >= 1 && monthOfYear <= 12 && day >= 1 && day <= 31;
}
