import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { POST } from "#app/api/ask/route.ts";
import type { Answer, AnswerFailure, AskEvent, AskScope } from "#domains/assistant/index.ts";
import { seedHelp } from "#domains/help/server.ts";
import { createDocument } from "../support/factories.ts";
import { startFakeOpenAi, type Behaviour, type FakeOpenAi } from "../support/fake-openai.ts";
import { call, captureLog, receivedEvents } from "../support/http.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { withEnvironment } from "../support/environment.ts";

const batch = async (questions: string[], scope?: AskScope) => {
  const response = await call(POST, "/api/ask", { json: { questions, ...(scope && { scope }) } });
  expect(response.status).toBe(200);
  return ((await response.json()) as { answers: (Answer & AnswerFailure)[] }).answers;
};

async function events(questions: string[], signal?: AbortSignal) {
  const response = await call(POST, "/api/ask", { json: { questions }, headers: { accept: "text/event-stream" }, ...(signal && { signal }) });
  return receivedEvents(response);
}

async function allEvents(questions: string[]): Promise<AskEvent[]> {
  const all: AskEvent[] = [];
  for await (const { event, data } of await events(questions)) all.push({ event, data } as AskEvent);
  return all;
}

describe.each(engines)("A batch without a model, on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await seedHelp();
  });
  afterAll(() => opened.close());

  test("retrieves for twenty questions in one statement and keeps all answers in one", async () => {
    const lines = captureLog();
    const titles = await inspect<{ title: string }>("select title from app.documents where language = 'english' order by title limit 20");
    const answers = await batch(titles.map(({ title }) => `What is ${title}?`));
    expect(answers.map(({ retrieval }) => retrieval)).toEqual(Array(20).fill({ mode: "keyword", statements: 1 }));
    expect(lines.at(-1)).toMatchObject({ unitsOfWork: 2 });
    const [kept] = await inspect<{ n: number }>("select count(*)::int as n from app.answers where id = any ($1::uuid[])", [answers.map(({ id }) => id)]);
    expect(kept?.n).toBe(20);
  });

  test("answers equal questions once, each with its own id, in the words it was asked", async () => {
    const questions = ["What is a ramp?", "what  is a RAMP", "Who won the Stanley Cup?", "What is a ramp ?!"];
    const answers = await batch(questions);
    expect(answers.map(({ question }) => question)).toEqual(questions);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(4);
    for (const same of [answers[1], answers[3]]) {
      expect([same?.answer, same?.citations]).toEqual([answers[0]?.answer, answers[0]?.citations]);
    }
  });

  test("says at the end how many answers there were, and how many statements they took", async () => {
    const all = await allEvents(["What is curtailment?", "Who won?", "What is curtailment?"]);
    expect(all.map(({ event }) => event)).toEqual(["retrieval", "retrieval", "retrieval", "answer", "answer", "answer", "done"]);
    expect(all.at(-1)?.data).toEqual({ answers: 3, failures: 0, statements: 1 });
  });

  test("answers from the documents that the scope allows, and from no others", async () => {
    await createDocument("The mottled snark is blue.", { title: "Snark A", source: "upload", tags: ["beast"], updatedAt: new Date("2020-05-05") });
    await createDocument("The mottled snark is red.", { title: "Snark B", tags: ["plant"], updatedAt: new Date("2024-05-05") });
    const titles = async (scope: AskScope) => (await batch(["mottled snark"], scope))[0]?.citations.map(({ title }) => title).sort();
    expect(await titles({})).toEqual(["Snark A", "Snark B"]);
    expect(await titles({ sources: ["upload"] })).toEqual(["Snark A"]);
    expect(await titles({ tags: ["plant", "stone"] })).toEqual(["Snark B"]);
    expect(await titles({ languages: ["english"], updatedFrom: "2022-01-01" })).toEqual(["Snark B"]);
    expect(await titles({ updatedBefore: "2024-05-05T00:00:00Z" })).toEqual(["Snark A"]);
    expect(await titles({ languages: ["french"], sources: ["upload"] })).toEqual([]);
  });
});

