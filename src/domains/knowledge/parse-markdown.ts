import type { Root, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { plainBlocks } from "./plain-blocks.ts";

/** Blocks within blocks: deeper ones don't come from a writer, and the parser's stack has an end. */
const deepest = 100;
/** Steps beyond those of plain reading that a document may take to parse: about a second. */
const mostSteps = 10_000_000;

/**
 * The blocks of a Markdown document, with offsets into `text`, which is the document or one of equal length. One that is
 * built so that parsing wouldn't end in due time is read as headings, code and plain paragraphs.
 */
export function parseMarkdown(markdown: string): { tree: { children: RootContent[] }; text: string } {
  if (!overloaded(markdown)) {
    try {
      return { tree: parsed(markdown), text: markdown };
    } catch (error) {
      // The stack ran out.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return plainBlocks(markdown);
}

function parsed(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
}

const underline = /^ {0,3}(?:=+|-+)[ \t]*$/;
const container = /[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$))/y;

/** Whether the parser would take more than its share of steps, or of the stack: an estimate from what it is known to do. */
function overloaded(markdown: string): boolean {
  let steps = 0;
  let depth = 0;
  let items = 0;
  let underlines = 0;
  let block = new Block();
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const { nesting, item } = nestingOf(line);
    depth = Math.max(depth, nesting);
    // Each line is compared with every block that may be open; each item and each underlined heading moves all that follow.
    steps += depth * 30 + (item ? items / 32 : 0) + (underline.test(line) ? underlines * 4 : 0);
    if (item) items += 1;
    if (underline.test(line)) underlines += 1;
    if (item || line.trim() === "" || /^ {0,3}#{1,6}[ \t]/.test(line)) {
      steps += block.steps;
      block = new Block();
    }
    block.add(line);
    if (depth > deepest || steps + block.steps > mostSteps) return true;
  }
  return false;
}

/** What reading the words of one block takes: emphasis and brackets are matched pairwise, other openings look ahead to its end. */
class Block {
  #length = 0;
  #emphasis = 0;
  #brackets = 0;
  #comments = 0;
  readonly #ticks = new Set<number>();

  add(line: string): void {
    this.#length += line.length + 1;
    this.#emphasis += count(line, /[*_]/g);
    this.#brackets += count(line, /[[\]]/g);
    this.#comments += count(line, /<[!?]/g);
    for (const [ticks] of line.matchAll(/`+/g)) this.#ticks.add(ticks.length);
  }

  get steps(): number {
    return (this.#emphasis + this.#brackets) ** 2 / 4 + (this.#brackets * this.#length) / 32 + (this.#comments + this.#ticks.size) * this.#length;
  }
}

/** How deep a line can stand, by its signs and its indentation. */
function nestingOf(line: string): { nesting: number; item: boolean } {
  container.lastIndex = 0;
  let nesting = 0;
  let end = 0;
  let item = false;
  while (container.test(line)) {
    nesting += 1;
    item ||= line[container.lastIndex - 1] !== ">";
    end = container.lastIndex;
    if (nesting > deepest) break;
  }
  const columns = item ? line.slice(0, end).replaceAll("\t", "    ").length : 0;
  return { nesting: Math.max(nesting, Math.ceil(columns / 2)), item };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
