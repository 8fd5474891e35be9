/** A citation, or a list of them as models also write it: [1], [1, 2], [1][2]; with the space before it. */
const marker = /[ \t]{0,8}\[(\d{1,3}(?:[ \t]{0,4},[ \t]{0,4}\d{1,3}){0,20})\]/g;
/** What might become a marker once more text has come, from its bracket on. */
const unfinished = /^\[(?:\d{1,3}(?:[ \t]{0,4},[ \t]{0,4}\d{1,3}){0,20}(?:[ \t]{0,4},?[ \t]{0,4}))?$/;
const longestUnfinished = 300;
const longestSpace = 8;

/**
 * Lets text through as it streams, with every citation brought to the form [n] and those dropped that name no passage.
 * Holds back only what may still be the beginning of a marker, so that a number split across chunks is judged whole.
 * Linear in the length of the text, whatever it holds.
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
    const start = heldFrom(all);
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
    return text.replace(marker, (whole, numbers: string) => {
      const valid = numbers.split(",").map(Number).filter((n) => n >= 1 && n <= this.#passages);
      for (const n of valid) this.#cited.add(n);
      const lead = valid.length > 0 ? whole.slice(0, whole.indexOf("[")) : "";
      return lead + valid.map((n) => `[${n}]`).join("");
    });
  }
}

/** Where the part begins that must wait: a marker that isn't closed yet, and the space that would go with it. */
function heldFrom(text: string): number {
  const bracket = text.lastIndexOf("[");
  const open = bracket >= 0 && text.length - bracket <= longestUnfinished && unfinished.test(text.slice(bracket));
  let start = open ? bracket : text.length;
  for (let space = 0; space < longestSpace && start > 0 && /[ \t]/.test(text.charAt(start - 1)); space += 1) start -= 1;
  return start;
}
