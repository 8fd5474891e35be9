/** Text, or a word with the citations that stand after it, which stay on its line. */
export type Part = string | { word: string; citations: number[] };

type Block = { kind: "paragraph"; parts: Part[] } | { kind: "list"; items: Part[][] };

/**
 * Reads an answer: paragraphs parted by blank lines, lines that begin with "- " as lists, [n] as citations. Nothing else
 * has a meaning, so that no answer can bring markup of its own.
 */
export function answerBlocks(answer: string): Block[] {
  return answer
    .split(/\n[^\S\n]*\n/)
    .flatMap((paragraph) => runs(paragraph.split("\n").map((line) => line.trim()).filter(Boolean)));
}

/** Neighbouring lines of one kind make one block. */
function runs(lines: string[]): Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    const item = /^[-•]\s+(.*)$/.exec(line)?.[1];
    const last = blocks.at(-1);
    if (item !== undefined) {
      if (last?.kind === "list") last.items.push(parts(item));
      else blocks.push({ kind: "list", items: [parts(item)] });
    } else if (last?.kind === "paragraph") last.parts.push(" ", ...parts(line));
    else blocks.push({ kind: "paragraph", parts: parts(line) });
  }
  return blocks;
}

const cited = /(?:\[\d{1,3}\]\s?)+/g;

function parts(line: string): Part[] {
  const found: Part[] = [];
  let position = 0;
  for (const { 0: markers, index } of line.matchAll(cited)) {
    const before = line.slice(position, index).trimEnd();
    const start = Math.max(...[" ", "\t", "\u00a0"].map((space) => before.lastIndexOf(space))) + 1;
    if (start > 0) found.push(before.slice(0, start));
    found.push({ word: before.slice(start), citations: Array.from(markers.matchAll(/\d+/g), ([n]) => Number(n)) });
    position = index + markers.length;
    // The space after the last marker parts words and belongs to the text.
    if (markers.endsWith(" ")) position--;
  }
  if (position < line.length) found.push(line.slice(position));
  return found;
}

/**
 * The part of an unfinished answer that further text can't change: words with all the citations that may follow them.
 * Showing just that, nothing that was read moves.
 */
export function settledText(text: string): string {
  return /^.*\s(?=[^\s[])/s.exec(text)?.[0] ?? "";
}

/** What is kept of an answer that broke off: all of it, but not the half of a word at its end. */
export function keptText(text: string): string {
  return /[\s.!?:;,)\]]$/.test(text) ? text : (/^.*\s/s.exec(text)?.[0] ?? "");
}

/** The answer as read aloud: without citation marks. */
export function spokenText(answer: string): string {
  return answer.replace(/(?<!\s)\s*\[\d{1,3}\]/g, "").replace(/\s+/g, " ").trim();
}
