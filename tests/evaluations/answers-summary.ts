/** What a model's answers to golden questions come down to; pure. */
import type { GoldenQuestion } from "./golden.ts";
import { countAbstentions, share } from "./metrics.ts";

/** What came of one question; an answer's citations are the entries they lead to, one an item. */
export type AnswerOutcome = { question: GoldenQuestion } & (
  | { kind: "failed"; reason: string }
  | { kind: "abstained"; tokens: Tokens | null }
  | { kind: "answered"; cited: string[]; partial: boolean; tokens: Tokens | null }
);

export interface Tokens {
  input: number;
  output: number;
}

/** Shares from 0 to 1, null where nothing is to be counted. Failed questions count as failed and nowhere else. */
export interface AnswersSummary {
  questions: number;
  answered: number;
  /** Of those answered, how many the model broke off. */
  partial: number;
  failed: number;
  /** Citations that lead to an entry judged relevant; each of an unanswerable question's is wrong. */
  citationPrecision: number | null;
  /** Entries of grade 2 that are cited, over the answerable questions that are answered. */
  citationRecall: number | null;
  /** Unanswerable questions that are refused. */
  abstentionRight: number | null;
  /** Answerable questions that are refused. */
  abstentionWrong: number | null;
  inputTokens: number;
  outputTokens: number;
}

const fullGrade = 2;

/** Sums outcomes up. */
export function summariseAnswers(outcomes: readonly AnswerOutcome[]): AnswersSummary {
  const answered = outcomes.flatMap((outcome) => (outcome.kind === "answered" ? [outcome] : []));
  const heard = outcomes.filter(({ kind }) => kind !== "failed");
  const abstentions = countAbstentions(
    heard.map(({ kind, question }) => ({ answerable: Object.keys(question.relevant).length > 0, refused: kind === "abstained" })),
  );
  const citations = answered.flatMap(({ question, cited }) => cited.map((entry) => (question.relevant[entry] ?? 0) > 0));
  const wanted = answered.flatMap(({ question, cited }) => fullEntriesOf(question).map((entry) => cited.includes(entry)));
  const tokens = outcomes.flatMap((outcome) => (outcome.kind === "failed" || outcome.tokens === null ? [] : [outcome.tokens]));
  return {
    questions: outcomes.length,
    answered: answered.length,
    partial: answered.filter(({ partial }) => partial).length,
    failed: outcomes.length - heard.length,
    citationPrecision: share(citations.filter(Boolean).length, citations.length),
    citationRecall: share(wanted.filter(Boolean).length, wanted.length),
    abstentionRight: share(abstentions.rightlyRefused, abstentions.unanswerable),
    abstentionWrong: share(abstentions.wronglyRefused, abstentions.answerable),
    inputTokens: tokens.reduce((sum, { input }) => sum + input, 0),
    outputTokens: tokens.reduce((sum, { output }) => sum + output, 0),
  };
}

function fullEntriesOf({ relevant }: GoldenQuestion): string[] {
  return Object.entries(relevant).filter(([, grade]) => grade === fullGrade).map(([entry]) => entry);
}
