import type { Claim } from "../kinds.ts";
import type { Scan } from "../scan.ts";

/** Header (JSON in base64 begins with `eyJ`), payload, signature, the last empty in an unsigned one; encrypted ones have two parts more. */
const token = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*(?:\.[\w-]+){0,2}/g;

/** JSON web tokens. */
export function* findJwts({ text }: Scan): Generator<Claim> {
  for (const { 0: match, index } of text.matchAll(token)) yield { kind: "jwt", start: index, end: index + match.length };
}
