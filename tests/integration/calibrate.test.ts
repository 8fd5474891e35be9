import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calibrate, indexDocument, retrieve } from "#domains/knowledge/server.ts";
import { forgetQuestionVectors } from "#domains/knowledge/question-vectors.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { createDocument, createMember } from "../support/factories.ts";
import { embedNow, startEmbeddingModel } from "../support/embedding-model.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

const questions = [
  { question: "What is the ibex feeder rated for?", answerable: true },
  { question: "Where does the lynx line end?", answerable: true },
  { question: "Who owns the ibex?", answerable: false },
  { question: "What is the capital of Peru and its line?", answerable: false },
];
const settings = { maxWrong: 0, dryRun: false };

describe.each(engines)("calibrating on the %s engine", (engine) => {
  let opened: TestDatabase;
  let member: Extract<Principal, { kind: "member" }>;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    member = await createMember("Utility");
    await createDocument("Public text about nothing of the kind.");
    for (const [sourceId, markdown] of [["ibex", "The ibex feeder is rated for 40 MW."], ["lynx", "The lynx line ends in Sudbury."], ["other", "A line of other text."]] as const) {
      await db.as(member, (tx) => indexDocument(tx, { tenantId: member.tenantId, source: "upload", sourceId, title: sourceId, url: "/d", tags: [], markdown }));
    }
  });
  afterAll(() => opened.close());

  const stored = () => inspect("select tenant_id is null as public, answer_from_match is null as default from app.corpora order by 1");
  const answerable = async (principal: Principal) =>
    (await retrieve(principal, questions.map(({ question }) => question), { limit: 5 })).retrievals.map((retrieval) => retrieval.answerable);

  test("finds what parts the two kinds of questions, and stores it for that corpus alone", async () => {
    const before = (await retrieve(member, ["ibex"], { limit: 1 })).version;
    const calibration = await calibrate(member.tenantId, questions, settings);
    expect(calibration).toMatchObject({ refusedRightly: 1, refusedWrongly: 0, similarity: null });
    expect(await stored()).toEqual([{ public: false, default: false }, { public: true, default: true }]);
    expect(await answerable(member)).toEqual([true, true, false, false]);
    // Answers that were made by the old measure are not to be reused.
    expect((await retrieve(member, ["ibex"], { limit: 1 })).version).not.toBe(before);
    expect(await answerable(anonymous)).toEqual([false, false, false, false]);
  });

  test("stores nothing in a dry run", async () => {
    await calibrate(null, questions, { ...settings, maxWrong: 1, dryRun: true });
    expect(await stored()).toContainEqual({ public: true, default: true });
  });

  test("refuses to measure when the vectors come and go meanwhile, and stores nothing", async () => {
    const model = await startEmbeddingModel();
    const many = Array.from({ length: 24 }, (_, i) => ({ question: `Is there a line ${i}?`, answerable: i % 2 === 0 }));
    await embedNow();
    const before = await stored();
    let requests = 0;
    model.fake.behave(() => ((requests += 1) === 2 ? { kind: "refuse", status: 500 } : { kind: "vectors" }));
    await expect(calibrate(null, many, { ...settings, maxWrong: 1 })).rejects.toThrow("EMBEDDING");
    expect(requests).toBe(2);
    forgetQuestionVectors();
    model.fake.behave(() => {
      model.configure(undefined);
      return { kind: "vectors" };
    });
    await expect(calibrate(null, many, { ...settings, maxWrong: 1 })).rejects.toThrow("hybrid");
    expect(await stored()).toEqual(before);
    await model.close();
    forgetQuestionVectors();
  });

  test("says that there is nothing to calibrate", async () => {
    const empty = await createMember("Empty");
    await expect(calibrate(empty.tenantId, questions, settings)).rejects.toThrow("nothing in this corpus");
    await expect(calibrate(member.tenantId, questions.slice(0, 2), settings)).rejects.toThrow("both");
  });
});
