import { isIPv4, isIPv6 } from "node:net";
import type { Claim } from "../kinds.ts";
import type { Scan } from "../scan.ts";

const fourParts = /(?<![\w.]|\d-)\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d|-\d)/g;
const groups = /(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f:.]{2,44}(?![\w:])/gi;
const versionWords =
  /\bver(?:sion)?s?\b|\bv\b|\bfirmware\b|\bmicrologiciel\b|\breleases?\b|\brev(?:ision)?\b|\bbuild\b|\bupgrad(?:e|ed|ing)\b|\bupdat(?:e|ed|ing)\b|\bpatch(?:ed)?\b|\bsections?\b|\bclauses?\b|\barticles?\b|\bparagraphe?s?\b|\balinea\b|\bchapter\b|\bchapitre\b|\bappendix\b|\bannexe\b|\boids?\b|\bsoftware\b|\bkernel\b|\bnoyau\b|\bdrivers?\b|\bpilotes?\b|\blogiciel\b|\blibrary\b|\bbibliotheque\b|\bmise a jour\b/g;
const networkWords = /\bips?\b|\baddress(?:es)?\b|\badresses?\b|\bhosts?\b|\bserve(?:u)?rs?\b|\bping\b|\bsubnet\b|\bgateway\b|\bpasserelle\b|\bfirewall\b|\bdns\b|\brtu\b/g;
/** This machine, any machine, and masks of networks name nobody. */
const nobody = /^(?:0\.|127\.|255\.)/;
/** Shorter ones (`::1`) name this machine or nothing. */
const minLength = 7;

/** IP addresses that are none of version numbers, sections, times and hardware addresses. */
export function* findIpAddresses(scan: Scan): Generator<Claim> {
  const families = new Set<string>();
  for (const { 0: match, index } of scan.text.matchAll(fourParts)) {
    const family = match.split(".", 2).join(".");
    if (!isIPv4(match) || nobody.test(match) || families.has(family)) continue;
    const end = index + match.length;
    const version = scan.wordsOf(versionWords).near(index, end, { before: 40, after: 24 });
    const network = scan.wordsOf(networkWords).near(index, end, { before: 40, after: 24 });
    // Other numbers of the same software are near in number rather than near in place.
    if (version !== undefined && (network === undefined || version < network)) families.add(family);
    else yield { kind: "ip_address", start: index, end };
  }
  for (const { 0: match, index } of scan.text.matchAll(groups)) {
    const address = isIPv6(match) ? match : match.replace(/[.:]{1,2}$/, "");
    if (address.length < minLength || !/\d/.test(address) || /^(?:[0-9a-f]{2}:){7}[0-9a-f]{2}$/i.test(address) || !isIPv6(address)) continue;
    yield { kind: "ip_address", start: index, end: index + address.length };
  }
}
