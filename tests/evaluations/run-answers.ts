/** Asks golden questions of the product with the configured model. */
import type { Answer } from "#domains/assistant/index.ts";
import { ask } from "#domains/assistant/server.ts";
import { anonymous } from "#platform/auth/principal.ts";
import type { AnswerOutcome } from "./answers-summary.ts";
import { showProgress } from "./command.ts";
import type { GoldenQuestion } from "./golden.ts";
import { entryOf } from "./run-golden.ts";

/** For one question, retrieval included: longer than the product waits for its model. */
const questionTimeoutMs = 660_000;

/** Asks one question after the other; one that fails doesn't end the run. The database holds the help content. */
export async function runAnswers(questions: GoldenQuestion[]): Promise<AnswerOutcome[]> {
  const outcomes: AnswerOutcome[] = [];
  for (const question of questions) {
    outcomes.push(await answerOne(question));
    showProgress("questions asked:", outcomes.length, questions.length);
  }
  return outcomes;
}

async function answerOne(question: GoldenQuestion): Promise<AnswerOutcome> {
  try {
    return outcomeOf(question, await answerTo(question.question));
  } catch (error) {
    return { kind: "failed", question, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function answerTo(question: string): Promise<Answer> {
  for await (const event of ask(anonymous, { question }, AbortSignal.timeout(questionTimeoutMs))) {
    if (event.event === "answer") return event.data.answer;
  }
  throw new Error("No answer came.");
}

/** An answer in other words than the model's, such as quotes in its stead, isn't the model's: it has failed. */
function outcomeOf(question: GoldenQuestion, { mode, citations, partial, usage }: Answer): AnswerOutcome {
  const tokens = usage === null ? null : { input: usage.inputTokens ?? 0, output: usage.outputTokens ?? 0 };
  if (mode === "abstained") return { kind: "abstained", question, tokens };
  if (mode === "extractive") return { kind: "failed", question, reason: "quoted, without the model" };
  return { kind: "answered", question, cited: citations.map(({ url }) => entryOf(url)), partial, tokens };
}
