/**
 * An OpenAI-compatible model in a process of its own, on the port that it is given (0: a free one). It writes what questions of tests
 * can be answered with: a cited sentence, or the first of the facts. Prints its address, then the question of each answer before it sends its
 * end.
 */
import { z } from "zod";
import { startFakeOpenAi } from "./fake-openai.ts";

const Facts = z.object({ facts: z.array(z.object({ id: z.string(), says: z.string() })).min(1) });

const model = await startFakeOpenAi({ port: Number(process.argv[2]), onEnd: (question) => process.stdout.write(`${question}\n`) });
model.behave(() => {
  const { response_format: form, messages } = model.requests.at(-1) ?? {};
  if (!form) return { kind: "stream", pieces: ["It is ", "settled ", "each hour ", "[1]."], pauseMs: 30 };
  const [fact] = Facts.parse(JSON.parse(messages?.at(-1)?.content ?? "")).facts;
  return { kind: "stream", pieces: [JSON.stringify({ statements: [{ text: `As computed: ${fact?.says}`, facts: [fact?.id] }] })], pauseMs: 60 };
});
process.stdout.write(`${model.baseUrl}\n`);
