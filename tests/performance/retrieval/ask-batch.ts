/** Ten questions over HTTP: one request against ten, at one client. */
import { readSeedEntries } from "#domains/help/seed-files.ts";
import { startApp } from "../../support/app-server.ts";
import { figure, type Findings } from "../report.ts";
import { batchSize } from "./batch.ts";
import type { Bench } from "./bench.ts";
import { inTurn } from "./timing.ts";

const rounds = 20;
const warmUps = 2;
const timeoutMs = 30_000;
const roomy = { RATE_LIMIT_PER_MINUTE: "1000000", RATE_LIMIT_LLM_PER_MINUTE: "1000000" };

/** POST /api/ask of the built application, which works on the same database; anonymous, so about the help. */
export async function measureAskBatch({ store }: Bench): Promise<Findings> {
  const titles = (await readSeedEntries()).map(({ title }) => title);
  const app = await startApp({ DATABASE_URL: store.url ?? "", ...roomy });
  const post = async (body: object) => {
    const response = await fetch(`${app.url}/api/ask`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`POST /api/ask answered ${response.status}: ${text}`);
    if (text.includes('"cached":true')) throw new Error("A question was answered before");
  };
  // A number in each question keeps every answer from being one that was given before.
  const questions = (round: number, way: string) =>
    Array.from({ length: batchSize }, (_, n) => `What is ${titles[(round * batchSize + n) % titles.length] ?? ""}, ${way} ${round + 1}?`);
  try {
    const [together = [], inSequence = []] = await inTurn(rounds, warmUps, [
      (round) => post({ questions: questions(round, "one") }),
      async (round) => {
        for (const question of questions(round, "ten")) await post({ question });
      },
    ]);
    return {
      title: `POST /api/ask over HTTP, ten questions, one client, ${store.name}`,
      figures: [figure("one request with ten questions", "ms", together, { baseline: { name: "ten requests in sequence", samples: inSequence } })],
      notes: ["Anonymous, without a model: answers are quotes from the help, beside the tenants' passages in the same tables."],
    };
  } finally {
    await app.end();
  }
}
