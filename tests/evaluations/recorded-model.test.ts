import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readSeedEntries } from "#domains/help/seed-files.ts";
import { openAiProvider } from "#domains/llm/providers/openai.ts";
import { isRecorded, readRecordings, replay, startRecordedModel, type Recording } from "./recorded-model.ts";

const recordings = new Map<string, Recording>([
  ["what is it?", { question: "What is it?", completion: "It is the price of an hour. [[Pool price]] It is settled by the AESO [[AESO data]]." }],
]);
const passages = [{ number: 1, title: "Ramp", heading: null, text: "" }, { number: 2, title: "Pool price", heading: null, text: "" }];

async function complete(input: string): Promise<{ text: string; finished: boolean }> {
  const server = await startRecordedModel(recordings);
  try {
    const settings = { apiKey: "recorded", baseUrl: server.baseUrl, model: "recorded" };
    let text = "";
    let finished = false;
    for await (const event of openAiProvider(settings).stream({ instructions: "", input, maxOutputTokens: 100, signal: new AbortController().signal })) {
      if (event.type === "text") text += event.text;
      else finished = event.finish === "stop";
    }
    return { text, finished };
  } finally {
    await server.close();
  }
}

describe("the recorded model", () => {
  test("streams the recorded answer, citing by this request's numbers", async () => {
    const { text, finished } = await complete(JSON.stringify({ passages, question: " what  is it?" }));
    expect(text).toBe("It is the price of an hour. [2] It is settled by the AESO.");
    expect(finished).toBe(true);
  });

  test("refuses a question that isn't recorded", async () => {
    await expect(complete(JSON.stringify({ passages, question: "What else?" }))).rejects.toThrow(/404/);
  });

  test.each(["no JSON", "{}", '{"question":"What is it?"}'])("refuses %s", (sent) => {
    expect(replay(recordings, sent)).toEqual({ kind: "refuse", status: 404 });
  });
});

describe("recordings", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "recordings-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("are one a question", async () => {
    const path = join(folder, "recordings.jsonl");
    const line = JSON.stringify({ question: "What?", completion: "That." });
    await writeFile(path, `${line}\n`);
    expect(isRecorded(await readRecordings(path), "what?")).toBe(true);
    await writeFile(path, `${line}\n${line.replace("What?", "what?")}\n`);
    await expect(readRecordings(path)).rejects.toThrow(/line 2: the question is recorded already/);
    await writeFile(path, `{"question":"What?"}\n`);
    await expect(readRecordings(path)).rejects.toThrow(/line 1: "completion"/);
  });

  test("cite titles of help entries", async () => {
    const titles = new Set((await readSeedEntries()).map(({ title }) => title));
    const all = await readRecordings();
    expect(all.size).toBeGreaterThanOrEqual(12);
    for (const { completion } of all.values()) {
      for (const [, title = ""] of completion.matchAll(/\[\[(.+?)\]\]/g)) expect(titles.has(title), title).toBe(true);
    }
  });
});
