import { isIPv4, isIPv6 } from "node:net";
import type { Claim } from "../kinds.ts";
import type { Scan } from "../scan.ts";

const fourParts = /(?<![\w.]|\d-)\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d|-\d)/g;
const groups = /(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f:.]{2,44}(?![\w:])/gi;
/** What has a number of four parts for its name. */
const numbered =
  /\bver(?:sion)?s?\b|\bv\b|\bfirmware\b|\bmicrologiciel\b|\breleases?\b|\brev(?:ision)?\b|\bbuild\b|\bsections?\b|\bclauses?\b|\barticles?\b|\bparagraphe?s?\b|\balinea\b|\bchapter\b|\bchapitre\b|\bappendix\b|\bannexe\b|\boids?\b/g;
/** What is said of software and of rules. */
const versionWords =
  /\bupgrad(?:e|ed|ing)\b|\bupdat(?:e|ed|ing)\b|\bpatch(?:ed)?\b|\bsoftware\b|\bkernel\b|\bnoyau\b|\bdrivers?\b|\bpilotes?\b|\blogiciel\b|\blibrary\b|\bbibliotheque\b|\bmise a jour\b|\brun(?:s|ning)\b|\bimage\b|\b(?:old|new)er\b|\b(?:sub)?rules?\b|\bsubsections?\b|\brequires?\b|\bexigences?\b/g;
const networkWords =
  /\bips?\b|\baddress(?:es)?\b|\badresses?\b|\bhosts?\b|\bhotes?\b|\bserve(?:u)?rs?\b|\bping\b|\bsubnet\b|\bgateway\b|\bpasserelle\b|\bfirewall\b|\bdns\b|\brtu\b|\bports?\b|\bv?lan\b|\bvpn\b|\bssh\b|\btcp\b|\budp\b|\bproxy\b|\brouteu?r\b|\btraceroute\b|\bconnected from\b|\bconnexions?\b|\blog(?:-?ins?|ged in)\b|\bblocked\b|\bbloquee?s?\b|\bsrc\b|\bdst\b/g;
/** This machine, any machine, and masks of networks name nobody. */
const nobody = /^(?:0\.|127\.|255\.)/;
/** Shorter ones (`::1`) name this machine or nothing. */
const minLength = 7;

/** IP addresses that are none of version numbers, sections, times and hardware addresses. */
export function* findIpAddresses(scan: Scan): Generator<Claim> {
  const families = new Set<string>();
  for (const { 0: match, index } of scan.text.matchAll(fourParts)) {
    const end = index + match.length;
    if (isIPv4(match) && !nobody.test(match) && isAddress(scan, match, index, end, families)) yield { kind: "ip_address", start: index, end };
  }
  for (const { 0: match, index } of scan.text.matchAll(groups)) {
    const address = isIPv6(match) ? match : match.replace(/[.:]{1,2}$/, "");
    if (address.length < minLength || !/\d/.test(address) || /^(?:[0-9a-f]{2}:){7}[0-9a-f]{2}$/i.test(address) || !isIPv6(address)) continue;
    yield { kind: "ip_address", start: index, end: index + address.length };
  }
}

/** Whether it names a machine: by what is written onto it, by its numbers, by the words near it. Notes families of versions. */
function isAddress(scan: Scan, match: string, start: number, end: number, families: Set<string>): boolean {
  if (hasFormOfAddress(scan, start, end)) return true;
  if (hasHighNumbers(match)) return scan.wordsOf(numbered).before(start, 3) === undefined;
  // A word of versions farther behind it belongs to the next number.
  const nearest = (words: RegExp, after: number) => scan.wordsOf(words).near(start, end, { before: 40, after }) ?? Infinity;
  const version = Math.min(nearest(numbered, 2), nearest(versionWords, 2));
  const network = nearest(networkWords, 24);
  const family = match.split(".", 2).join(".");
  if (version < network) families.add(family);
  if (version !== network) return network < version;
  // No word is nearer. Other numbers of the same software are near in number rather than near in place.
  return !families.has(family) && (/^10\.|^\d\d.*\d{3}/.test(match) || hasWideNumbers(match));
}

/** A port, a network's length or what a log writes after it; a user or a scheme before it. */
function hasFormOfAddress({ text }: Scan, start: number, end: number): boolean {
  return /^(?::\d{1,5}(?!\d)|\/\d{1,2}(?!\d|[./]\d)| - \S{1,16} \[)/.test(text.slice(end, end + 24)) || /@$|\/\/$/.test(text.slice(Math.max(0, start - 2), start));
}

/** Versions and sections begin low and have at most one part of three digits; six in seven public addresses don't. */
function hasHighNumbers(match: string): boolean {
  return /^\d{3}|\d{3}.*\d{3}/.test(match);
}

/** Versions and sections that begin at 24 or higher go on below 10; dates and codes of parts have nothing above 31 behind that. */
function hasWideNumbers(match: string): boolean {
  return /^(?:2[4-9]|[3-9]\d)\.(?=\d\d).*(?:3[2-9]|[4-9]\d)/.test(match);
}
