/** Texts that redaction may be slow on: what its patterns are made of, over and over. */
import { redact, restore } from "#platform/security/redaction/redact.ts";
import { RedactionSession } from "#platform/security/redaction/session.ts";

export const hostileSize = 60_000;

export const hostileUnits = [
  "1 1 ", "1", "1-", "6", "a.", "@", "a@", "a@b.co ", "%40a.co", "613-555-0123 ", "call 6135550123 ", "046 454 286 ", "4111 1111 1111 1111 ", "K1A 0B1 ", "1 a street K1A 0B1 ", "1 a a a a ",
  "GB82 ", "GB82", "192.0.2.1 ", "1.2.3.4.", "version 1.2.3.4 ", "2001:db8::1 ", ":", "::", "token=", "token=://", "password: aaaaaaa1 ", "bearer ", "eyJ", "eyJaaaaaaaaa.",
  "://a:b@", ["-----BEGIN", " A-----"].join(""), "-----END A-----", "é", "e\u0301", "\u0301\u0316", "\u200b", "٦١٣-٥٥٥-٠١٧٦ ", "ﷺ", "𝟙", "unit no number id ", "TESX 8552 1512 ", "+44 20 7946 0321 ",
  "[EMAIL-K7QX-1]", "EMAIL-K7QX-", "[", "\\[",
];

/** Processor time, which what else runs on the machine hardly changes. */
const processorMs = () => process.cpuUsage().user / 1_000;

/** Milliseconds of processor time that redacting takes, the best of some runs. Throws when restoring doesn't give the text back. */
export function redactionMs(text: string, runs = 2): number {
  const times = Array.from({ length: runs }, () => {
    const session = new RedactionSession("K7QX");
    const started = processorMs();
    const redacted = redact(text, session);
    const took = processorMs() - started;
    if (restore(redacted, session) !== text) throw new Error("Restoring doesn't give the text back.");
    return took;
  });
  return Math.min(...times);
}

/** 60 kB of one of the units. */
export function hostileText(unit: string): string {
  return unit.repeat(Math.ceil(hostileSize / unit.length)).slice(0, hostileSize);
}
