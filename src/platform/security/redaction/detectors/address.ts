import type { Claim } from "../kinds.ts";
import type { Scan } from "../scan.ts";

const postalCode = /(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?![\w-])/gi;
/** From the civic number to the kind of street, or a box; on folded text. */
const street =
  /(?<![\w.,-])\d{1,6}[a-z]?(?:-\d{1,6})?,? (?:(?:(?:[a-z]|\d{1,3}(?:st|nd|rd|th|e)\b)[a-z'.-]{0,24} ){1,4}(?:street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|crescent|cres|lane|ln|way|court|crt|place|pl|highway|hwy|terrace|trail|circle|square|parkway|pkwy|line|sideroad|concession|close|gate|grove)\b|(?:rue|avenue|av|boulevard|boul|chemin|ch|route|rang|place|allee|cote|montee|croissant|impasse|promenade|terrasse|autoroute|quai|square)\b)|\b(?:p\.? ?o\.? box|c\.? ?p\.?|case postale|rr|r\.r\.) ?#?\d{1,6}\b/g;
const words = /\bpostal ?codes?|\bcodes? ?posta(?:l|ux)|\bzip\b|\baddress(?:es)?\b|\badresses?\b|\bi live\b|\blives? (?:at|in)\b|\bhabite(?:nt|z)?\b|\bmailing\b|\bship(?:ped)? (?:it )?to\b|\bdeliver(?:ed)? to\b|\blivrer\b|\bdemeure\b|\bdomicile\b/g;
const province =
  /(?:\b(?:ON|QC|BC|AB|MB|SK|NS|NB|NL|PE|YT|NT|NU|PQ|Ont|Que|Alta|Man|Sask)\.?|Ontario|Qu[eé]bec|British Columbia|Colombie-Britannique|Alberta|Manitoba|Saskatchewan|Nova Scotia|Nouvelle-[EÉ]cosse|New Brunswick|Nouveau-Brunswick|Newfoundland(?: and Labrador)?|Terre-Neuve(?:-et-Labrador)?|Prince Edward Island|[IÎ]le-du-Prince-[EÉ]douard|Yukon|Nunavut|Northwest Territories)[)\].,]{0,2}\s{1,3}$/;
const maxAddressLength = 160;

/** Postal codes with their address: from the civic number where there is one, the code alone after a province or a word that says so. */
export function* findAddresses(scan: Scan): Generator<Claim> {
  let last = 0;
  for (const { 0: match, index } of scan.text.matchAll(postalCode)) {
    const end = index + match.length;
    const start = scan.wordsOf(street).lastStart(Math.max(last, index - maxAddressLength), index);
    const distance = scan.wordsOf(words).near(index, end, { before: 40, after: 20 });
    if (start !== undefined && !/\n\s*\n|[.!?]\s+\p{Lu}[^\n]*[.!?]\s/u.test(scan.text.slice(start, index))) yield { kind: "address", start, end };
    else if (distance !== undefined || province.test(scan.text.slice(Math.max(0, index - 32), index))) yield { kind: "address", start: index, end };
    last = end;
  }
}
