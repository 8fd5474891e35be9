import type { Claim } from "../kinds.ts";
import type { Scan } from "../scan.ts";

/** Keys that say by their first letters whose they are. */
const prefixed = [
  /(?<![\w-])sk-[\w-]{20,}/g,
  /(?<![\w-])(?:gh[opusr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{30,}|hf_[A-Za-z0-9]{20,}|pypi-[\w-]{20,})/g,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  /(?<![\w-])(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10,}/g,
  /(?<![\w-])(?:AIza[\w-]{30,}|ya29\.[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,})/g,
  /(?<![\w-])(?:[prs]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9]{16,}|sb_(?:secret|publishable)_\w{16,}|sbp_[0-9a-f]{32,}|tl_[A-Za-z0-9]{40}|dop_v1_[0-9a-f]{32,}|shpat_[0-9a-f]{32})/g,
];
/** A word for a secret, then what sets its value: on folded text. */
const named =
  /(?:api|access|private|shared|account|signing|encryption)[ -]?keys?|\bsecrets?(?:[ -]?(?:access[ -]?)?key)?|tokens?|passw(?:or)?d|\bpwd|passphrase|\bmots? de passe|\bcles? (?:d'api|api|secrete|privee)|\bjeton(?: d'acces)?|\bauthorization|\bbearer/g;
const setting = /["']?\s{0,3}(?:[:=]|=>|is|was|est)\s{0,3}["']?(?:(?:bearer|basic|token)\s{1,3})?/y;
const bearer = /\s{1,3}/y;
const value = /[^\s"'<>,;]{8,256}/y;
const signedIn = /:\/\/[^\s:@/]{1,64}:([^\s@/]{3,128})@/g;

/** Keys and passwords: by a vendor's prefix, after a word that names a secret, or inside a URL. */
export function* findApiKeys(scan: Scan): Generator<Claim> {
  for (const form of prefixed) {
    for (const { 0: match, index } of scan.text.matchAll(form)) {
      if (/\d|[A-Z]/.test(match.slice(4))) yield { kind: "api_key", start: index, end: index + match.length };
    }
  }
  for (const { 0: match, 1: password = "", index } of scan.text.matchAll(signedIn)) {
    const end = index + match.length - 1;
    yield { kind: "api_key", start: end - password.length, end };
  }
  for (const { 0: word, index } of scan.folded.matchAll(named)) {
    const start = valueStart(scan.folded, index + word.length, word === "bearer");
    const secret = start === undefined ? "" : secretAt(scan.text, start);
    if (start !== undefined && secret !== "") yield { kind: "api_key", start, end: start + secret.length };
  }
}

function valueStart(folded: string, from: number, isBearer: boolean): number | undefined {
  setting.lastIndex = from;
  if (setting.test(folded)) return setting.lastIndex;
  bearer.lastIndex = from;
  return isBearer && bearer.test(folded) ? bearer.lastIndex : undefined;
}

/** The value that stands there, empty where it reads as words rather than as a secret. */
function secretAt(text: string, start: number): string {
  value.lastIndex = start;
  const [found = ""] = value.exec(text) ?? [];
  if (found === "" || found.includes("://")) return "";
  const isQuery = text[start - 1] === "=" && found.includes("&");
  const secret = (isQuery ? found.slice(0, found.indexOf("&")) : found).replace(/(?<![.)\]}])[.)\]}]+$/, "");
  // A call or an element of a list is code.
  return secret.length >= 8 && !/^\w{1,64}[([]/.test(secret) && /\d/.test(secret) && /[A-Za-z]/.test(secret) ? secret : "";
}
