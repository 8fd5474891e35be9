/** Asks golden questions of the product as it answers without a model. */
import type { Answer } from "#domains/assistant/index.ts";
import { ask } from "#domains/assistant/server.ts";
import { retrieve } from "#domains/knowledge/server.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { showProgress } from "./command.ts";
import type { GoldenOutcome } from "./golden-summary.ts";
import type { GoldenQuestion } from "./golden.ts";
import { distinct } from "./metrics.ts";

/** As many as one request takes. */
const questionsPerCall = 20;
const passagesPerQuestion = 40;

/** Retrieves for each question and answers it; the database holds the help content. */
export async function runGolden(questions: GoldenQuestion[]): Promise<GoldenOutcome[]> {
  const outcomes: GoldenOutcome[] = [];
  for (let from = 0; from < questions.length; from += questionsPerCall) {
    const batch = questions.slice(from, from + questionsPerCall);
    const texts = batch.map(({ question }) => question);
    const { retrievals } = await retrieve(anonymous, texts, { limit: passagesPerQuestion });
    const answers = await answersTo(texts);
    for (const [index, question] of batch.entries()) {
      const passages = retrievals[index]?.passages ?? [];
      const answer = answers[index];
      if (!answer) throw new Error(`No answer came to "${question.question}".`);
      outcomes.push({
        question,
        ranking: distinct(passages.map(({ sourceId }) => sourceId)),
        refused: answer.mode === "abstained",
        answer: answer.mode === "extractive" ? answer.answer : null,
        // From the passages as retrieved: the copy in the citation could be wrong together with its quotes.
        quotes: answer.citations.flatMap(({ quotes, url }) =>
          quotes.map((quote) => ({ quote, sources: passages.filter(({ sourceId }) => sourceId === entryOf(url)).map(({ content }) => content) })),
        ),
      });
    }
    showProgress("questions asked:", outcomes.length, questions.length);
  }
  return outcomes;
}

/** Id of the help entry that a citation leads to, "" where it leads elsewhere. */
export function entryOf(url: string): string {
  return decodeURIComponent(/^\/help\/([^#?]+)/.exec(url)?.[1] ?? "");
}

async function answersTo(questions: string[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for await (const event of ask(anonymous, { questions }, new AbortController().signal)) {
    if (event.event === "answer") answers[event.data.index] = event.data.answer;
  }
  return answers;
}
