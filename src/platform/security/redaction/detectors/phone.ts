import type { Claim } from "../kinds.ts";
import type { Scan } from "../scan.ts";
import { isAmount, isInRowOfNumbers, isNumberOfThing } from "../surroundings.ts";

const words =
  /\b(?:tele)?phon(?:e|ing)|\btels?\b|\bcell(?:s|ular|ulaires?|phone)?\b|\bmobiles?\b|\bfax\b|\btelecopieurs?\b|\bcall(?:s|ed|ing)?\b|\bdial\b|\btext(?:s|ed|ez|er)?\b|\bsms\b|\bwhatsapp\b|\breach(?:ed)?\b|\bring\b|\bjoi(?:ndre|gnez|gnable)\b|\br?appel(?:er|ez|le|lez)\b|\bcompos(?:er|ez)\b|\bcontact(?:er|ez|s)?\b|\blandline\b|\bhotline\b|\bvoicemail\b|\bportable\b/g;

const northAmerican = /(?<![\w.+/#-])(\+?1[-. ]{0,2})?(\([2-9]\d{2}\)|[2-9]\d{2})([-. ]{0,2})([2-9]\d{2})([-. ]?)(\d{4})(?!\w|[-./]\d|-[A-Za-z])/g;
const international = /(?<![\w.+])\+[1-9](?:[ ().-]{0,2}\d){7,14}(?!\w|[-.]\d| \d)/g;
const dialledAbroad = /(?<![\w.+-])(?:00|011)[ -][1-9](?:[ .-]?\d){7,13}(?!\w|[-.]\d| \d)/g;
const national = /(?<![\w.+-])\(?0\d(?:\)?[ .-]?\d){8,9}(?!\w|[-.]\d| \d)/g;
const local = /(?<![\w.+-])[2-9]\d{2}-\d{4}(?!\w|[-.]\d)/g;
const extension = /[,;]?\s{0,2}(?:ext(?:ension)?|poste|x)[.:]?\s{0,2}#?\d{1,6}(?!\w)/y;

const distances = { before: 45, after: 30 };
const countryCode = /^(?:7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|21\d|22\d|23\d|24\d|25\d|26\d|29\d|35\d|37\d|38\d|42\d|50\d|59\d|67\d|68\d|69\d|80\d|85\d|87\d|88\d|96\d|97\d|99\d)/;

/** Phone numbers: North American ones by their form, others with their country, national and bare ones beside a word that says so. */
export function* findPhones(scan: Scan): Generator<Claim> {
  yield* findNorthAmerican(scan);
  for (const { 0: match, index } of scan.text.matchAll(international)) {
    const digits = match.replace(/\D/g, "");
    if (!digits.startsWith("1") && countryCode.test(digits)) yield* accepted(scan, index, index + match.length, digits.length >= 10);
  }
  for (const { 0: match, index } of scan.text.matchAll(dialledAbroad)) yield* accepted(scan, index, index + match.length, /(?:[ .-]\d+){4}/.test(match));
  for (const pattern of [national, local]) {
    for (const { 0: match, index } of scan.text.matchAll(pattern)) yield* accepted(scan, index, index + match.length, false);
  }
}

function* findNorthAmerican(scan: Scan): Generator<Claim> {
  for (const { 0: match, 1: country = "", 2: area = "", 3: first = "", 4: exchange = "", 5: second = "", index } of scan.text.matchAll(northAmerican)) {
    const end = index + match.length;
    if (!isAreaCode(area.replace(/\D/g, "")) || exchange.endsWith("11") || (first === "" && second !== "" && !area.startsWith("("))) continue;
    const isBare = first === "" && second === "" && !area.startsWith("(") && !country.startsWith("+");
    const isSpaced = first === " " && second === " " && country === "";
    yield* accepted(scan, index, end, !isBare && !(isSpaced && isInRowOfNumbers(scan, index, end)));
  }
}

/** A claim where it isn't an amount or the number of a thing, and its form or a word tells what it is. */
function* accepted(scan: Scan, start: number, end: number, isTelling: boolean): Generator<Claim> {
  const distance = scan.wordsOf(words).near(start, end, distances);
  if ((distance === undefined && !isTelling) || isAmount(scan, start, end) || isNumberOfThing(scan, start, end)) return;
  extension.lastIndex = end;
  yield { kind: "phone", start, end: end + (extension.exec(scan.folded)?.[0].length ?? 0), ...(distance === undefined ? {} : { distance }) };
}

/** Area codes of the North American plan; those that are kept free or mean a service aren't. */
function isAreaCode(code: string): boolean {
  return !code.endsWith("11") && code[1] !== "9" && !/^(?:37|96)/.test(code);
}
