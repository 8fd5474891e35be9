import type { Nodes, Root, RootContent, TableRow } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { toString } from "mdast-util-to-string";
import { gfmTable } from "micromark-extension-gfm-table";
import { createSlugger } from "#lib/slug.ts";

/** A passage of a document: whole blocks of one section, as plain text. */
export interface Chunk {
  /** Headings around the passage, outermost first; empty for the opening. */
  headings: string[];
  /** Fragment of the section in the rendered page, "" for the opening. */
  anchor: string;
  /** Plain text: blocks parted by blank lines, list items with "- ", table cells with " | ". */
  content: string;
  /** Character offsets of the blocks in the Markdown. */
  start: number;
  end: number;
}

/** English prose runs at about four characters a token. */
const charactersPerToken = 4;
const maxTokens = 400;

/**
 * Cuts Markdown into passages of at most about 400 tokens along its headings. Blocks stay whole (a table or a code block
 * is never split); a passage never crosses a heading.
 */
export function chunkMarkdown(markdown: string): Chunk[] {
  const tree = fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  return sections(tree).flatMap(split);
}

interface Section {
  headings: string[];
  anchor: string;
  blocks: { text: string; start: number; end: number }[];
}

function sections(tree: Root): Section[] {
  const slug = createSlugger();
  const path: { depth: number; title: string }[] = [];
  const found: Section[] = [{ headings: [], anchor: "", blocks: [] }];
  for (const node of tree.children) {
    if (node.type === "heading") {
      const title = toString(node);
      while ((path.at(-1)?.depth ?? 0) >= node.depth) path.pop();
      path.push({ depth: node.depth, title });
      found.push({ headings: path.map((heading) => heading.title), anchor: slug(title), blocks: [] });
      continue;
    }
    const text = plainText(node);
    if (text === "") continue;
    const { start, end } = offsets(node);
    found.at(-1)?.blocks.push({ text, start, end });
  }
  return found;
}

function split({ headings, anchor, blocks }: Section): Chunk[] {
  const chunks: Chunk[] = [];
  for (const { text, start, end } of blocks) {
    const last = chunks.at(-1);
    if (last && (last.content.length + text.length) / charactersPerToken <= maxTokens) {
      last.content += `\n\n${text}`;
      last.end = end;
    } else {
      chunks.push({ headings, anchor, content: text, start, end });
    }
  }
  return chunks;
}

/** Raw HTML is left out: it is not shown on any page either. */
function plainText(node: RootContent): string {
  switch (node.type) {
    case "html":
    case "definition":
    case "thematicBreak":
      return "";
    case "list":
      return node.children.map((item) => `- ${item.children.map(plainText).join("\n")}`).join("\n");
    case "table":
      return node.children.map(row).join("\n");
    case "blockquote":
      return node.children.map(plainText).filter(Boolean).join("\n\n");
    default:
      return toString(node, { includeHtml: false }).trim();
  }
}

function row({ children }: TableRow): string {
  return children.map((cell) => toString(cell, { includeHtml: false })).join(" | ");
}

function offsets(node: Nodes): { start: number; end: number } {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start === undefined || end === undefined) throw new Error(`A ${node.type} without a position`);
  return { start, end };
}
