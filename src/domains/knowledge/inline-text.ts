import type { Nodes } from "mdast";
import { visibleText } from "#lib/visible-text.ts";

/** The words of a block as they show on the page, and where in the Markdown they come from. */
export interface InlineText {
  text: string;
  /** Offset in the Markdown of a character of `text`; of an entity's character, that of its beginning. */
  offsetAt(index: number): number;
}

/**
 * Text of a block with white space drawn together, emphasis and link targets left out, and without images, raw HTML and
 * characters that don't show.
 */
export function inlineText(node: Nodes, markdown: string): InlineText {
  const characters: string[] = [];
  const offsets: number[] = [];
  const push = (character: string, offset: number) => {
    const space = /\s/.test(character);
    if (visibleText(character) === "" || (space && (characters.length === 0 || characters.at(-1) === " "))) return;
    const shown = space ? " " : character;
    characters.push(shown);
    for (let i = 0; i < shown.length; i += 1) offsets.push(offset + i);
  };
  visit(node, markdown, push);
  const text = characters.join("").trimEnd();
  const first = node.position?.start.offset ?? 0;
  return { text, offsetAt: (index) => offsets[index] ?? first };
}

function visit(node: Nodes, markdown: string, push: (character: string, offset: number) => void): void {
  const start = node.position?.start.offset ?? 0;
  if (node.type === "html" || node.type === "image" || node.type === "imageReference") return;
  if (node.type === "break") return push(" ", start);
  if ("children" in node) {
    for (const child of node.children) {
      if (isBlock(child)) push(" ", child.position?.start.offset ?? start);
      visit(child, markdown, push);
    }
    return;
  }
  if (!("value" in node)) return;
  let at = start;
  for (const character of node.value) {
    const from = placeOf(character, markdown, at, node.position?.end.offset ?? at);
    push(character, from.start);
    at = from.end;
  }
}

/** What may stand between two characters of a text that are neighbours: the indentation and signs of a line. */
const farthest = 1_000;

/** Where a character of a node's value stands in the Markdown, at or after `from`: as itself, escaped, or as an entity. */
function placeOf(character: string, markdown: string, from: number, limit: number): { start: number; end: number } {
  if (markdown.startsWith(character, from)) return { start: from, end: from + character.length };
  const entity = /^&#?\w{1,31};/.exec(markdown.slice(from, from + 34));
  if (entity) return { start: from, end: from + entity[0].length };
  const ahead = markdown.slice(from, Math.min(limit, from + farthest)).indexOf(character);
  return ahead < 0 ? { start: from, end: from } : { start: from + ahead, end: from + ahead + character.length };
}

function isBlock({ type }: Nodes): boolean {
  return ["paragraph", "list", "listItem", "blockquote", "code", "table", "tableRow", "tableCell", "heading"].includes(type);
}
