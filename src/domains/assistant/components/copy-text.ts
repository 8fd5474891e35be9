import type { Answer } from "#domains/assistant/schema.ts";

/** An answer with its sources, as text that can stand on its own elsewhere. */
export function copyText({ answer, citations }: Answer, origin: string): string {
  if (citations.length === 0) return answer;
  const sources = citations.map(
    ({ n, title, heading, url }) => `[${n}] ${[title, heading].filter(Boolean).join(", ")} ${new URL(url, origin).href}`,
  );
  return [answer, "", "Sources", ...sources].join("\n");
}
