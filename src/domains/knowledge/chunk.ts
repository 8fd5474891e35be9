import type { RootContent } from "mdast";
import { toString } from "mdast-util-to-string";
import { wholeCodePoints } from "#lib/code-points.ts";
import { createSlugger } from "#lib/slug.ts";
import { unitsOf, type Unit } from "./chunk-units.ts";
import { inlineText } from "./inline-text.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import { tokensOf } from "./tokens.ts";

/** A passage of a document: whole sentences, list items, tables and code of one section, as plain text. */
export interface Chunk {
  /** Headings around the passage, outermost first; empty for the opening. */
  headings: string[];
  /** Fragment of the section in the rendered page, "" for the opening. */
  anchor: string;
  /** Plain text: blocks parted by blank lines, list items with "- ", table cells with " | ". */
  content: string;
  /** Character offsets in the Markdown of what the passage is made of. */
  start: number;
  end: number;
}

/** A section up to this many tokens is one passage. */
const maxTokens = 500;
/** What the passages of a longer section come near to. */
const aimedTokens = 420;
/** A passage of a section repeats this many tokens of the one before it, at most. */
const overlapTokens = 55;
/** Every passage of a section carries its headings: of a longer one the beginning, and no fragment. */
const longestHeading = 400;

/**
 * Cuts Markdown into passages along its headings. A section of at most 500 tokens is one passage; a longer one is cut
 * between sentences into passages of about equal size, each beginning with the end of the one before. Tables and code of
 * up to 2,000 tokens stay whole. Raw HTML, comments and characters that don't show are left out, as on the page.
 */
export function chunkMarkdown(markdown: string): Chunk[] {
  const { tree, text } = parseMarkdown(markdown);
  return sections(tree.children, text).flatMap(cut);
}

interface Section {
  headings: string[];
  anchor: string;
  units: Unit[];
}

function sections(blocks: RootContent[], markdown: string): Section[] {
  const slug = createSlugger();
  const path: { depth: number; title: string }[] = [];
  const found: Section[] = [{ headings: [], anchor: "", units: [] }];
  for (const node of blocks) {
    if (node.type !== "heading") {
      for (const unit of unitsOf(node, markdown)) found.at(-1)?.units.push(unit);
      continue;
    }
    const whole = inlineText(node, markdown).text;
    const title = whole.slice(0, wholeCodePoints(whole, longestHeading));
    const anchor = slug(toString(node));
    while ((path.at(-1)?.depth ?? 0) >= node.depth) path.pop();
    path.push({ depth: node.depth, title });
    found.push({ headings: path.map((heading) => heading.title), anchor: anchor.length > longestHeading ? "" : anchor, units: [] });
  }
  return found;
}

function cut({ headings, anchor, units }: Section): Chunk[] {
  const sum = (some: Unit[]) => some.reduce((tokens, { text }) => tokens + tokensOf(text), 0);
  let left = sum(units);
  let aim = left <= maxTokens ? maxTokens : left / Math.ceil(left / aimedTokens);
  const chunks: Unit[][] = [];
  let current: Unit[] = [];
  let tokens = 0;
  for (const unit of units) {
    const more = tokensOf(unit.text);
    if (current.length > 0 && (tokens + more / 2 > aim || tokens + more > maxTokens)) {
      chunks.push(current);
      current = endOf(current);
      tokens = sum(current);
      aim = tokens + left / Math.ceil(left / (aimedTokens - tokens));
    }
    current.push(unit);
    tokens += more;
    left -= more;
  }
  if (current.length > 0) chunks.push(current);
  return chunks.map((members) => ({
    headings,
    anchor,
    content: members.map(({ text, glue }, index) => (index === 0 ? text : glue + text)).join(""),
    start: Math.min(...members.map(({ start }) => start)),
    end: Math.max(...members.map(({ end }) => end)),
  }));
}

/** The last units of a passage that fit into the overlap. */
function endOf(units: Unit[]): Unit[] {
  const kept: Unit[] = [];
  let tokens = 0;
  for (const unit of units.slice(1).toReversed()) {
    tokens += tokensOf(unit.text);
    if (tokens > overlapTokens || !unit.repeats) break;
    kept.unshift(unit);
  }
  return kept;
}

