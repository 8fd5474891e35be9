import { readableText, type ReadableText } from "./readable-text.ts";

/** A text under search: what detectors share, each part made once. */
export class Scan {
  readonly text: string;
  readonly folded: string;
  readonly #readable: ReadableText;
  readonly #words = new Map<RegExp, Places>();

  /** `leftOut`, a global pattern on folded text, says what no word of a context is looked for in. */
  constructor(original: string, leftOut?: RegExp) {
    this.#readable = readableText(original);
    this.text = this.#readable.text;
    this.folded = leftOut ? this.#readable.folded.replace(leftOut, (match) => " ".repeat(match.length)) : this.#readable.folded;
  }

  /** Where words of a context stand; `words` is a global pattern on folded text. */
  wordsOf(words: RegExp): Places {
    let places = this.#words.get(words);
    if (places === undefined) this.#words.set(words, (places = new Places(this.folded, words)));
    return places;
  }

  originalRange(start: number, end: number): { start: number; end: number } {
    return this.#readable.originalRange(start, end);
  }
}

/** Places of a pattern's matches, in order. */
export class Places {
  readonly starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(text: string, pattern: RegExp) {
    for (const { 0: match, index } of text.matchAll(pattern)) {
      this.starts.push(index);
      this.#ends.push(index + match.length);
    }
  }

  /** Characters from the last match before `start` to it; undefined when that is more than `most`. */
  before(start: number, most: number): number | undefined {
    const index = countUpTo(this.#ends, start) - 1;
    const end = this.#ends[index];
    return end !== undefined && start - end <= most ? start - end : undefined;
  }

  /** Characters from `end` to the next match; undefined when that is more than `most`. */
  after(end: number, most: number): number | undefined {
    const start = this.starts[countUpTo(this.starts, end - 1)];
    return start !== undefined && start - end <= most ? start - end : undefined;
  }

  /** The lesser of both distances, each within its own bound. */
  near(start: number, end: number, most: { before: number; after: number }): number | undefined {
    const [before, after] = [this.before(start, most.before), this.after(end, most.after)];
    return before === undefined ? after : after === undefined ? before : Math.min(before, after);
  }

  /** True when a match shares a character with [start, end). */
  touches(start: number, end: number): boolean {
    return (this.#ends[countUpTo(this.starts, end - 1) - 1] ?? 0) > start;
  }

  /** Start of the last match that begins in [from, before). */
  lastStart(from: number, before: number): number | undefined {
    const start = this.starts[countUpTo(this.starts, before - 1) - 1];
    return start !== undefined && start >= from ? start : undefined;
  }
}

/** How many of the sorted numbers are at most `limit`. */
function countUpTo(sorted: number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
