import type { InsightAnswer } from "./load-insight.ts";

/** An answer as text to paste elsewhere: what it says, how it was made, whose numbers, and where it was read. */
export function insightText({ title, statements, limits, sources, sample }: InsightAnswer, address: string): string {
  return [
    title,
    "",
    ...statements.map(({ text }) => `- ${text}`),
    "",
    ...(sample ? ["Sample data: made-up numbers, true of nothing."] : []),
    "Computed from the values; no model was used.",
    ...limits,
    `Sources: ${sources.map(({ name, licence }) => `${name} (${licence.name})`).join("; ")}`,
    address,
  ].join("\n");
}
