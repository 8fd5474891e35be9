/** A citation, or a list of them as models also write it: [1], [1, 2], [1][2]. */
const marker = /\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g;
/** What might become a marker, or the space before one, once more text has come. */
const unfinished = /\s+$|\s*\[(?:\d{1,3}(?:\s*,\s*\d{0,3})*)?$/;

/**
 * Lets text through as it streams, with every citation brought to the form [n] and those dropped that name no passage.
 * Holds back only what may still be the beginning of a marker, so that a number split across chunks is judged whole.
 */
export class CitationFilter {
  readonly #passages: number;
  readonly #cited = new Set<number>();
  #held = "";

  constructor(passages: number) {
    this.#passages = passages;
  }

  /** Numbers cited so far, in the order they came. */
  get cited(): number[] {
    return [...this.#cited];
  }

  /** Takes the next piece of text; answers what can be shown now. */
  push(text: string): string {
    const all = this.#held + text;
    const start = unfinished.exec(all)?.index ?? all.length;
    this.#held = all.slice(start);
    return this.#clean(all.slice(0, start));
  }

  /** What was held back when no more text comes. */
  end(): string {
    const rest = this.#clean(this.#held);
    this.#held = "";
    return rest;
  }

  #clean(text: string): string {
    return text.replace(new RegExp(`\\s*${marker.source}`, "g"), (whole, numbers: string) => {
      const valid = numbers.split(",").map(Number).filter((n) => n >= 1 && n <= this.#passages);
      for (const n of valid) this.#cited.add(n);
      const lead = valid.length > 0 ? (/^\s*/.exec(whole)?.[0] ?? "") : "";
      return lead + valid.map((n) => `[${n}]`).join("");
    });
  }
}
