/** How long an extractive answer takes at one client, and what it costs the database. */
import { join } from "node:path";
import { startApp, type AppServer } from "../support/app-server.ts";
import { temporaryFolder } from "../support/servers/exit.ts";
import { fillIndex } from "./filled-index.ts";
import { figure, type Findings } from "./report.ts";
import { costsOf } from "./request-log.ts";
import { percentile } from "./statistics.ts";

const passages = 10_000;
const warmUps = 20;
const asked = 200;
const goalMs = 60;
/** Each question is asked once: an answer that was given before is not searched for again. */
const phrasings = [(thing: string) => `What is ${thing}?`, (thing: string) => `What does ${thing} mean?`, (thing: string) => `Tell me about ${thing}.`];

interface Asked {
  response: Response;
  mode: string;
  ms: number;
}

/** Asks for the help's own titles, each question beside a GET /api/health. */
export async function measureAsk(): Promise<Findings> {
  const folder = temporaryFolder("ask", null);
  try {
    const dataDir = join(folder.path, "data");
    const index = await fillIndex(dataDir, passages, questionsAbout);
    const app = await startApp({ DATA_DIR: dataDir, RATE_LIMIT_PER_MINUTE: "1000000", RATE_LIMIT_LLM_PER_MINUTE: "1000000" });
    try {
      const questions = questionsAbout(index.titles);
      const question = (n: number) => questions[n % questions.length] ?? "";
      for (let n = 0; n < warmUps; n += 1) {
        await ask(app, question(asked + n));
        await health(app);
      }
      const answers: Asked[] = [];
      const beside: number[] = [];
      for (let n = 0; n < asked; n += 1) {
        answers.push(await ask(app, question(n)));
        beside.push(await health(app));
      }
      const costs = await costsOf(app, answers.map(({ response }) => response));
      const extractive = answers.filter(({ mode }) => mode === "extractive").length;
      const baseline = { name: "GET /api/health", samples: beside };
      return {
        title: `POST /api/ask without a model, ${index.passages} passages in the embedded database, one client`,
        figures: [
          figure("answer over HTTP", "ms", answers.map(({ ms }) => ms), { baseline, goal: { most: goalMs, of: "p95" } }),
          figure("statements", "", costs.map(({ statements }) => statements)),
          figure("units of work", "", costs.map(({ unitsOfWork }) => unitsOfWork)),
          figure("passages that hold a word of the question", "", index.ranked),
        ],
        notes: [
          `${asked} questions such as "What is <title of a help entry>?", each asked once, after ${warmUps} to warm up: ${extractive} answered by quotes, ${asked - extractive} not. ` +
            `GET /api/health after each: p95 ${percentile(beside, 0.95).toFixed(2)} ms.`,
          `Statements include the one that sets up each unit of work. The index was filled in ${index.fillSeconds.toFixed(0)} s.`,
        ],
      };
    } finally {
      await app.end();
    }
  } finally {
    await folder.remove();
  }
}

/** Lower case within the question, as a person would write it, unless the word is a name or an abbreviation. */
function questionsAbout(titles: string[]): string[] {
  const things = titles.map((title) => (/^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title));
  return phrasings.flatMap((phrase) => things.map(phrase));
}

async function ask(app: AppServer, question: string): Promise<Asked> {
  const started = performance.now();
  const response = await fetch(`${app.url}/api/ask`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ question }),
    signal: AbortSignal.timeout(30_000),
  });
  const { mode, cached } = (await response.json()) as { mode: string; cached: boolean };
  if (response.status !== 200) throw new Error(`POST /api/ask answered ${response.status}`);
  if (cached) throw new Error(`${question} was answered before`);
  return { response, mode, ms: performance.now() - started };
}

async function health(app: AppServer): Promise<number> {
  const started = performance.now();
  const response = await fetch(`${app.url}/api/health`, { signal: AbortSignal.timeout(30_000) });
  await response.text();
  if (response.status !== 200) throw new Error(`GET /api/health answered ${response.status}`);
  return performance.now() - started;
}
