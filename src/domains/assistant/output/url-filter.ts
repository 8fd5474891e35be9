import type { TextFilter } from "./text-filter.ts";

/** A run of characters without white space longer than this is judged in pieces. */
const longestWord = 4_000;
const part = `[^\\s[\\]()<>"'\`«»“”]`;
const start = String.raw`[a-z][a-z0-9+.-]{0,20}:\/\/|www\.|(?:javascript|vbscript|mailto):|data:[a-z]{1,20}\/|(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?:\/|[?#](?=\w))`;
/** An address, without the full stop or comma of the sentence around it. */
const url = new RegExp(`(?:${start})(?:${part}*[^\\s[\\]()<>"'\`«»“”.,;:!?])?`, "giu");

/** Leaves out every address that stands in none of the sources, as it is written there. */
export class UrlFilter implements TextFilter {
  readonly #sources: string[];
  #word = "";
  /** The piece before this one ended within an address that was left out. */
  #dropping = false;

  constructor(sources: string[]) {
    this.#sources = sources;
  }

  push(text: string): string {
    let out = "";
    for (const character of text) {
      if (!/\s/.test(character)) {
        this.#word += character;
        if (this.#word.length >= longestWord) out += this.#take(false);
        continue;
      }
      const written = this.#word !== "";
      const word = this.#take(true);
      // The space after a word that is gone goes with it.
      if (!(written && word === "" && character === " ")) out += word + character;
    }
    return out;
  }

  end(): string {
    return this.#take(true);
  }

  #take(whole: boolean): string {
    const word = this.#word;
    this.#word = "";
    if (this.#dropping) {
      this.#dropping = !whole;
      return "";
    }
    const clean = word.replace(url, (address: string, offset: number) => {
      if (this.#sources.some((source) => source.includes(address))) return address;
      if (!whole && offset + address.length === word.length) this.#dropping = true;
      return "";
    });
    return clean.replaceAll("](", "] (");
  }
}
