import { passesLuhn } from "../checksums.ts";
import type { Claim } from "../kinds.ts";
import type { Scan } from "../scan.ts";
import { isAmount, isNumberOfThing } from "../surroundings.ts";

const words = /\bcards?\b|\bcartes?\b|\bvisa\b|\bmaster ?card\b|\bamex\b|\bamerican express\b|\bdiscover\b|\bdiners\b|\bjcb\b|\bunionpay\b|\bcredit\b|\bdebit\b|\bpan\b/g;
const forms = [
  /(?<![\w.+-])\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?!\w|[-.]\d|-[A-Za-z])/g,
  /(?<![\w.+-])\d{4}([ -])\d{4}\1\d{4}\1\d{4}\1\d{3}(?!\w|[-.]\d|-[A-Za-z])/g,
  /(?<![\w.+-])3\d{3}([ -])\d{6}\1\d{4,5}(?!\w|[-.]\d|-[A-Za-z])/g,
  /(?<![\w.+-])\d{12,19}(?!\w|[-.]\d|-[A-Za-z])/g,
];
/** First digits and lengths of the networks: Visa, Mastercard, American Express, Discover, UnionPay, JCB, Diners. */
const issued =
  /^(?:4\d{15}(?:\d{3})?|(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}|3[47]\d{13}|(?:6011|64[4-9]\d|65\d{2})\d{12}|62\d{14,17}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-59]|[689]\d)\d{11})$/;

/** Payment-card numbers by a network's range and Luhn's check; of other ranges with a word of context. */
export function* findPaymentCards(scan: Scan): Generator<Claim> {
  for (const form of forms) {
    for (const { 0: match, index } of scan.text.matchAll(form)) {
      const end = index + match.length;
      const digits = match.replace(/\D/g, "");
      if (!passesLuhn(digits)) continue;
      const distance = scan.wordsOf(words).near(index, end, { before: 40, after: 20 });
      if (distance === undefined && (!issued.test(digits) || isNumberOfThing(scan, index, end))) continue;
      if (isAmount(scan, index, end)) continue;
      yield { kind: "payment_card", start: index, end, ...(distance === undefined ? {} : { distance }) };
    }
  }
}
