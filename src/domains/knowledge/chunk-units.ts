import type { Nodes, RootContent, Table } from "mdast";
import { wholeCodePoints } from "#lib/code-points.ts";
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
/** Of a table's head, each part of it repeats this many tokens at most. */
const headTokens = 100;

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
      return lineUnits(node, node.value.split("\n"), null);
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
  return lineUnits(table, rows.slice(1), rows[0] ?? null);
}

/** Lines as one unit; too many of them as several, each under the head or, of a long one, its beginning. */
function lineUnits(node: Nodes, lines: string[], head: string | null): Unit[] {
  const { start, end } = offsetsOf(node);
  const unit = (text: string): Unit => ({ text, glue: "\n\n", start, end, repeats: false });
  const all = (head === null ? lines : [head, ...lines]).join("\n");
  if (all.trim() === "") return [];
  if (tokensOf(all) <= wholeTokens) return [unit(all)];
  const repeated = head?.slice(0, endOfTokens(head, 0, headTokens)) ?? null;
  // What isn't repeated of the head stands once, before the lines.
  const grouped = groupsOf(head === repeated ? lines : [head ?? "", ...lines]).filter((group) => group.trim() !== "");
  return grouped.map((group) => unit(repeated === null ? group : `${repeated}\n${group}`));
}

/** Lines put together as long as they are no longer than a passage; a longer line in pieces. */
function groupsOf(lines: string[]): string[] {
  const groups: string[][] = [];
  let tokens = Infinity;
  for (const line of lines) {
    for (const { start, end } of pieces(line, { start: 0, end: line.length })) {
      const piece = line.slice(start, end);
      const more = tokensOf(`${piece}\n`);
      tokens += more;
      if (tokens > longestTokens) {
        groups.push([]);
        tokens = more;
      }
      groups.at(-1)?.push(piece);
    }
  }
  return groups.map((group) => group.join("\n"));
}

/** A sentence without end, such as a page of a scanned index, is cut between its words. */
function pieces(text: string, { start, end }: { start: number; end: number }): { start: number; end: number }[] {
  const cut: { start: number; end: number }[] = [];
  let from = start;
  for (let most = endOfTokens(text, from, longestTokens); most < end; most = endOfTokens(text, from, longestTokens)) {
    const space = text.lastIndexOf(" ", most);
    const to = space > from ? space : most;
    cut.push({ start: from, end: to });
    from = space > from ? space + 1 : to;
  }
  return [...cut, { start: from, end }];
}

/** Where about so many tokens of a text end, between characters. */
function endOfTokens(text: string, start: number, most: number): number {
  let length = most * 4;
  for (let tokens = tokensOf(text.slice(start, start + length)); tokens > most; tokens = tokensOf(text.slice(start, start + length))) {
    length = Math.max(most, Math.floor((length * most) / tokens));
  }
  return wholeCodePoints(text, Math.min(start + length, text.length));
}

function offsetsOf(node: Nodes): { start: number; end: number } {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start === undefined || end === undefined) throw new Error(`A ${node.type} without a position`);
  return { start, end };
}
