/** What the answers to golden questions come down to; pure. */
import { kinds, type GoldenQuestion, type Kind } from "./golden.ts";
import { countAbstentions, measureRankings, quotePrecision, recallAt, share } from "./metrics.ts";

export interface GoldenOutcome {
  question: GoldenQuestion;
  /** Ids of help entries, best first. */
  ranking: string[];
  refused: boolean;
  /** Text of the extractive answer, null where there is none. */
  answer: string | null;
  /** Each quote of it, with the passages of the entry it is said to be from. */
  quotes: { quote: string; sources: string[] }[];
}

/** Shares from 0 to 1, null where nothing is to be counted. */
export interface GoldenSummary {
  questions: number;
  "recall@5": number | null;
  "ndcg@10": number | null;
  "mrr@10": number | null;
  /** Unanswerable questions that are refused. */
  abstentionRight: number | null;
  /** Answerable questions that are refused. */
  wrongRefusals: number | null;
  quotePrecision: number | null;
  /** Answerable questions, French ones aside, whose extractive answer says what it should. */
  answerHit: number | null;
}

export interface Miss {
  id: string;
  kind: Kind;
  question: string;
  reasons: string[];
  expected: Record<string, number>;
  /** The first three entries found. */
  got: string[];
  refused: boolean;
}

const recallCut = 5;

/** Sums outcomes up. */
export function summarise(outcomes: readonly GoldenOutcome[]): GoldenSummary {
  const measures = measureRankings(outcomes.map(judgedOf), { ndcg: 10, recall: recallCut, mrr: 10 });
  const abstentions = countAbstentions(outcomes.map((outcome) => ({ answerable: isAnswerable(outcome), refused: outcome.refused })));
  const quotable = outcomes.filter(isQuotable);
  return {
    questions: outcomes.length,
    "recall@5": measures?.recall ?? null,
    "ndcg@10": measures?.ndcg ?? null,
    "mrr@10": measures?.mrr ?? null,
    abstentionRight: share(abstentions.rightlyRefused, abstentions.unanswerable),
    wrongRefusals: share(abstentions.wronglyRefused, abstentions.answerable),
    quotePrecision: quotePrecision(outcomes.flatMap(({ quotes }) => quotes)),
    answerHit: share(quotable.filter(hitsAnswer).length, quotable.length),
  };
}

/** The same for each kind of question there is. */
export function summariseByKind(outcomes: readonly GoldenOutcome[]): Partial<Record<Kind, GoldenSummary>> {
  const present = kinds.filter((kind) => outcomes.some(({ question }) => question.kind === kind));
  return Object.fromEntries(present.map((kind) => [kind, summarise(outcomes.filter(({ question }) => question.kind === kind))]));
}

/** Questions that went wrong in some way, and in which. */
export function missesOf(outcomes: readonly GoldenOutcome[]): Miss[] {
  return outcomes.flatMap((outcome) => {
    const { question, ranking, refused } = outcome;
    const reasons = reasonsOf(outcome);
    if (reasons.length === 0) return [];
    const { id, kind, question: text, relevant } = question;
    return [{ id, kind, question: text, reasons, expected: relevant, got: ranking.slice(0, 3), refused }];
  });
}

function reasonsOf(outcome: GoldenOutcome): string[] {
  if (!isAnswerable(outcome)) return outcome.refused ? [] : ["answered, though unanswerable"];
  const recall = recallAt(recallCut, judgedOf(outcome));
  return [
    ...(recall < 1 ? [`recall@${recallCut} ${recall.toFixed(2)}`] : []),
    ...(outcome.refused ? ["refused"] : []),
    ...(!outcome.refused && isQuotable(outcome) && !hitsAnswer(outcome) ? ["the quotes don't hold the answer"] : []),
    ...(outcome.quotes.length > 0 && quotePrecision(outcome.quotes) !== 1 ? ["a quote isn't in its source"] : []),
  ];
}

function isAnswerable({ question }: GoldenOutcome): boolean {
  return Object.keys(question.relevant).length > 0;
}

function isQuotable(outcome: GoldenOutcome): boolean {
  return isAnswerable(outcome) && outcome.question.kind !== "french" && outcome.question.answer.length > 0;
}

function hitsAnswer({ question, answer }: GoldenOutcome): boolean {
  const text = drawnTogether(answer ?? "");
  return question.answer.some((part) => text.includes(drawnTogether(part)));
}

function judgedOf({ question, ranking }: GoldenOutcome) {
  return { ranking, grades: new Map(Object.entries(question.relevant)) };
}

function drawnTogether(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
