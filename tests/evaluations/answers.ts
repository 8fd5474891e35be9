/**
 * npm run eval:answers: asks the golden set of the configured model (OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL) and
 * prints how well it cites and refuses. The model's vendor may charge for it: --limit N asks the first N questions of a
 * half only, --half tuning|frozen one half. --json prints one JSON object. --recorded replays recordings.jsonl instead of
 * asking a model, for the questions recorded there; --golden FOLDER takes the questions from another folder.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import { seedHelp } from "#domains/help/server.ts";
import { writerFor } from "#domains/llm/server.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { unknownAddress } from "#platform/http/client-address.ts";
import { loadEnvFiles } from "#platform/config/env-files.ts";
import { reloadEnvironment } from "#platform/config/environment.ts";
import { withEnvironment } from "../support/environment.ts";
import { summariseAnswers, type AnswerOutcome, type AnswersSummary } from "./answers-summary.ts";
import { runEvaluation, withDatabase } from "./command.ts";
import { chosenHalves, goldenFolder, readGolden, type GoldenQuestion, type Half } from "./golden.ts";
import { isRecorded, readRecordings, startRecordedModel } from "./recorded-model.ts";
import { runAnswers } from "./run-answers.ts";
import { asShare, table } from "./table.ts";

interface QuestionSet {
  half: Half;
  questions: GoldenQuestion[];
}

const columns = new Map<string, (summary: AnswersSummary) => string>([
  ["questions", ({ questions }) => String(questions)],
  ["answered", ({ answered }) => String(answered)],
  ["failed", ({ failed }) => String(failed)],
  ["citation precision", ({ citationPrecision }) => asShare(citationPrecision)],
  ["citation recall", ({ citationRecall }) => asShare(citationRecall)],
  ["abstention right", ({ abstentionRight }) => asShare(abstentionRight)],
  ["abstention wrong", ({ abstentionWrong }) => asShare(abstentionWrong)],
  ["tokens in", ({ inputTokens }) => String(inputTokens)],
  ["tokens out", ({ outputTokens }) => String(outputTokens)],
]);

async function askModel(sets: QuestionSet[], json: boolean): Promise<void> {
  let model = "";
  const measured = await withDatabase(undefined, async () => {
    const configured = await writerFor("ask", anonymous, unknownAddress);
    if (configured === null) {
      throw new Error("No model is configured. Set OPENAI_API_KEY, and OPENAI_BASE_URL for another server than OpenAI's; --recorded needs neither.");
    }
    model = configured;
    await seedHelp();
    const found: { half: Half; outcomes: AnswerOutcome[] }[] = [];
    for (const { half, questions } of sets) found.push({ half, outcomes: await runAnswers(questions) });
    return found;
  });
  const summaries = measured.map(({ half, outcomes }) => [half, summariseAnswers(outcomes)] as const);
  if (json) console.log(JSON.stringify({ model, ...Object.fromEntries(summaries) }));
  else console.log(table([model, ...columns.keys()], summaries.map(([half, summary]) => [half, ...[...columns.values()].map((cell) => cell(summary))])));
  const failures = measured.flatMap(({ outcomes }) => outcomes.flatMap((outcome) => (outcome.kind === "failed" ? [outcome] : [])));
  for (const { question, reason } of failures) console.error(`${question.id} failed: ${reason}`);
  if (failures.length > 0 && failures.length === measured.flatMap(({ outcomes }) => outcomes).length) {
    throw new Error("Every question failed. Check OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL.");
  }
}

async function askRecordings(sets: QuestionSet[], json: boolean): Promise<void> {
  const recordings = await readRecordings();
  const recorded = sets.map(({ half, questions }) => ({ half, questions: questions.filter(({ question }) => isRecorded(recordings, question)) }));
  if (recorded.every(({ questions }) => questions.length === 0)) throw new Error("None of the questions is recorded. Add them to recordings.jsonl.");
  const server = await startRecordedModel(recordings);
  try {
    withEnvironment({ OPENAI_API_KEY: "recorded", OPENAI_BASE_URL: server.baseUrl, OPENAI_MODEL: "recorded" });
    await askModel(recorded, json);
  } finally {
    await server.close();
  }
}

await runEvaluation(async () => {
  const { values } = parseArgs({
    options: {
      half: { type: "string" },
      limit: { type: "string" },
      json: { type: "boolean", default: false },
      recorded: { type: "boolean", default: false },
      golden: { type: "string", default: goldenFolder },
    },
  });
  const limit = z.coerce.number().int().min(1).optional().safeParse(values.limit);
  if (!limit.success) throw new Error(`--limit takes a whole number from 1, not "${values.limit}".`);
  const sets = await Promise.all(
    chosenHalves(values.half).map(async (half) => ({ half, questions: (await readGolden(half, values.golden)).slice(0, limit.data) })),
  );
  if (values.recorded) return askRecordings(sets, values.json);
  loadEnvFiles();
  reloadEnvironment();
  await askModel(sets, values.json);
});
