import type { Claim } from "../kinds.ts";
import type { Scan } from "../scan.ts";

/** From the sign on; the part before it is read backwards, since it may be of any length. */
const host = /(?:@|%40| ?[[(] ?(?:at|arobase) ?[\])] ?)((?:[\p{L}\p{N}_-]{1,63}\.){1,8}\p{L}{2,24})(?![\p{L}\p{N}_])/giu;
const maxLocalLength = 64;
const localSigns = "_.%+!#$&*/=?^`{|}~'-";
const quotes = /^[^\p{L}\p{N}_]+/u;

/** E-mail addresses; percent-encoded ones as in a URL too. Who signs in inside a URL (`//user@host`) is none. */
export function* findEmails({ text }: Scan): Generator<Claim> {
  for (const { 0: match, index } of text.matchAll(host)) {
    const name = nameOf(text.slice(localStart(text, index), index));
    if (name === "") continue;
    const start = index - name.length;
    if (/:\/\/[^\s/@]*$/.test(text.slice(Math.max(0, start - 80), start))) continue;
    yield { kind: "email", start, end: index + match.length };
  }
}

/** Where the characters begin that may stand in a local part before `end`. */
function localStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < maxLocalLength && isLocal(text.charAt(start - 1))) start -= 1;
  return start;
}

function isLocal(character: string): boolean {
  return (character >= "a" && character <= "z") || (character >= "A" && character <= "Z") || (character >= "0" && character <= "9") || localSigns.includes(character) || (character > "\x7f" && /^[\p{L}\p{N}]$/u.test(character));
}

/** The local part without what a URL, a path or quotes put before it. */
function nameOf(before: string): string {
  const last = Math.max(before.lastIndexOf("="), before.lastIndexOf("&"), before.lastIndexOf("?"), before.lastIndexOf("/"));
  return before.slice(last + 1).replace(quotes, "");
}
