import { z } from "zod";

export const questionMaxLength = 2_000;
export const questionsMax = 20;

export const Question = z.string().trim().min(1, "Write a question").max(questionMaxLength);

/** One question, or up to twenty that are retrieved together. */
export const AskRequest = z.union([
  z.strictObject({ question: Question }),
  z.strictObject({ questions: z.array(Question).min(1).max(questionsMax) }),
]);
export type AskRequest = z.infer<typeof AskRequest>;

/** How an answer came to be: written by a model, quoted from the sources, or not given. */
export const AnswerMode = z.enum(["generated", "extractive", "abstained"]);
export type AnswerMode = z.infer<typeof AnswerMode>;

export const Citation = z.object({
  /** The number that stands as [n] in the answer. */
  n: z.number().int().min(1),
  title: z.string(),
  /** Path of the page that holds the passage, with the section as fragment. */
  url: z.string(),
  /** Heading of the section, null for the opening of a document. */
  heading: z.string().nullable(),
  /** The passage itself: Markdown, to be shown as text. */
  snippet: z.string(),
  /** The sentences of the passage that the answer quotes, each a substring of `snippet`. */
  quotes: z.array(z.string()),
  /** Rank score of the passage for the question; higher is better, comparable within one answer only. */
  score: z.number(),
  updatedAt: z.iso.datetime(),
});
export type Citation = z.infer<typeof Citation>;

export const TokenUsage = z.object({
  inputTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
});
export type TokenUsage = z.infer<typeof TokenUsage>;

export const NearestEntry = z.object({ title: z.string(), url: z.string() });

export const Answer = z.object({
  id: z.uuid(),
  question: z.string(),
  /** Plain text; paragraphs are parted by blank lines, [n] refers to a citation. */
  answer: z.string(),
  mode: AnswerMode,
  /** True when the model stopped before its end: what came until then is kept. */
  partial: z.boolean(),
  citations: z.array(Citation),
  /** Offered instead of an answer when the mode is abstained. */
  nearest: z.array(NearestEntry),
  /** How many passages could have answered. */
  passagesSearched: z.number().int(),
  model: z.string().nullable(),
  usage: TokenUsage.nullable(),
  traceId: z.string(),
  cached: z.boolean(),
  durationMs: z.number(),
});
export type Answer = z.infer<typeof Answer>;

/** The answer to `question`, or all answers to `questions` in their order. */
export const AskResponse = z.union([Answer, z.object({ answers: z.array(Answer).min(1) })]);
export type AskResponse = z.infer<typeof AskResponse>;

/** Server-sent events of POST /api/ask; `index` is the place of the question in the request. */
export const AskEvents = {
  retrieval: z.object({ index: z.number().int(), passages: z.number().int(), searched: z.number().int() }),
  token: z.object({ index: z.number().int(), text: z.string() }),
  answer: z.object({ index: z.number().int(), answer: Answer }),
  done: z.object({ answers: z.number().int() }),
} as const;

export const AnswerFeedbackRequest = z.strictObject({
  answerId: z.uuid(),
  helpful: z.boolean(),
  comment: z.string().trim().max(2_000).optional(),
});
export type AnswerFeedbackRequest = z.infer<typeof AnswerFeedbackRequest>;

export type AskEvent = {
  [Name in keyof typeof AskEvents]: { event: Name; data: z.infer<(typeof AskEvents)[Name]> };
}[keyof typeof AskEvents];
