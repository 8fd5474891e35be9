import { LRUCache } from "lru-cache";
import { processWide } from "#lib/process-wide.ts";

const mostBytes = 64 * 1_024 * 1_024;
/** Whatever an answer's version failed to name is out of date for no longer. */
const keptMs = 10 * 60_000;

type Bytes = Uint8Array<ArrayBuffer>;

/** Bodies of answers by route and version; the ones that were asked for longest ago go first. */
const answers = processWide("kept-answers", () => new LRUCache<string, Bytes>({
  maxSize: mostBytes, maxEntrySize: mostBytes / 4, ttl: keptMs, sizeCalculation: ({ byteLength }) => Math.max(1, byteLength),
}));

/** The body that this route gave for this version, if it is still held. */
export function keptAnswer(route: string, tag: string): Bytes | undefined {
  return answers.get(`${route} ${tag}`);
}

/** Holds a body for those who ask for the same version next. */
export function keepAnswer(route: string, tag: string, body: Bytes): void {
  answers.set(`${route} ${tag}`, body);
}

/** Forgets all of them, as where another database takes the place of one. */
export function forgetAnswers(): void {
  answers.clear();
}
