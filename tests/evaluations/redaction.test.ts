import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { halves } from "./golden.ts";
import { readMarkedTexts, unmarked } from "./marked-texts.ts";
import { measureRedaction, precisionOf, recallOf } from "./redaction-summary.ts";
import { textSets } from "./text-sets.ts";

/** Goals of the product; a set holds too few values of a kind for a floor of its own. */
const goals = { recall: 0.98, precision: 0.98, altered: 0.01 };

describe.each(textSets)("redaction on the set %s", (set) => {
  test("finds what is marked and leaves clean texts alone", async () => {
    const figures = measureRedaction(await readMarkedTexts(set));
    expect(recallOf(figures)).toBeGreaterThanOrEqual(goals.recall);
    expect(precisionOf(figures)).toBeGreaterThanOrEqual(goals.precision);
    expect(figures.altered / figures.clean).toBeLessThanOrEqual(goals.altered);
  });
});

describe.each(halves)("the half %s", (set) => {
  test("is of the make-up that its README says", async () => {
    const texts = await readMarkedTexts(set);
    const clean = texts.filter(({ values }) => values.length === 0).length;
    expect(texts.length).toBeGreaterThanOrEqual(100);
    expect(clean / texts.length).toBeGreaterThan(0.45);
    expect(texts.filter(({ language }) => language === "fr").length / texts.length).toBeGreaterThan(0.25);
    for (const province of ["on", "qc", "bc", "ab"]) expect(texts.filter(({ subject }) => subject === `health-${province}`).length).toBeGreaterThanOrEqual(3);
  });
});

test("no text stands in two sets", async () => {
  const texts = (await Promise.all(textSets.map((set) => readMarkedTexts(set)))).flat().map(({ text }) => text.toLowerCase());
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
});

test("what is missed, wrong or of another kind is counted", () => {
  const marked = (id: string, text: string) => ({ id, language: "en" as const, subject: "x", ...unmarked(text) });
  const figures = measureRedaction([
    marked("found", "Mail <email>ana@example.com</email>."),
    marked("missed", "Mail <email>nobody</email>."),
    marked("kind", "Call <sin>613-555-0142</sin>."),
    marked("wrong", "Call 613-555-0143."),
    marked("clean", "Nothing."),
  ]);
  expect(recallOf(figures, "email")).toBe(0.5);
  expect(recallOf(figures, "sin")).toBe(0);
  expect(precisionOf(figures, "phone")).toBe(0);
  expect(precisionOf(figures)).toBeCloseTo(1 / 3);
  expect([figures.clean, figures.altered]).toEqual([2, 1]);
  expect(figures.mistakes.map(({ id }) => id)).toEqual(["missed", "kind", "wrong"]);
});

describe("the format", () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "marked-"))));
  afterEach(() => rm(folder, { recursive: true }));
  const read = async (...lines: object[]) => {
    await writeFile(join(folder, "tuning.jsonl"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    return readMarkedTexts("tuning", folder);
  };
  const line = { id: "t-1", language: "en", subject: "email", text: "Mail <email>a@b.co</email> & <phone>1</phone>" };

  test("marks are taken out and their places kept", async () => {
    expect(await read(line)).toEqual([{ ...line, text: "Mail a@b.co & 1", values: [{ kind: "email", start: 5, end: 11 }, { kind: "phone", start: 14, end: 15 }] }]);
  });

  test.each([
    [{ subject: "clean-email" }, /line 1: a text without values has a subject that begins with clean-/],
    [{ text: "Mail <mail>a@b.co</mail>" }, /line 1: a text without values/],
    [{ language: "de" }, /line 1: "language"/],
  ])("refuses %j", async (over, message) => {
    await expect(read({ ...line, ...over })).rejects.toThrow(message);
  });
  test("refuses an id twice", () => expect(read(line, line)).rejects.toThrow(/line 2: the text t-1 is there already/));
});
