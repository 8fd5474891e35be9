import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { languages } from "#domains/knowledge/language.ts";
import { retrieve } from "#domains/knowledge/server.ts";
import { seedHelp } from "#domains/help/server.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { createDocument } from "../support/factories.ts";
import { engines, openTestDatabase, type TestDatabase } from "../support/database.ts";

describe.each(engines)("retrieving on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await seedHelp();
  });
  afterAll(() => opened.close());

  const one = async (question: string, filter = {}) => {
    const [retrieval] = (await retrieve(anonymous, [question], { limit: 8, filter })).retrievals;
    if (!retrieval) throw new Error("no retrieval");
    return retrieval;
  };
  const first = async (question: string) => (await one(question)).passages[0]?.sourceId;

  test("answers every question of a batch as it would alone, in one statement", async () => {
    const questions = ["What is a reserve margin?", "pool price floor", "Quelle est la marge de réserve ?", "who won the cup", "HOEP"];
    const batch = await retrieve(anonymous, questions, { limit: 5 });
    expect(batch.statements).toBe(1);
    for (const [index, question] of questions.entries()) {
      const [alone] = (await retrieve(anonymous, [question], { limit: 5 })).retrievals;
      expect(batch.retrievals[index]).toEqual(alone);
    }
  });

  test("retrieves equal questions once, and answers each as it was written", async () => {
    const { retrievals } = await retrieve(anonymous, ["What is ramp?", "hour ending", "  what is RAMP "], { limit: 3 });
    expect(retrievals.map(({ question }) => question)).toEqual(["What is ramp?", "hour ending", "  what is RAMP "]);
    expect(retrievals[0]?.passages).toEqual(retrievals[2]?.passages);
  });

  test("ranks from 1, by falling score, with shares between 0 and 1", async () => {
    const { passages } = await one("How is the emissions intensity of imports counted?");
    expect(passages.length).toBeGreaterThan(3);
    expect(passages.map(({ rank }) => rank)).toEqual(passages.map((_, index) => index + 1));
    for (const [index, { score, match }] of passages.entries()) {
      expect(score).toBeLessThanOrEqual(passages[index - 1]?.score ?? Infinity);
      expect(match).toBeGreaterThanOrEqual(0);
      expect(match).toBeLessThanOrEqual(1);
    }
  });

  test.each([
    ["What is the resreve margin?", "reserve-margin"],
    ["negatve prices", "negative-prices"],
    ["Qu'est-ce que la marge de reserve ?", "reserve-margin-fr"],
    ["prix horaire de l'electricite en Ontario", "hoep-fr"],
  ])("finds the entry that %j asks for", async (question, id) => {
    expect((await one(question)).passages.slice(0, 3).map(({ sourceId }) => sourceId)).toContain(id);
  });

  test.each([
    ["price", "english"], ["prices", "english"], ["data sources", "english"], ["pool price", "english"], ["generation forecast", "english"], ["réserve", "french"],
  ])("reads the keywords %j as %s first", async (question, language) => {
    expect((await one(question)).passages[0]?.language).toBe(language);
  });

  test("keeps shares within 1 for misspelt words of no clear language", async () => {
    for (const question of ["chercer", "laqelle", "nergie", "pric generatn", "elctricité"]) {
      for (const { match } of (await one(question)).passages) expect(match).toBeLessThanOrEqual(1);
    }
  });

  test("prefers the language of the question", async () => {
    expect(await first("What is curtailment?")).toBe("curtailment");
    const { language, passages } = await one("Comment calcule-t-on l'intensité des émissions ?");
    expect([language, passages[0]?.language]).toEqual(["french", "french"]);
  });

  test("filters by source, tag, language and date", async () => {
    await createDocument("The filtered ibex of the north.", {
      title: "Ibex", source: "upload", sourceId: "ibex", tags: ["alpine"], language: "other", updatedAt: new Date("2020-05-01T00:00:00Z"),
    });
    const ids = async (filter: object) => (await one("filtered ibex of the north", filter)).passages.map(({ sourceId }) => sourceId);
    expect(await ids({ sources: ["upload"] })).toEqual(["ibex"]);
    expect(await ids({ tags: ["alpine", "none"] })).toEqual(["ibex"]);
    expect(await ids({ languages: ["other"] })).toEqual(["ibex"]);
    expect(await ids({ updatedFrom: new Date("2020-05-01T00:00:00Z"), updatedBefore: new Date("2020-05-02T00:00:00Z") })).toEqual(["ibex"]);
    expect(await ids({ updatedBefore: new Date("2020-05-01T00:00:00Z") })).toEqual([]);
    expect(await ids({ sources: ["help"] })).not.toContain("ibex");
    expect(await ids({ sources: ["upload"], languages: languages.filter((language) => language !== "other") })).toEqual([]);
  });

  test.each([
    ["only stop words", "what is the of and"],
    ["one character", "x"],
    ["2,000 characters", "How does the reserve margin change ".repeat(60).slice(0, 2_000)],
    ["2,000 characters without a space", "a".repeat(2_000)],
    ["emoji", "😀🔌⚡️"],
    ["mixed scripts", "電力 demand الطلب спрос zażółć"],
    ["SQL", "'; drop table app.documents; -- $1 $$ \\"],
    ["tsquery operators", "& | ! <-> (:*) a:b"],
    ["a format string", "%s %n {0} ${x} \\u0041"],
    ["a percent sign and an underscore", "100% _ _"],
    ["digits", "1,000.5 2026-01-01 17:00"],
  ])("takes %s", async (_, question) => {
    const { passages, answerable } = await one(question);
    expect(Array.isArray(passages)).toBe(true);
    if (question.startsWith("How does")) expect(answerable).toBe(true);
  });

  test("answers nothing to a question without a word that could be searched", async () => {
    expect(await one("what is the of and")).toMatchObject({ terms: [], passages: [], answerable: false });
  });

  test("names the state of the corpora, which every change changes", async () => {
    const version = async () => (await retrieve(anonymous, ["ramp"], { limit: 1 })).version;
    const before = await version();
    expect(await version()).toBe(before);
    await createDocument("A new document about nothing.");
    expect(await version()).not.toBe(before);
  });
});

describe("retrieving from very small corpora", () => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase("embedded")));
  afterAll(() => opened.close());

  test("finds nothing in an empty one, what there is in a corpus of one, and what stands in every passage", async () => {
    expect(await retrieve(anonymous, ["reserve margin"], { limit: 5 })).toMatchObject({ searched: 0, retrievals: [{ passages: [], answerable: false }] });
    await createDocument("The reserve margin is fifteen percent.", { title: "Reserve margin", sourceId: "only" });
    const { searched, retrievals } = await retrieve(anonymous, ["What is the reserve margin?", "Who won the cup?"], { limit: 5 });
    expect(searched).toBe(1);
    expect(retrievals.map(({ passages, answerable }) => [passages.map(({ sourceId }) => sourceId), answerable])).toEqual([[["only"], true], [[], false]]);
    for (let n = 0; n < 30; n += 1) await createDocument(`Every passage speaks of megawatts, and number ${n} too.`, { title: `Megawatts ${n}` });
    const [everywhere] = (await retrieve(anonymous, ["every megawatts passage"], { limit: 5 })).retrievals;
    expect(everywhere?.passages).toHaveLength(5);
  });
});
