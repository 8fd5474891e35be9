import { visibleText } from "#lib/visible-text.ts";
import type { TextFilter } from "./text-filter.ts";

/** A tag with more characters than this is none, but a sign that stands in the text. */
const longestTag = 1_000;
const address = /^[a-z][a-z0-9+.-]*:\S+$/i;

/** Leaves out raw HTML and characters that don't show. Of a tag that never closes only the bracket goes. */
export class MarkupFilter implements TextFilter {
  /** Half of a surrogate pair whose other half is still to come. */
  #half = "";
  /** A tag from its bracket on, as far as it has come; null outside of one. */
  #tag: string | null = null;
  #comment = false;
  /** The last two characters of a comment, by which its end is known. */
  #tail = "";

  push(text: string): string {
    const all = this.#half + text;
    const whole = /[\uD800-\uDBFF]$/.test(all) ? all.slice(0, -1) : all;
    this.#half = all.slice(whole.length);
    let out = "";
    for (const character of visibleText(whole)) out += this.#take(character);
    return out;
  }

  end(): string {
    const rest = this.#tag?.slice(1) ?? "";
    this.#half = "";
    this.#tag = null;
    return this.#comment ? "" : rest;
  }

  #take(character: string): string {
    if (this.#comment) {
      this.#comment = this.#tail + character !== "-->";
      this.#tail = (this.#tail + character).slice(-2);
      return "";
    }
    if (this.#tag === null) {
      if (character !== "<") return character;
      this.#tag = character;
      return "";
    }
    return this.#within(this.#tag, character);
  }

  #within(tag: string, character: string): string {
    if (tag === "<" && !/[a-z/!?]/i.test(character)) {
      this.#tag = character === "<" ? character : null;
      // Only what can't become a tag once more is taken out of the text keeps its sign.
      return /[\s\d=]/.test(character) ? tag + character : character === "<" ? "" : character;
    }
    if (character === "<" || tag.length >= longestTag) {
      this.#tag = character === "<" ? character : null;
      return tag.slice(1) + (character === "<" ? "" : character);
    }
    if (character === ">") {
      this.#tag = null;
      const inside = tag.slice(1);
      return address.test(inside) ? inside : "";
    }
    this.#tag = tag + character;
    if (this.#tag === "<!--") {
      this.#tag = null;
      this.#comment = true;
      this.#tail = "";
    }
    return "";
  }
}
