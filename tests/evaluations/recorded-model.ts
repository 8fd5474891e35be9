/**
 * A model that replays recorded answers over the OpenAI-compatible protocol, so that eval:answers runs without a vendor.
 * As a command it serves until it is stopped:
 *
 *   node tests/evaluations/recorded-model.ts [RECORDINGS.jsonl]
 */
import { join } from "node:path";
import { z } from "zod";
import { startFakeOpenAi, type Behaviour, type FakeOpenAi } from "../support/fake-openai.ts";
import { lineError, readJsonLines } from "./lines.ts";

export const recordingsFile = join(import.meta.dirname, "recordings.jsonl");

export const Recording = z.strictObject({
  question: z.string().trim().min(1),
  /** What the model wrote; [[Title]] stands where it cited a passage of the entry of that title. */
  completion: z.string().min(1),
});
export type Recording = z.infer<typeof Recording>;

/** What the product sends a model: see domains/assistant/prompt.ts. */
const Input = z.object({
  passages: z.array(z.object({ number: z.number().int(), title: z.string() })),
  question: z.string(),
});

/** As many characters come at once. */
const pieceLength = 24;
/** Not tried again by clients. */
const unknownQuestion: Behaviour = { kind: "refuse", status: 404 };

/** Recordings by question. Throws with file and line where one can't be used. */
export async function readRecordings(path = recordingsFile): Promise<Map<string, Recording>> {
  const recordings = new Map<string, Recording>();
  for await (const { number, value } of readJsonLines(path, Recording)) {
    const key = keyOf(value.question);
    if (recordings.has(key)) throw lineError(path, number, "the question is recorded already. Keep one of both.");
    recordings.set(key, value);
  }
  return recordings;
}

/** Whether there is a recording for a question, white space and case aside. */
export function isRecorded(recordings: ReadonlyMap<string, Recording>, question: string): boolean {
  return recordings.has(keyOf(question));
}

/** Starts the server; a question that isn't recorded is answered with 404. */
export async function startRecordedModel(recordings: ReadonlyMap<string, Recording>): Promise<FakeOpenAi> {
  const server = await startFakeOpenAi();
  server.behave(() => replay(recordings, server.requests.at(-1)?.messages.at(-1)?.content ?? ""));
  return server;
}

/** Answers what the product sent. */
export function replay(recordings: ReadonlyMap<string, Recording>, sent: string): Behaviour {
  const input = Input.safeParse(parsed(sent));
  const recording = input.success ? recordings.get(keyOf(input.data.question)) : undefined;
  if (!input.success || !recording) return unknownQuestion;
  const text = withNumbers(recording.completion, input.data.passages);
  return { kind: "stream", pieces: text.match(new RegExp(`[^]{1,${pieceLength}}`, "gu")) ?? [] };
}

/**
 * The numbers of passages change with the search, what an answer relies on doesn't: each title becomes the number of the
 * entry's best passage, and nothing where the entry wasn't found this time.
 */
function withNumbers(completion: string, passages: { number: number; title: string }[]): string {
  return completion.replace(/ ?\[\[(.+?)\]\]/g, (_, title: string) => {
    const passage = passages.find((candidate) => candidate.title === title);
    return passage ? ` [${passage.number}]` : "";
  });
}

function keyOf(question: string): string {
  return question.trim().replace(/\s+/g, " ").toLowerCase();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const recordings = await readRecordings(process.argv[2]);
  const { baseUrl } = await startRecordedModel(recordings);
  console.log(`${recordings.size} recorded answers. Set OPENAI_API_KEY=recorded OPENAI_BASE_URL=${baseUrl}`);
}
