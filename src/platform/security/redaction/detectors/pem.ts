import type { Claim } from "../kinds.ts";
import { Places, type Scan } from "../scan.ts";

const begin = /-----BEGIN [A-Z0-9 ]{1,48}-----/g;
const end = /-----END [A-Z0-9 ]{1,48}-----/g;
const line = /(?:\s|\\n|\\r)*(?:[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9+/]{2,15}={1,2})/y;
const maxLength = 32_768;

/** PEM blocks, private keys and certificates alike; one that is cut off as far as its lines go on. */
export function* findPemBlocks(scan: Scan): Generator<Claim> {
  const [begins, ends] = [new Places(scan.text, begin), new Places(scan.text, end)];
  let past = 0;
  for (const start of begins.starts) {
    if (start < past) continue;
    const distance = ends.after(start, maxLength);
    past = distance === undefined ? linesEnd(scan.text, start) : start + distance + lineLength(scan.text, start + distance);
    yield { kind: "private_key", start, end: past };
  }
}

/** Length of the `-----END …-----` that begins there. */
function lineLength(text: string, place: number): number {
  return text.indexOf("-----", place + 5) + 5 - place;
}

/** Where the lines of base64 end that follow the first line at `start`. */
function linesEnd(text: string, start: number): number {
  let place = start + lineLength(text, start);
  for (line.lastIndex = place; line.test(text); ) place = line.lastIndex;
  return place;
}
