import { findAddresses } from "./detectors/address.ts";
import { findApiKeys } from "./detectors/api-key.ts";
import { findEmails } from "./detectors/email.ts";
import { findHealthCards } from "./detectors/health-card.ts";
import { findIbans } from "./detectors/iban.ts";
import { findIpAddresses } from "./detectors/ip-address.ts";
import { findJwts } from "./detectors/jwt.ts";
import { findPaymentCards } from "./detectors/payment-card.ts";
import { findPemBlocks } from "./detectors/pem.ts";
import { findPhones } from "./detectors/phone.ts";
import { findSins } from "./detectors/sin.ts";
import { redactionKinds, type Claim } from "./kinds.ts";
import { Scan } from "./scan.ts";

const detectors = [findPemBlocks, findJwts, findApiKeys, findEmails, findIbans, findAddresses, findIpAddresses];
/** What these find has seven digits at least: most texts hold no such number, and aren't searched for one kind after the other. */
const numberDetectors = [findPaymentCards, findHealthCards, findSins, findPhones];
const longNumber = /\d(?:[ .()-]{0,3}\d){6}/;
/** Secrets hold anything, addresses of mail included; what is found inside one belongs to it. */
const secrets = new Set(["private_key", "jwt", "api_key"]);

/**
 * What a text holds that is to be redacted, in order, none overlapping another: secrets before the rest, then the longest, the
 * one nearest to a word that names it, and the kind that stands first. Places are the original's. Linear in the text's length.
 */
export function findClaims(original: string): Claim[] {
  const scan = new Scan(original);
  const claims = [...detectors, ...(longNumber.test(scan.text) ? numberDetectors : [])].flatMap((find) => [...find(scan)]);
  return settled(claims).map((claim) => ({ ...claim, ...scan.originalRange(claim.start, claim.end) }));
}

/** One claim for each stretch that claims cover together: the strongest one's kind, and all that any of them covers. */
export function settled(claims: Claim[]): Claim[] {
  const kept: Claim[] = [];
  for (const claim of claims.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || claim.start >= last.end) kept.push(claim);
    else kept[kept.length - 1] = { ...(isStronger(claim, last) ? claim : last), start: last.start, end: Math.max(last.end, claim.end) };
  }
  return kept;
}

function isStronger(a: Claim, b: Claim): boolean {
  const order = (claim: Claim) => [secrets.has(claim.kind) ? 0 : 1, claim.start - claim.end, claim.distance ?? 1_000, redactionKinds.indexOf(claim.kind)];
  const [first, second] = [order(a), order(b)];
  const index = first.findIndex((value, place) => value !== second[place]);
  return index !== -1 && (first[index] ?? 0) < (second[index] ?? 0);
}
