import { passesMod97 } from "../checksums.ts";
import type { Claim } from "../kinds.ts";
import type { Scan } from "../scan.ts";

const beginning = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?=[ -]?[A-Z0-9])/gi;
/** Length by country, as the IBAN registry has it. */
const lengths = new Map(
  "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

/** International bank account numbers, with or without spaces. */
export function* findIbans({ text }: Scan): Generator<Claim> {
  for (const { 0: match, index } of text.matchAll(beginning)) {
    const end = endOf(text, index, lengths.get(match.slice(0, 2).toUpperCase()) ?? 0);
    if (end !== undefined && passesMod97(text.slice(index, end).replace(/[ -]/g, ""))) yield { kind: "iban", start: index, end };
  }
}

/** Where `length` letters and digits from `start` end, single spaces and hyphens between them; undefined where a word goes on or there aren't so many. */
function endOf(text: string, start: number, length: number): number | undefined {
  let place = start;
  for (let taken = 0; taken < length; place += 1) {
    if (isAlphanumeric(text, place)) taken += 1;
    else if (!" -".includes(text[place] ?? "x") || !isAlphanumeric(text, place - 1)) return undefined;
  }
  return length === 0 || isAlphanumeric(text, place) ? undefined : place;
}

function isAlphanumeric(text: string, place: number): boolean {
  const code = text.charCodeAt(place);
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
