import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { POST } from "#app/api/ask/route.ts";
import { Answer } from "#domains/assistant/index.ts";
import { ask, collectAnswers } from "#domains/assistant/server.ts";
import { removeDocument } from "#domains/knowledge/server.ts";
import { anonymous, system, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { createDocument, createMember } from "../support/factories.ts";
import { startFakeOpenAi, type Behaviour, type FakeOpenAi } from "../support/fake-openai.ts";
import { call, captureLog } from "../support/http.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { withEnvironment } from "../support/environment.ts";

const askOne = async (question: string) => Answer.parse(await (await call(POST, "/api/ask", { json: { question } })).json());
const askAll = async (questions: string[]) => ((await (await call(POST, "/api/ask", { json: { questions } })).json()) as { answers: Answer[] }).answers;

async function askAs(principal: Principal, question: string): Promise<Answer> {
  const events = [];
  for await (const event of ask(principal, { question }, new AbortController().signal)) events.push(event);
  return Answer.parse(collectAnswers({ question }, events));
}

describe.each(engines)("The cache of answers, on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase(engine)));
  afterAll(() => opened.close());

  test("gives a known answer again under an id of its own, after one small statement", async () => {
    await createDocument("The wombat link carries power.", { title: "Wombat link" });
    const first = await askOne("What does the wombat link carry?");
    const lines = captureLog();
    const again = await askOne(" what does the WOMBAT link carry ");
    expect(lines.at(-1)).toMatchObject({ unitsOfWork: 2 });
    expect([first.cached, again.cached]).toEqual([false, true]);
    expect(again.id).not.toBe(first.id);
    expect(again).toMatchObject({
      question: "what does the WOMBAT link carry", answer: first.answer, citations: first.citations, usage: null,
      passagesSearched: first.passagesSearched, retrieval: { mode: "keyword", statements: 1 },
    });
    expect(await inspect("select mode from app.answers where id = $1", [again.id])).toEqual([{ mode: "extractive" }]);
  });

  test("forgets when a document is added, changed or deleted, in whatever process", async () => {
    const question = "How fast are quokkas?";
    expect(await askOne(question)).toMatchObject({ mode: "abstained", cached: false });
    const document = await createDocument("Quokkas are fast.", { title: "Animals" });
    expect(await askOne(question)).toMatchObject({ cached: false, answer: "Quokkas are fast. [1]" });
    expect(await askOne(question)).toMatchObject({ cached: true, answer: "Quokkas are fast. [1]" });
    await createDocument("Quokkas are slow and not fast.", { title: "Animals", sourceId: document.sourceId });
    expect(await askOne(question)).toMatchObject({ cached: false, answer: "Quokkas are slow and not fast. [1]" });
    await db.as(system("test"), (tx) => removeDocument(tx, document));
    expect(await askOne(question)).toMatchObject({ mode: "abstained", cached: false });
    expect(await askOne(question)).toMatchObject({ mode: "abstained", cached: true });
  });

  test("answers a batch of known and new questions after one statement, and after two when the known ones are outdated", async () => {
    await createDocument("The koala link carries heat.", { title: "Koala link" });
    await createDocument("The dingo link carries gas.", { title: "Dingo link" });
    await askOne("What does the koala link carry?");
    const mixed = await askAll(["What does the koala link carry?", "What does the dingo link carry?"]);
    expect(mixed.map(({ cached, retrieval }) => [cached, retrieval.statements])).toEqual([[true, 1], [false, 1]]);
    await createDocument("The koala link carries light.", { title: "Koala light" });
    const outdated = await askAll(["What does the koala link carry?", "What is a numbat?"]);
    expect(outdated.map(({ cached, retrieval }) => [cached, retrieval.statements])).toEqual([[false, 2], [false, 2]]);
    expect(outdated[0]?.answer).toContain("The koala link carries light.");
  });

  test("keeps tenants apart", async () => {
    const [one, other] = [await createMember("One"), await createMember("Other")];
    const question = "What do possums whisper?";
    await createDocument("Possums whisper secrets.", { title: "Possums", tenantId: one.tenantId, source: "upload" });
    expect((await askAs(one, question)).answer).toContain("secrets");
    expect(await askAs(one, question)).toMatchObject({ cached: true, mode: "extractive" });
    for (const stranger of [other, anonymous]) expect(await askAs(stranger, question)).toMatchObject({ cached: false, mode: "abstained", nearest: [] });
  });

  test("counts hits, misses, statements and questions", async () => {
    const read = async () => ({
      lookups: Object.fromEntries((await metrics().answerCacheLookups.get()).values.map(({ labels, value }) => [labels.result, value])),
      statements: (await metrics().retrievalStatements.get()).values[0]?.value ?? 0,
      questions: (await metrics().retrievalQuestions.get()).values[0]?.value ?? 0,
    });
    await askOne("What is the counted emu?");
    const before = await read();
    await askAll(["What is the counted emu?", "What is the other emu?", "what is the other emu"]);
    const after = await read();
    expect(after.lookups).toEqual({ hit: (before.lookups.hit ?? 0) + 1, miss: (before.lookups.miss ?? 0) + 1 });
    expect([after.statements - before.statements, after.questions - before.questions]).toEqual([1, 1]);
  });
});

describe("The cache of a model's answers", () => {
  let opened: TestDatabase;
  let fake: FakeOpenAi;
  let restore: () => void;
  const question = "What does the lemur link carry?";
  beforeAll(async () => {
    opened = await openTestDatabase("embedded");
    await createDocument("The lemur link carries power.", { title: "Lemur link" });
  });
  afterAll(() => opened.close());
  afterEach(async () => {
    restore();
    await fake.close();
  });

  async function start(model: string, behaviour: Behaviour) {
    fake = await startFakeOpenAi();
    fake.behave(behaviour);
    restore = withEnvironment({ OPENAI_API_KEY: "k", OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODEL: model });
  }

  test.each([
    ["a finished answer", "cached-1", { kind: "stream", pieces: ["It carries power [1]."] }],
    ["a model's refusal", "cached-2", { kind: "stream", pieces: ["NO_ANSWER"] }],
  ] satisfies [string, string, Behaviour][])("gives %s again without a call, its usage counted once", async (_, model, behaviour) => {
    await start(model, behaviour);
    const [first, again] = [await askOne(question), await askOne(question)];
    expect([first.cached, first.usage, again.cached, again.usage]).toEqual([false, { inputTokens: 321, outputTokens: 45 }, true, null]);
    expect([again.answer, again.model]).toEqual([first.answer, first.model]);
    expect(fake.requests).toHaveLength(1);
  });

  test("asks another model anew", async () => {
    await start("cached-3", { kind: "stream", pieces: ["It carries power [1]."] });
    expect((await askOne(question)).cached).toBe(false);
  });

  test.each([
    ["was cut off", "cached-4", { kind: "stream", pieces: ["It carries [1]"], finishReason: "length" }],
    ["broke off", "cached-5", { kind: "die-after", pieces: ["It carries [1] and"] }],
    ["cites nothing", "cached-6", { kind: "stream", pieces: ["It carries power."] }],
  ] satisfies [string, string, Behaviour][])("keeps no answer that %s", async (_, model, behaviour) => {
    await start(model, behaviour);
    await askOne(question);
    expect((await askOne(question)).cached).toBe(false);
    expect(fake.requests).toHaveLength(2);
  });
});
