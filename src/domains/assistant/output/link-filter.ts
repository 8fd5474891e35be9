import type { TextFilter } from "./text-filter.ts";

/** What brackets hold up at most; longer texts between them are no link. */
const longestLabel = 500;
const longestTarget = 2_000;
const citation = /^\d{1,3}(?:[ \t]*,[ \t]*\d{1,3})*$/;

interface Bracket {
  image: boolean;
  text: string;
}

/**
 * Reduces Markdown links and images to their words, nested ones too. A link whose words are numbers stays as the citation
 * it looks like. Brackets without a target are left alone.
 */
export class LinkFilter implements TextFilter {
  /** Brackets that are open, outermost first. */
  #open: Bracket[] = [];
  #held = 0;
  #exclamation = false;
  /** The bracket has just closed; what comes next tells whether it was a link. */
  #closed = false;
  /** The target from its parenthesis on, as far as it has come; null outside of one. */
  #target: string | null = null;
  #depth = 0;
  #out = "";

  push(text: string): string {
    for (const character of text) this.#take(character);
    return this.#flush();
  }

  end(): string {
    if (this.#target !== null) this.#leaveTarget();
    if (this.#closed) this.#leaveBracket();
    if (this.#exclamation) this.#write("!");
    this.#exclamation = false;
    this.#release();
    return this.#flush();
  }

  #take(character: string): void {
    if (this.#target !== null) return this.#takeTarget(this.#target, character);
    if (this.#closed) {
      if (character === "(") {
        this.#target = character;
        this.#depth = 1;
        return;
      }
      this.#leaveBracket();
    }
    const image = this.#exclamation && character === "[";
    if (this.#exclamation && !image) this.#write("!");
    this.#exclamation = character === "!";
    if (character === "[") {
      this.#open.push({ image, text: "" });
      this.#held += 2;
    } else if (character === "]") this.#closed = true;
    else if (character !== "!") this.#write(character);
    if (this.#held > longestLabel) this.#release();
  }

  #takeTarget(target: string, character: string): void {
    this.#target = target + character;
    if (character === "(") this.#depth += 1;
    if (character === ")") this.#depth -= 1;
    if (this.#depth === 0) {
      const words = this.#open.pop();
      this.#target = null;
      this.#closed = false;
      this.#write(words === undefined ? "]" : citation.test(words.text) ? `[${words.text}]` : words.text);
    } else if (this.#target.length > longestTarget) this.#leaveTarget();
  }

  /** The parenthesis doesn't close: it belongs to the text, parted from the bracket so that it can't be a target. */
  #leaveTarget(): void {
    const text = this.#target ?? "";
    this.#target = null;
    this.#leaveBracket();
    this.#write(` ${text}`);
  }

  /** The bracket is none of a link. */
  #leaveBracket(): void {
    const bracket = this.#open.pop();
    this.#closed = false;
    this.#write(bracket === undefined ? "]" : `${bracket.image ? "![" : "["}${bracket.text}]`);
  }

  /** Lets everything through that open brackets hold up. */
  #release(): void {
    const text = this.#open.map((bracket) => (bracket.image ? "![" : "[") + bracket.text).join("");
    this.#open = [];
    this.#write(text);
  }

  #write(text: string): void {
    const inner = this.#open.at(-1);
    if (inner) {
      inner.text += text;
      this.#held += text.length;
    } else {
      this.#out += text;
      this.#held = 0;
    }
  }

  #flush(): string {
    const out = this.#out;
    this.#out = "";
    return out;
  }
}
