import type { Nodes, RootContent, Table } from "mdast";
import { inlineText, type InlineText } from "./inline-text.ts";
import { sentenceSpans } from "./sentences.ts";
import { tokensOf } from "./tokens.ts";

/** What a passage is put together from and never cut within: a sentence, a list item, a table, a piece of code. */
export interface Unit {
  text: string;
  /** What parts it from the unit before it in the same passage. */
  glue: "\n\n" | "\n" | " ";
  /** Character offsets in the Markdown. */
  start: number;
  end: number;
  /** Whether the next passage may repeat it. */
  repeats: boolean;
}

/** A table or a piece of code up to this many tokens stays whole, and nothing else gets longer than a passage. */
const wholeTokens = 2_000;
const longestTokens = 400;

/** The units of one block, in order; none where nothing of it shows on the page. */
export function unitsOf(node: RootContent, markdown: string): Unit[] {
  switch (node.type) {
    case "html":
    case "definition":
    case "thematicBreak":
      return [];
    case "blockquote":
      return node.children.flatMap((child) => unitsOf(child, markdown));
    case "list":
      return node.children.flatMap((item, index) => itemUnits(item, markdown, index === 0 ? "\n\n" : "\n"));
    case "table":
      return tableUnits(node, markdown);
    case "code":
      return lineUnits(node, node.value.split("\n"), []);
    default:
      return sentenceUnits(inlineText(node, markdown), "\n\n");
  }
}

function sentenceUnits(inline: InlineText, glue: Unit["glue"], prefix = ""): Unit[] {
  return sentenceSpans(inline.text, "english")
    .flatMap((span) => pieces(inline.text, span))
    .map(({ start, end }, index) => ({
      text: (index === 0 ? prefix : "") + inline.text.slice(start, end),
      glue: index === 0 ? glue : " ",
      start: inline.offsetAt(start),
      end: inline.offsetAt(end - 1) + 1,
      repeats: true,
    }));
}

/** An item is one unit as long as it is no longer than a passage. */
function itemUnits(item: Nodes, markdown: string, glue: Unit["glue"]): Unit[] {
  const inline = inlineText(item, markdown);
  if (inline.text.trim() === "") return [];
  if (tokensOf(inline.text) > longestTokens) return sentenceUnits(inline, glue, "- ");
  return [{ text: `- ${inline.text}`, glue, start: inline.offsetAt(0), end: inline.offsetAt(inline.text.length - 1) + 1, repeats: true }];
}

function tableUnits(table: Table, markdown: string): Unit[] {
  const rows = table.children.map((row) => row.children.map((cell) => inlineText(cell, markdown).text).join(" | "));
  return lineUnits(table, rows.slice(1), rows.slice(0, 1));
}

/** Lines as one unit; too many of them as several, each under the head. */
function lineUnits(node: Nodes, lines: string[], head: string[]): Unit[] {
  const { start, end } = offsetsOf(node);
  const unit = (group: string[]): Unit => ({ text: [...head, ...group].join("\n"), glue: "\n\n", start, end, repeats: false });
  const all = unit(lines);
  if (all.text.trim() === "") return [];
  if (tokensOf(all.text) <= wholeTokens) return [all];
  const groups: string[][] = [];
  let tokens = Infinity;
  for (const line of lines) {
    tokens += tokensOf(line);
    if (tokens > longestTokens) {
      groups.push([]);
      tokens = tokensOf(line);
    }
    groups.at(-1)?.push(line);
  }
  return groups.map(unit);
}

/** A sentence without end, such as a page of a scanned index, is cut between its words. */
function pieces(text: string, { start, end }: { start: number; end: number }): { start: number; end: number }[] {
  const longest = longestTokens * 4;
  const cut: { start: number; end: number }[] = [];
  let from = start;
  while (end - from > longest) {
    const space = text.lastIndexOf(" ", from + longest);
    const to = space > from ? space : from + longest;
    cut.push({ start: from, end: to });
    from = space > from ? space + 1 : to;
  }
  return [...cut, { start: from, end }];
}

function offsetsOf(node: Nodes): { start: number; end: number } {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start === undefined || end === undefined) throw new Error(`A ${node.type} without a position`);
  return { start, end };
}
