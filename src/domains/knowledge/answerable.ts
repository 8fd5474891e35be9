import type { Passage } from "./schema.ts";

/** From where on a corpus's passages answer a question; both are 0–1. */
export interface AnswerFrom {
  /** Share of the highest BM25 score that the question could have. */
  match: number;
  /** Cosine similarity that suffices by itself; null where it never does. */
  similarity: number | null;
}

/** As `npm run calibrate` finds it for the help content with tests/evaluations/golden/tuning.jsonl. */
export const defaultAnswerFrom: AnswerFrom = { match: 0.21, similarity: null };

/**
 * Whether the passages say enough about a question to answer it from them: one of them reaches its corpus's share of the
 * score that the question could have. A raw score can't tell, since it grows with the question's length.
 */
export function isAnswerable(passages: Passage[], from: (passage: Passage) => AnswerFrom): boolean {
  return passages.some((passage) => {
    const { match, similarity } = from(passage);
    return passage.match >= match || (similarity !== null && passage.similarity !== null && passage.similarity >= similarity);
  });
}

/** How a question of a labelled set fares: what its best passage reaches, and whether it has an answer. */
export interface LabelledScore {
  answerable: boolean;
  match: number;
  similarity: number | null;
}

export interface Calibration extends AnswerFrom {
  /** Share of the unanswerable questions that are refused from there on, and of the answerable ones. */
  refusedRightly: number;
  refusedWrongly: number;
}

/**
 * The highest share of the score that refuses at most `maxWrong` of the answerable questions, put in the middle of the gap
 * that it stands in; and the similarity that no unanswerable question reaches. Throws when one of the two kinds is missing.
 */
export function calibrateOn(scores: LabelledScore[], maxWrong: number): Calibration {
  const [answerable, unanswerable] = [scores.filter((score) => score.answerable), scores.filter((score) => !score.answerable)];
  if (answerable.length === 0 || unanswerable.length === 0) throw new Error("It takes both questions with an answer and questions without one.");
  const similarities = unanswerable.flatMap(({ similarity }) => similarity ?? []);
  const similarity = similarities.length === 0 ? null : Math.min(1, Math.max(...similarities) + similarityMargin);
  const isRefused = (match: number) => (score: LabelledScore) => score.match < match && (similarity === null || (score.similarity ?? 0) < similarity);
  const steps = [0, ...new Set(scores.map(({ match }) => match)), 1].sort((a, b) => a - b);
  const candidates = steps.slice(1).map((step, index) => (step + (steps[index] ?? 0)) / 2);
  const shareOf = (some: LabelledScore[], match: number) => some.filter(isRefused(match)).length / some.length;
  const tried = candidates.map((match) => ({
    match, similarity, refusedRightly: shareOf(unanswerable, match), refusedWrongly: shareOf(answerable, match),
  }));
  const allowed = tried.filter(({ refusedWrongly }) => refusedWrongly <= maxWrong);
  // Of equally good ones the lowest refuses the fewest questions that nobody has labelled yet.
  return allowed.reduce((best, next) => (next.refusedRightly > best.refusedRightly ? next : best), { match: 0, similarity, refusedRightly: 0, refusedWrongly: 0 });
}

const similarityMargin = 0.02;
