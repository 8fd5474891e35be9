/** The golden set: questions about the help content, in a half to tune on and a half that is only reported. */
import { join } from "node:path";
import { z } from "zod";
import { lineError, readJsonLines } from "./lines.ts";

export const halves = ["tuning", "frozen"] as const;
export type Half = (typeof halves)[number];

/** The half of that name, both without one. Throws when there is none of that name. */
export function chosenHalves(name: string | undefined): readonly Half[] {
  if (name === undefined) return halves;
  const half = halves.find((candidate) => candidate === name);
  if (half === undefined) throw new Error(`There is no half "${name}" of the golden set. Write ${halves.join(" or ")}.`);
  return [half];
}

export const kinds = ["plain", "paraphrase", "typo", "french", "unanswerable"] as const;
export type Kind = (typeof kinds)[number];

export const goldenFolder = join(import.meta.dirname, "golden");

export const GoldenQuestion = z
  .strictObject({
    id: z.string().min(1),
    kind: z.enum(kinds),
    language: z.enum(["en", "fr"]),
    question: z.string().trim().min(1),
    /** Grade by help entry: 2 answers the question, 1 a part of it. */
    relevant: z.record(z.string().min(1), z.number().int().min(1).max(2)),
    /** Substrings of the entries' text, of which a right quotation holds at least one. */
    answer: z.array(z.string().min(1)),
  })
  .superRefine(({ kind, language, relevant, answer }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    const entries = Object.keys(relevant);
    if (kind === "unanswerable") {
      if (entries.length > 0) refuse("relevant", "an unanswerable question has no relevant entry");
      if (answer.length > 0) refuse("answer", "an unanswerable question has no answer");
      return;
    }
    if (entries.length === 0) refuse("relevant", "name at least one entry that answers the question");
    if (kind === "french" && language !== "fr") refuse("language", "a question of the kind french is in French");
    if (kind !== "french" && answer.length === 0) refuse("answer", "give at least one substring of a right answer");
  });
export type GoldenQuestion = z.infer<typeof GoldenQuestion>;

/** Questions of a half, in their order. Throws with file and line where one can't be used. */
export async function readGolden(half: Half, folder = goldenFolder): Promise<GoldenQuestion[]> {
  const path = join(folder, `${half}.jsonl`);
  const questions: GoldenQuestion[] = [];
  const seen = new Set<string>();
  for await (const { number, value } of readJsonLines(path, GoldenQuestion)) {
    if (seen.has(value.id)) throw lineError(path, number, `the question ${value.id} is there already. Give each its own "id".`);
    seen.add(value.id);
    questions.push(value);
  }
  if (questions.length === 0) throw new Error(`${path} holds no question. Put one JSON object on each line.`);
  return questions;
}
