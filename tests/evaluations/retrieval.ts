/**
 * npm run eval:retrieval: how well the search finds, refuses and quotes.
 *
 * Without flags it asks the golden set of the help content and prints a table of both halves and one by kind. --json
 * prints one JSON object instead, --half tuning|frozen runs one half, --misses lists what went wrong in the tuning half.
 * --collection DIR runs a collection in BEIR's layout through the product and prints one line of JSON; --database URL
 * does so in a Postgres without documents instead of in memory; --baseline prints plain BM25's line on stderr.
 */
import { parseArgs } from "node:util";
import { seedHelp } from "#domains/help/server.ts";
import { withEnvironment } from "../support/environment.ts";
import { runBaseline } from "./baseline.ts";
import { openCollection } from "./collection.ts";
import { runEvaluation, withDatabase } from "./command.ts";
import { missesOf, summarise, summariseByKind, type GoldenOutcome, type GoldenSummary, type Miss } from "./golden-summary.ts";
import { chosenHalves, readGolden, type Half } from "./golden.ts";
import { runCollection } from "./run-collection.ts";
import { asShare, table } from "./table.ts";

const columns = new Map<string, (summary: GoldenSummary) => string>([
  ["questions", ({ questions }) => String(questions)],
  ["recall@5", (summary) => asShare(summary["recall@5"])],
  ["nDCG@10", (summary) => asShare(summary["ndcg@10"])],
  ["MRR@10", (summary) => asShare(summary["mrr@10"])],
  ["abstention right", ({ abstentionRight }) => asShare(abstentionRight)],
  ["wrong refusals", ({ wrongRefusals }) => asShare(wrongRefusals)],
  ["quote precision", ({ quotePrecision }) => asShare(quotePrecision)],
  ["answer hit", ({ answerHit }) => asShare(answerHit)],
]);

async function measureCollection(folder: string, url: string | undefined, withBaseline: boolean): Promise<void> {
  const collection = await openCollection(folder);
  if (collection.unknown.length > 0) {
    console.error(`${collection.unknown.length} judged queries aren't in queries.jsonl and are left out, such as ${collection.unknown[0]}.`);
  }
  console.log(JSON.stringify(await withDatabase(url, () => runCollection(collection))));
  if (withBaseline) console.error(JSON.stringify(await runBaseline(collection)));
}

async function measureGolden(halves: readonly Half[], { json, misses }: { json: boolean; misses: boolean }): Promise<void> {
  const sets = await Promise.all(halves.map(async (half) => ({ half, questions: await readGolden(half) })));
  // A collection is searched without the assistant and its model clients.
  const { runGolden } = await import("./run-golden.ts");
  const measured = await withDatabase(undefined, async () => {
    await seedHelp();
    const found: { half: Half; outcomes: GoldenOutcome[] }[] = [];
    for (const { half, questions } of sets) found.push({ half, outcomes: await runGolden(questions) });
    return found;
  });
  const missed = missesOf(measured.flatMap(({ half, outcomes }) => (half === "tuning" ? outcomes : [])));
  if (json) {
    const byHalf = measured.map(({ half, outcomes }) => [half, { ...summarise(outcomes), kinds: summariseByKind(outcomes) }]);
    console.log(JSON.stringify({ ...Object.fromEntries(byHalf), ...(misses ? { misses: missed } : {}) }));
    return;
  }
  console.log(table(["half", ...columns.keys()], measured.map(({ half, outcomes }) => [half, ...cellsOf(summarise(outcomes))])));
  const kindRows = measured.flatMap(({ half, outcomes }) =>
    Object.entries(summariseByKind(outcomes)).map(([kind, summary]) => [`${half} ${kind}`, ...cellsOf(summary)]),
  );
  console.log(`\n${table(["half and kind", ...columns.keys()], kindRows)}`);
  if (misses) console.log(`\n${missed.map(describeMiss).join("\n") || "No misses in the tuning half."}`);
}

function cellsOf(summary: GoldenSummary): string[] {
  return [...columns.values()].map((cell) => cell(summary));
}

function describeMiss({ id, kind, question, reasons, expected, got, refused }: Miss): string {
  const wanted = Object.entries(expected).map(([entry, grade]) => `${entry} (${grade})`).join(", ") || "a refusal";
  return `${id} ${kind}: ${question}\n  ${reasons.join("; ")}\n  expected ${wanted}\n  got ${got.join(", ") || "nothing"}${refused ? ", refused" : ""}`;
}

await runEvaluation(async () => {
  const { values } = parseArgs({
    options: {
      collection: { type: "string" },
      database: { type: "string" },
      baseline: { type: "boolean", default: false },
      half: { type: "string" },
      json: { type: "boolean", default: false },
      misses: { type: "boolean", default: false },
    },
  });
  // The search is measured, not a model: none is asked, whatever the shell has set.
  withEnvironment({ OPENAI_API_KEY: undefined });
  if (values.collection === undefined) {
    if (values.database !== undefined || values.baseline) throw new Error("--database and --baseline go with --collection DIR.");
    const { half, json, misses } = values;
    if (misses && half === "frozen") throw new Error("--misses lists the tuning half only: the frozen one isn't looked at while tuning.");
    return measureGolden(chosenHalves(half), { json, misses });
  }
  if (values.half !== undefined || values.misses) throw new Error("--half and --misses are for the golden set, not for --collection.");
  await measureCollection(values.collection, values.database, values.baseline);
});
