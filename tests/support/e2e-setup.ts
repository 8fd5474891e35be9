import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startApp, type AppServer } from "./app-server.ts";
import { createConsoleAdmin } from "./console-admin.ts";
import { startFakeOpenAi, type Behaviour } from "./fake-openai.ts";

/** The fake model does what a word of the question says. */
function behaviourFor(question: string): Behaviour {
  if (question.includes("slowly")) return { kind: "stream", pieces: Array.from({ length: 300 }, (_, i) => `word${i} [1] `), pauseMs: 40 };
  if (question.includes("break")) return { kind: "die-after", pieces: ["Hour ending names an hour by its end [1]. And then"] };
  if (question.includes("refuse")) return { kind: "refuse", status: 500 };
  return { kind: "stream", pieces: ["Hour ending names an hour", " by its end [1].\n\n", "It runs from 1 to 24 [1] [9]."], pauseMs: 30 };
}

interface ChartInput {
  question?: string;
  facts?: { id: string; says: string }[];
}

/** Of a chart's facts the fake model says the first two in its own words, and invents a third; about ministers it knows nothing. */
function chartBehaviour(input: string): Behaviour | null {
  const { facts, question = "" } = JSON.parse(input) as ChartInput;
  if (!facts) return null;
  const [first, second] = facts;
  const statements = question.includes("minister") || !first || !second ? [] : [
    { text: `${question === "" ? "The chart says" : "The answer is"}: ${first.says}`, facts: [first.id] },
    { text: `It also says: ${second.says}`, facts: [second.id] },
    { text: "It reached 123 456 MW.", facts: [first.id] },
  ];
  return { kind: "stream", pieces: [JSON.stringify({ statements })] };
}

/** Starts the application twice, without and with a model, for all journeys; stops both afterwards. */
export default async function setup() {
  const fake = await startFakeOpenAi();
  fake.behave((question) => chartBehaviour(fake.requests.at(-1)?.messages.at(-1)?.content ?? "{}") ?? behaviourFor(question));
  // Each journey comes from an address of its own, as its proxy says: none uses up another's limits.
  const roomy = { TRUSTED_PROXY_HOPS: "1", RATE_LIMIT_PER_MINUTE: "10000", RATE_LIMIT_LLM_PER_MINUTE: "10000" };
  const quoting = await startApp(roomy);
  const writing = await startApp({ ...roomy, OPENAI_API_KEY: "test-key", OPENAI_BASE_URL: fake.baseUrl });
  process.env["CONSOLE_ADMIN"] = JSON.stringify(await createConsoleAdmin(quoting));
  process.env["APP_URL_QUOTING"] = quoting.url;
  process.env["APP_URL_WRITING"] = writing.url;
  const printed = await servePrinted(quoting);
  process.env["APP_PRINTED_QUOTING"] = printed.url;
  return async () => {
    printed.close();
    await Promise.all([quoting.end(), writing.end()]);
    await fake.close();
  };
}

/** What the application has printed, for journeys, which run in processes of their own: mails that were not sent are there. */
async function servePrinted(app: AppServer): Promise<{ url: string; close: () => void }> {
  const server = createServer((_request, response) => response.end(app.output()));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
