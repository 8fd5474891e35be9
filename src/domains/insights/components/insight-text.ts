import { formatQuantity } from "#lib/format-number.ts";
import type { InsightAnswer } from "../schema.ts";

/** How the sentences of an answer were made. */
export function originWords({ mode, model, cached, facts }: Pick<InsightAnswer, "mode" | "model" | "cached" | "facts">): string {
  if (mode === "computed") return "Computed from the values; no model was used.";
  return `Written by ${model ?? "a model"} from ${formatQuantity(facts.length, "computed number")}${cached ? ", from the cache" : ""}. What they don’t bear out is left out.`;
}

/** An answer as text to paste elsewhere: what was asked, what it says, how it was made, whose numbers, and where it was read. */
export function insightText(answer: InsightAnswer, question: string | null, address: string): string {
  const { title, statements, limits, sources, sample } = answer;
  return [
    title,
    ...(question === null ? [] : [question]),
    "",
    ...statements.map(({ text }) => `- ${text}`),
    "",
    ...(sample ? ["Sample data: made-up numbers, true of nothing."] : []),
    originWords(answer),
    ...limits,
    `Sources: ${sources.map(({ name, licence }) => `${name} (${licence.name})`).join("; ")}`,
    address,
  ].join("\n");
}

/** A sentence whose numbers aren't broken at the end of a line. */
export function unbroken(sentence: string): string {
  return sentence.replace(/(\d)[ \u2009](?=\d{3}(?!\d))/g, "$1\u202f");
}
