import type { ReactNode } from "react";
import { prerender } from "react-dom/static";

/** A page's whole HTML, all that it waits for included. */
export async function renderPage(page: ReactNode): Promise<string> {
  const errors: unknown[] = [];
  // However long it is, what was waited for stands in its place, instead of at the end for a script to move.
  const { prelude } = await prerender(page, { progressiveChunkSize: Infinity, onError: (error) => void errors.push(error) });
  const html = await new Response(prelude).text();
  if (errors.length > 0) throw errors[0];
  return html.replaceAll("<!-- -->", "");
}

/** What a reader sees of it: text alone, spaces joined. */
export function textOf(html: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };
  return html
    .replace(/<(script|noscript|title)\b.*?<\/\1>/gs, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/&([#a-z0-9]+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+/g, " ")
    .trim();
}
