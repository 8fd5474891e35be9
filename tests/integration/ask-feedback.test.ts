import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as ask } from "#app/api/ask/route.ts";
import { POST } from "#app/api/ask/feedback/route.ts";
import { Answer } from "#domains/assistant/index.ts";
import { newId } from "#lib/ids.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { withEnvironment } from "../support/environment.ts";
import { createDocument, createMember } from "../support/factories.ts";
import { startFakeOpenAi } from "../support/fake-openai.ts";
import { allEvents, call } from "../support/http.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

describe.each(engines)("POST /api/ask/feedback on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase(engine)));
  afterAll(() => opened.close());

  const answerId = async () => ((await (await call(ask, "/api/ask", { json: { question: "What is ramp?" } })).json()) as { id: string }).id;
  const send = (json: unknown) => call(POST, "/api/ask/feedback", { json });

  test("stores whether an answer helped, and the comment", async () => {
    const id = await answerId();
    const response = await send({ answerId: id, helpful: false, comment: "Too short" });
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(await inspect("select helpful, comment from app.answer_feedback where answer_id = $1", [id])).toEqual([
      { helpful: false, comment: "Too short" },
    ]);
  });

  test("lets the reader change their mind: the newest counts", async () => {
    const id = await answerId();
    await send({ answerId: id, helpful: false });
    await send({ answerId: id, helpful: true });
    const rows = await inspect("select helpful from app.answer_feedback where answer_id = $1 order by id", [id]);
    expect(rows).toEqual([{ helpful: false }, { helpful: true }]);
  });

  test("on what a model wrote is said of its call, too: by who asked it, the last word, without the comment, which goes with the answer", async () => {
    const fake = await startFakeOpenAi();
    const restore = withEnvironment({ OPENAI_API_KEY: "k", OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODEL: `feedback-${engine}` });
    fake.behave({ kind: "stream", pieces: ["A ramp is a change [1]."] });
    const said = () => inspect("select call_id, helpful, comment from app.llm_feedback");
    try {
      await createDocument("A ramp is a change of demand within an hour.", { title: "Ramp", url: "/help/ramp" });
      const { answer } = (await allEvents(await call(ask, "/api/ask", { json: { question: "What is a ramp?" }, headers: { accept: "text/event-stream" } }))).find(({ event }) => event === "answer")?.data as { answer: Answer };
      expect(await inspect("select outcome from app.llm_call_log where id = $1", [answer.callId])).toEqual([{ outcome: "ok" }]);
      await send({ answerId: answer.id, helpful: true });
      await send({ answerId: answer.id, helpful: false, comment: "Too short" });
      expect(await said()).toEqual([{ call_id: answer.callId, helpful: false, comment: null }]);

      const again = Answer.parse(await (await call(ask, "/api/ask", { json: { question: "What is a ramp?" } })).json());
      expect([again.cached, await inspect("select outcome from app.llm_call_log where id = $1", [again.callId])]).toEqual([true, [{ outcome: "cached" }]]);
      await inspect("update app.llm_call_log set principal_kind = 'user', principal_id = $2 where id = $1", [again.callId, newId()]);
      expect((await send({ answerId: again.id, helpful: true })).status).toBe(204);
      expect(await said()).toHaveLength(1);
    } finally {
      restore();
      await fake.close();
    }
  });

  test("answers 404 for an answer that never was", async () => {
    expect((await send({ answerId: newId(), helpful: true })).status).toBe(404);
  });

  test("answers 404 for another tenant's answer, and stores nothing", async () => {
    const owner = await createMember("Owner");
    const id = newId();
    await db.as(owner, (tx) =>
      tx.insertInto("app.answers").values({
        id, tenant_id: owner.tenantId, question: "q", answer: "a", mode: "extractive", partial: false, citations: "[]", trace_id: "t", duration_ms: 1,
      }).execute());
    expect((await send({ answerId: id, helpful: true })).status).toBe(404);
    expect(await inspect("select 1 from app.answer_feedback where answer_id = $1", [id])).toEqual([]);
  });

  test.each([
    ["no answer id", { helpful: true }],
    ["an id that is none", { answerId: "7", helpful: true }],
    ["a comment of 3,000 characters", { answerId: newId(), helpful: true, comment: "x".repeat(3_000) }],
  ])("refuses %s with 400", async (_, json) => {
    expect((await send(json)).status).toBe(400);
  });
});
