import { fromMarkdown } from "mdast-util-from-markdown";
import { toString } from "mdast-util-to-string";
import { createSlugger } from "#lib/slug.ts";

export interface OutlineItem {
  id: string;
  text: string;
}

/** The sections of an article, for the list of what is on its page. Ids count every heading, as the article's own do. */
export function outline(markdown: string): OutlineItem[] {
  const slug = createSlugger();
  return fromMarkdown(markdown)
    .children.filter((node) => node.type === "heading")
    .map((node) => ({ depth: node.depth, text: toString(node), id: slug(toString(node)) }))
    .filter(({ depth }) => depth === 2)
    .map(({ id, text }) => ({ id, text }));
}

const wordsPerMinute = 220;

/** Minutes that reading takes, at least one. */
export function readingMinutes(markdown: string): number {
  return Math.max(1, Math.round(markdown.split(/\s+/).length / wordsPerMinute));
}
