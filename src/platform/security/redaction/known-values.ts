import type { RedactionKind } from "./kinds.ts";

const headLength = 4;
/** Shorter values are left where no detector claims them: they stand in other words too. */
const minLength = 7;

/** Finds every further place of values that are known, in time that grows with the text and not with their number. */
export class KnownValues {
  readonly #kinds: ReadonlyMap<string, RedactionKind>;
  /** Lengths of the values that begin with the same characters, longest first. */
  readonly #lengths = new Map<string, number[]>();

  constructor(kinds: ReadonlyMap<string, RedactionKind>) {
    this.#kinds = kinds;
    for (const value of kinds.keys()) {
      if (value.length < minLength) continue;
      const head = value.slice(0, headLength);
      const lengths = this.#lengths.get(head) ?? [];
      if (!lengths.includes(value.length)) this.#lengths.set(head, [...lengths, value.length].sort((a, b) => b - a));
    }
  }

  /** Places of known values in a text, in order, the longest at each. */
  *in(text: string): Generator<{ start: number; end: number; kind: RedactionKind }> {
    if (this.#lengths.size === 0) return;
    for (let start = 0; start + minLength <= text.length; start += 1) {
      const found = this.#at(text, start);
      if (found === undefined) continue;
      yield found;
      start = found.end - 1;
    }
  }

  #at(text: string, start: number): { start: number; end: number; kind: RedactionKind } | undefined {
    for (const length of this.#lengths.get(text.slice(start, start + headLength)) ?? []) {
      const kind = this.#kinds.get(text.slice(start, start + length));
      if (kind !== undefined) return { start, end: start + length, kind };
    }
    return undefined;
  }
}
