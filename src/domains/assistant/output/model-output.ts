import { CitationFilter } from "./citation-filter.ts";
import { PlainTextFilter } from "./plain-text-filter.ts";
import { noAnswer } from "#domains/assistant/prompt.ts";

const paragraphEnd = /\n[^\S\n]*\n\s*/;
const citation = /\[\d{1,3}\]/;

/**
 * A model's text on its way to the reader: plain text whose citations name passages, paragraph by paragraph. A paragraph
 * is held back until it cites, and left out when it never does.
 */
export class ModelOutput {
  readonly #plain: PlainTextFilter;
  readonly #citations: CitationFilter;
  /** Of the paragraph that is being written, what hasn't been handed on. */
  #held = "";
  #cited = false;
  /** As the model wrote it. */
  raw = "";
  /** What has been handed on. */
  shown = "";

  constructor(passages: string[]) {
    this.#plain = new PlainTextFilter(passages);
    this.#citations = new CitationFilter(passages.length);
  }

  /** Whether the model says that the passages don't hold the answer. */
  get declined(): boolean {
    return this.raw.trimStart().startsWith(noAnswer);
  }

  /** Takes the next piece; answers what can be shown now. */
  push(text: string): string {
    this.raw += text;
    return this.declined ? "" : this.#hand(this.#citations.push(this.#plain.push(text)), false);
  }

  /** What can be shown once no more text comes. */
  end(): string {
    return this.#hand(this.#citations.push(this.#plain.end()) + this.#citations.end(), true);
  }

  #hand(text: string, last: boolean): string {
    this.#held += text;
    let out = "";
    for (let end = paragraphEnd.exec(this.#held); end; end = paragraphEnd.exec(this.#held)) {
      out += this.#paragraph(this.#held.slice(0, end.index));
      this.#held = this.#held.slice(end.index + end[0].length);
      this.#cited = false;
    }
    const waiting = last ? "" : lineEndOf(this.#held);
    const part = this.#held.slice(0, this.#held.length - waiting.length);
    if (this.#cited || citation.test(part)) {
      out += this.#paragraph(part);
      this.#held = waiting;
    }
    return out;
  }

  /** Hands on a piece of the current paragraph, if that cites. */
  #paragraph(text: string): string {
    if (!this.#cited && !citation.test(text)) return "";
    const begins = !this.#cited;
    this.#cited = true;
    const out = begins ? (this.shown === "" ? "" : "\n\n") + text.trimStart() : text;
    this.shown += out;
    return out;
  }
}

/** What may still become the end of a paragraph: the white space at the end, if it holds a line's end. */
function lineEndOf(text: string): string {
  const space = text.slice(text.trimEnd().length);
  return space.includes("\n") ? space : "";
}
