import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readSeedEntries } from "#domains/help/seed-files.ts";
import { chosenHalves, halves, readGolden } from "./golden.ts";

const question = { id: "t-1", kind: "plain", language: "en", question: "What?", relevant: { hoep: 2 }, answer: ["That."] };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "golden-"));
});
afterEach(() => rm(folder, { recursive: true }));

const read = async (...lines: unknown[]) => {
  await writeFile(join(folder, "tuning.jsonl"), lines.map((line) => `${JSON.stringify(line)}\n`).join("\n"));
  return readGolden("tuning", folder);
};

describe("the golden set's format", () => {
  test("is read line by line", async () => {
    expect(await read(question, { ...question, id: "t-2", kind: "unanswerable", relevant: {}, answer: [] })).toHaveLength(2);
  });

  test.each([
    [{ kind: "hard" }, /line 1: "kind"/],
    [{ relevant: {} }, /line 1: "relevant": name at least one entry/],
    [{ relevant: { hoep: 3 } }, /line 1: "relevant.hoep"/],
    [{ answer: [] }, /line 1: "answer": give at least one substring/],
    [{ kind: "unanswerable" }, /line 1: "relevant": an unanswerable question has no relevant entry; "answer"/],
    [{ kind: "french" }, /line 1: "language"/],
    [{ extra: 1 }, /line 1: .*extra/],
  ])("refuses %j", async (over, message) => {
    await expect(read({ ...question, ...over })).rejects.toThrow(message);
  });

  test("refuses an id twice, and an empty file", async () => {
    await expect(read(question, question)).rejects.toThrow(/line 3: the question t-1 is there already/);
    await expect(read()).rejects.toThrow(/holds no question/);
  });
});

describe.each(halves)("the checked-in half %s", (half) => {
  test("names entries that there are", async () => {
    const ids = new Set((await readSeedEntries()).map(({ id }) => id));
    for (const { id, relevant } of await readGolden(half)) {
      for (const entry of Object.keys(relevant)) expect(ids.has(entry), `${id} names ${entry}`).toBe(true);
    }
  });
});

test("no question stands in both halves", async () => {
  const [tuning, frozen] = await Promise.all(halves.map((half) => readGolden(half)));
  const ids = new Set(tuning?.flatMap(({ id, question: text }) => [id, text.toLowerCase()]));
  expect(frozen?.filter(({ id, question: text }) => ids.has(id) || ids.has(text.toLowerCase()))).toEqual([]);
});

test("halves go by their names", () => {
  expect(chosenHalves(undefined)).toEqual(["tuning", "frozen"]);
  expect(chosenHalves("frozen")).toEqual(["frozen"]);
  expect(() => chosenHalves("both")).toThrow(/There is no half "both" of the golden set\. Write tuning or frozen\./);
});