describe("A batch with a model", () => {
  let opened: TestDatabase;
  let fake: FakeOpenAi;
  let restore: () => void;
  let models = 0;
  const subjects = ["alder", "birch", "cedar", "dogwood", "elm", "fir", "hazel", "juniper"];
  const questions = subjects.map((name) => `What is the ${name} interconnector?`);

  beforeAll(async () => {
    opened = await openTestDatabase("embedded");
    for (const name of subjects) await createDocument(`The ${name} interconnector links two grids.`, { title: `${name} interconnector` });
  });
  afterAll(() => opened.close());
  afterEach(async () => {
    restore();
    await fake.close();
  });

  async function start(behaviour: Behaviour | ((question: string) => Behaviour)) {
    fake = await startFakeOpenAi();
    fake.behave(behaviour);
    models += 1;
    restore = withEnvironment({ OPENAI_API_KEY: "k", OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODEL: `batch-model-${models}`, LLM_TIMEOUT_MS: "20000" });
  }

  test("asks the model four questions at a time, and answers in the order of the questions", async () => {
    await start((question) => ({ kind: "stream", pieces: [question, " [1]"], pauseMs: 150 }));
    const answers = await batch(questions);
    expect(answers.map(({ answer }) => answer)).toEqual(questions.map((question) => `${question} [1]`));
    expect([fake.requests.length, fake.load.most]).toEqual([8, 4]);
  });

  test("sends what needs no model at once, and each other answer as soon as it is finished", async () => {
    await start((question) => ({ kind: "stream", pieces: ["A link [1]."], pauseMs: question.includes("alder") ? 150 : 5 }));
    const all = await allEvents([questions[0] ?? "", questions[1] ?? "", "Who won the Stanley Cup?"]);
    const order = all.flatMap(({ event, data }) => (event === "answer" ? [`${data.index} ${data.answer.mode}`] : []));
    expect(order).toEqual(["2 abstained", "1 generated", "0 generated"]);
    for (const index of [0, 1]) {
      const text = all.flatMap(({ event, data }) => (event === "token" && data.index === index ? [data.text] : [])).join("");
      expect(text).toBe("A link [1].");
    }
  });

  test("asks the model once for equal questions, and counts the call once", async () => {
    await start({ kind: "stream", pieces: ["A link [1]."] });
    const answers = await batch([questions[0] ?? "", (questions[0] ?? "").toUpperCase()]);
    expect(fake.requests).toHaveLength(1);
    expect(answers.map(({ answer, usage }) => [answer, usage])).toEqual([["A link [1].", { inputTokens: 321, outputTokens: 45 }], ["A link [1].", null]]);
  });

  test("answers the rest when one answer fails", async () => {
    await start((question) => (question.includes("birch") ? { kind: "refuse", status: 500 } : { kind: "stream", pieces: ["A link [1]."] }));
    const three = questions.slice(0, 3);
    const all = await allEvents(three);
    expect(all.filter(({ event }) => event === "failure").map(({ data }) => data)).toEqual([
      { index: 1, question: three[1], code: "UPSTREAM_UNAVAILABLE", title: expect.any(String), detail: expect.stringContaining("model") },
    ]);
    expect(all.at(-1)).toMatchObject({ event: "done", data: { answers: 2, failures: 1 } });
    const items = await batch(three);
    expect(items[1]).toEqual({ question: three[1], error: { code: "UPSTREAM_UNAVAILABLE", title: expect.any(String), detail: expect.any(String) } });
    expect([items[0]?.mode, items[2]?.mode]).toEqual(["generated", "generated"]);
  });

  test("is a batch also when all of it fails", async () => {
    await start({ kind: "refuse", status: 500 });
    expect((await batch([questions[3] ?? "", questions[3] ?? ""])).map(({ error }) => error.code)).toEqual(["UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE"]);
  });

  test("stops every call of the model when the client leaves, and begins no further one", async () => {
    await start({ kind: "stream", pieces: Array.from({ length: 2_000 }, () => "word [1] "), pauseMs: 5 });
    const client = new AbortController();
    const writing = new Set<number>();
    for await (const { event, data } of await events(questions, client.signal)) {
      if (event === "token") writing.add((data as { index: number }).index);
      if (writing.size === 4) break;
    }
    client.abort();
    await expect.poll(() => fake.load.now).toBe(0);
    await new Promise((resume) => setTimeout(resume, 50));
    expect([fake.requests.length, fake.load.now]).toEqual([4, 0]);
  });
});
