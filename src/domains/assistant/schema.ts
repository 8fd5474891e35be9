import { z } from "zod";
import { errorCodes } from "#lib/errors.ts";
import { DayOrInstant } from "#platform/http/calendar.ts";

export const questionMaxLength = 2_000;
export const questionsMax = 20;
const scopeItemsMax = 20;

export const Question = z.string().trim().min(1, "Write a question").max(questionMaxLength);

const Names = z.array(z.string().min(1).max(100)).min(1).max(scopeItemsMax);
/** A day, which begins at midnight UTC, or a moment. */
const Moment = DayOrInstant;

/** Which documents an answer may come from; what is absent doesn't restrict. */
export const AskScope = z.strictObject({
  sources: Names.optional(),
  /** At least one of these. */
  tags: Names.optional(),
  languages: z.array(z.enum(["english", "french", "other"])).min(1).max(scopeItemsMax).optional(),
  updatedFrom: Moment.optional(),
  /** Exclusive. */
  updatedBefore: Moment.optional(),
});
export type AskScope = z.infer<typeof AskScope>;

/** One question, or up to twenty that are retrieved together. */
export const AskRequest = z.union([
  z.strictObject({ question: Question, scope: AskScope.optional() }),
  z.strictObject({ questions: z.array(Question).min(1).max(questionsMax), scope: AskScope.optional() }),
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
  /** The passage itself: plain text. */
  snippet: z.string(),
  /** The sentences of the passage that the answer quotes, or that support it; each a substring of `snippet`. */
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

/**
 * How the passages were found: by words alone, by words and meaning, or by words alone because the meaning couldn't be
 * had; and the SQL statements that it took for the whole request.
 */
export const AnswerRetrieval = z.object({ mode: z.enum(["keyword", "hybrid", "degraded"]), statements: z.number().int() });
export type AnswerRetrieval = z.infer<typeof AnswerRetrieval>;

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
  retrieval: AnswerRetrieval,
  model: z.string().nullable(),
  usage: TokenUsage.nullable(),
  /** The model's call, which feedback on the answer is kept with, too; null when none wrote it, or when it broke off. */
  callId: z.uuid().nullable(),
  traceId: z.string(),
  cached: z.boolean(),
  durationMs: z.number(),
});
export type Answer = z.infer<typeof Answer>;

const Failure = { code: z.enum(errorCodes), title: z.string(), detail: z.string() };

/** Stands in the place of an answer of a batch that could not be made. */
export const AnswerFailure = z.object({ question: z.string(), error: z.object(Failure) });
export type AnswerFailure = z.infer<typeof AnswerFailure>;

/** The answer to `question`, or all answers to `questions` in their order. */
export const AskResponse = z.union([Answer, z.object({ answers: z.array(z.union([Answer, AnswerFailure])).min(1) })]);
export type AskResponse = z.infer<typeof AskResponse>;

/**
 * Server-sent events of POST /api/ask; `index` is the place of the question in the request. Answers of a batch come in
 * the order in which they are finished.
 */
export const AskEvents = {
  retrieval: z.object({ index: z.number().int(), passages: z.number().int(), searched: z.number().int() }),
  token: z.object({ index: z.number().int(), text: z.string() }),
  answer: z.object({ index: z.number().int(), answer: Answer }),
  /** In a batch, instead of `answer`: the other questions are answered all the same. */
  failure: z.object({ index: z.number().int(), question: z.string(), ...Failure }),
  /** The last event; `statements` counts the SQL statements of the retrieval. */
  done: z.object({ answers: z.number().int(), failures: z.number().int(), statements: z.number().int() }),
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
