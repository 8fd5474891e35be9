import { LinkFilter } from "./link-filter.ts";
import { MarkupFilter } from "./markup-filter.ts";
import type { TextFilter } from "./text-filter.ts";
import { UrlFilter } from "./url-filter.ts";

/**
 * Makes plain text of what a model writes, as it streams: characters that don't show and raw HTML go, Markdown links and
 * images are reduced to their words, and addresses that stand in none of the `sources` are left out. So nothing that a
 * passage talked a model into can load, link or hide. Linear in the length of the text, and the same however it is cut.
 */
export class PlainTextFilter implements TextFilter {
  readonly #stages: TextFilter[];

  constructor(sources: string[]) {
    this.#stages = [new MarkupFilter(), new LinkFilter(), new UrlFilter(sources)];
  }

  push(text: string): string {
    return this.#stages.reduce((rest, stage) => stage.push(rest), text);
  }

  end(): string {
    return this.#stages.reduce((rest, stage) => stage.push(rest) + stage.end(), "");
  }
}
