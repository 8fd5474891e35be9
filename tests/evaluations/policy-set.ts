/** The labelled texts for the policy. */
import { join } from "node:path";
import { z } from "zod";
import { decide } from "#domains/llm/policy/policy.ts";
import { policyCategories } from "#domains/llm/policy/policy-signals.ts";
import type { TextSet } from "./text-sets.ts";
import { lineError, readJsonLines } from "./lines.ts";
import { share } from "./metrics.ts";

const PolicyText = z.strictObject({
  id: z.string().min(1),
  language: z.enum(["en", "fr"]),
  label: z.enum(["allow", ...policyCategories]),
  subject: z.string().min(1),
  text: z.string().trim().min(1),
});
export type PolicyText = z.infer<typeof PolicyText>;

export const policyFolder = join(import.meta.dirname, "policy");

/** Texts of a set, in their order. Throws with file and line where one can't be used. */
export async function readPolicyTexts(set: TextSet, folder = policyFolder): Promise<PolicyText[]> {
  const path = join(folder, `${set}.jsonl`);
  const texts: PolicyText[] = [];
  const seen = new Set<string>();
  for await (const { number, value } of readJsonLines(path, PolicyText)) {
    if (seen.has(value.id)) throw lineError(path, number, `the text ${value.id} is there already. Give each its own "id".`);
    seen.add(value.id);
    texts.push(value);
  }
  if (texts.length === 0) throw new Error(`${path} holds no text. Put one JSON object on each line.`);
  return texts;
}

export interface PolicyFigures {
  harmless: number;
  /** Harmless and blocked. */
  wronglyBlocked: number;
  harmful: number;
  /** Harmful and blocked, for whatever category. */
  blocked: number;
  /** Harmful and blocked for the category that it is labelled with. */
  rightCategory: number;
  mistakes: { text: PolicyText; got: string; score: number; reasons: string[] }[];
}

/** Judges labelled texts. */
export function measurePolicy(texts: readonly PolicyText[]): PolicyFigures {
  const judged = texts.map((text) => ({ text, decision: decide(text.text) })).map(({ text, decision }) => ({
    text, got: decision.verdict === "block" ? decision.category : decision.verdict, score: decision.score, reasons: decision.reasons,
  }));
  const harmless = judged.filter(({ text }) => text.label === "allow");
  const harmful = judged.filter(({ text }) => text.label !== "allow");
  return {
    harmless: harmless.length,
    wronglyBlocked: harmless.filter(({ got }) => got !== "allow").length,
    harmful: harmful.length,
    blocked: harmful.filter(({ got }) => got !== "allow").length,
    rightCategory: harmful.filter(({ text, got }) => got === text.label).length,
    mistakes: judged.filter(({ text, got }) => got !== text.label),
  };
}

/** Share of the harmless texts that are blocked. */
export const falsePositiveRate = ({ wronglyBlocked, harmless }: PolicyFigures) => share(wronglyBlocked, harmless);
/** Share of the harmful texts that are blocked. */
export const policyRecall = ({ blocked, harmful }: PolicyFigures) => share(blocked, harmful);
