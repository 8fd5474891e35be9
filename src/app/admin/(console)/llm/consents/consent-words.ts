import type { ConsentView, GuardedDataset } from "#domains/llm/index.ts";

interface Option<Id extends string> {
  id: Id;
  words: string;
}

/** What a steward may allow, the one that is asked for before a call first. */
export const purposes = [
  { id: "model_input", words: "read by language models" },
  { id: "display", words: "shown" },
  { id: "analysis", words: "analysed" },
  { id: "export", words: "exported" },
] as const satisfies readonly Option<ConsentView["purposes"][number]>[];

/** What puts a dataset under its community's governance. */
export const tags = [
  { id: "ocap", words: "OCAP: a First Nation’s ownership, control, access and possession" },
  { id: "indigenous-governed", words: "Governance of another Indigenous people" },
] as const satisfies readonly Option<GuardedDataset["tags"][number]>[];

/** The words of those that are chosen, in one line. */
export function wordsOf(options: readonly Option<string>[], chosen: readonly string[]): string {
  return options.filter(({ id }) => chosen.includes(id)).map(({ words }) => words).join(", ");
}

/** Why models may not read a dataset. */
export const gapWords: Record<NonNullable<GuardedDataset["gap"]>, string> = {
  "no steward": "nobody is named who could consent",
  "none recorded": "no consent is on record",
  "for other purposes": "consents on record are for other purposes",
  "not yet valid": "the consent doesn’t hold yet",
  expired: "the consent has ended",
  withdrawn: "the consent was withdrawn",
};

export const stateWords: Record<ConsentView["state"], string> = { in_force: "In force", not_yet: "Not yet valid", ended: "Ended", withdrawn: "Withdrawn" };
