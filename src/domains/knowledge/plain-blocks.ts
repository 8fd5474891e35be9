import type { RootContent } from "mdast";

const fence = /^ {0,3}(`{3,}|~{3,})/;
const heading = /^ {0,3}(#{1,6})[ \t]+(?=\S)/;
const item = /^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]/;

/**
 * Headings, fenced code and paragraphs of a Markdown document, all else as it is written; without comments and tags, for
 * which `text` has spaces. Linear in its length, whatever it holds.
 */
export function plainBlocks(markdown: string): { tree: { children: RootContent[] }; text: string } {
  const text = withoutMarkup(markdown);
  const children: RootContent[] = [];
  let paragraph: { start: number; end: number } | null = null;
  let code: { start: number; from: number; fence: string } | null = null;
  const close = () => {
    if (paragraph) children.push({ type: "paragraph", children: [words(text, paragraph.start, paragraph.end)], position: positionOf(paragraph.start, paragraph.end) });
    paragraph = null;
  };
  let next = 0;
  for (const line of text.split("\n")) {
    const start = next;
    const end = start + line.length;
    next = end + 1;
    if (code) {
      if (!(line.trim().startsWith(code.fence) && line.trim() === code.fence.charAt(0).repeat(line.trim().length))) continue;
      children.push({ type: "code", value: text.slice(code.from, Math.max(start - 1, code.from)), position: positionOf(code.start, end) });
      code = null;
      continue;
    }
    const title = heading.exec(line);
    const opened = fence.exec(line)?.[1];
    if (title || opened || item.test(line) || line.trim() === "") close();
    if (opened) code = { start, from: next, fence: opened };
    else if (title) {
      children.push({ type: "heading", depth: (title[1]?.length ?? 1) as 1, children: [words(text, start + title[0].length, end)], position: positionOf(start, end) });
    } else if (line.trim() !== "") paragraph = { start: (paragraph as { start: number } | null)?.start ?? start, end };
  }
  close();
  if (code) children.push({ type: "code", value: text.slice(code.from), position: positionOf(code.start, text.length) });
  return { tree: { children }, text };
}

function words(text: string, start: number, end: number) {
  return { type: "text" as const, value: text.slice(start, end), position: positionOf(start, end) };
}

/** Only offsets are asked for. */
function positionOf(start: number, end: number) {
  return { start: { line: 1, column: 1, offset: start }, end: { line: 1, column: 1, offset: end } };
}

/** Spaces for every comment and tag, so that nothing moves. */
function withoutMarkup(markdown: string): string {
  const blank = (hidden: string) => hidden.replace(/[^\n]/g, " ");
  const parts: string[] = [];
  let from = 0;
  for (let start = markdown.indexOf("<!--"); start >= 0; start = markdown.indexOf("<!--", from)) {
    const end = markdown.indexOf("-->", start);
    if (end < 0) break;
    parts.push(markdown.slice(from, start), blank(markdown.slice(start, end + 3)));
    from = end + 3;
  }
  return (parts.join("") + markdown.slice(from)).replace(/<\/?[a-z][^<>]*>/gi, blank);
}
