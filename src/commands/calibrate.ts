/** npm run calibrate: sets from where on the passages of a corpus answer a question, by a labelled set of questions. */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { runOnDatabase } from "./run.ts";
import { calibrate, CalibrationQuestion } from "#domains/knowledge/server.ts";

const usage = `npm run calibrate -- --questions FILE [--tenant ID] [--max-wrong 0.05] [--dry-run]
  FILE holds one JSON object a line: {"question": "…", "answerable": true}, or "relevant" as in tests/evaluations/golden.
  Without --tenant the public corpus is calibrated.`;

/** The lines of a file. Throws with the line's number when one isn't a labelled question. */
async function readQuestions(file: string): Promise<CalibrationQuestion[]> {
  const lines = (await readFile(file, "utf8")).split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const parsed = CalibrationQuestion.safeParse(parseJson(line));
    if (!parsed.success) throw new Error(`${file}, line ${index + 1}: ${z.prettifyError(parsed.error)}`);
    return [parsed.data];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

await runOnDatabase(async (database) => {
  const { values } = parseArgs({
    options: { questions: { type: "string" }, tenant: { type: "string" }, "max-wrong": { type: "string", default: "0.05" }, "dry-run": { type: "boolean", default: false } },
  });
  const maxWrong = z.coerce.number().min(0).max(1).safeParse(values["max-wrong"]);
  const tenant = z.uuid().optional().safeParse(values.tenant);
  if (values.questions === undefined || !maxWrong.success || !tenant.success) throw new Error(usage);
  const questions = await readQuestions(values.questions);
  const { match, similarity, refusedRightly, refusedWrongly } = await calibrate(tenant.data ?? null, questions, {
    maxWrong: maxWrong.data,
    dryRun: values["dry-run"],
  });
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.log(`${database.description}: ${questions.length} questions`);
  console.log(`Answered from a match of ${match.toFixed(3)} on${similarity === null ? "" : `, or a similarity of ${similarity.toFixed(3)}`}:`);
  console.log(`${percent(refusedRightly)} of the unanswerable questions are refused, and ${percent(refusedWrongly)} of the answerable ones.`);
  console.log(values["dry-run"] ? "Nothing was stored." : "Stored.");
});
