import { setImmediate as nextTurn } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { anonymous, type Principal } from "#platform/auth/principal.ts";
import { textCache } from "#platform/cache/text-cache.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { definePrompt } from "#domains/llm/prompts/prompt.ts";
import type { LlmCall } from "./call.ts";
import { lookUp, type KeptAnswer } from "./kept-answers.ts";
import type { Providers } from "./require-model.ts";

const prompt = definePrompt({ id: "test", purpose: "Tests.", versions: [{ version: 1, since: "2026-11-21", change: "The first one.", instructions: "Repeat." }] });
const providers: Providers = [{ name: "openai", model: "m", stream: () => { throw new Error("Not asked here"); } }];
const answer: KeptAnswer = { text: "Kept", tag: "K7QX", model: "m", provider: "openai", costUsd: "0.1" };
const member = (tenantId: string): Principal => ({ kind: "member", tenantId, userId: newId(), role: "member" });
let serial = 0;

describe("lookUp", () => {
  let call: LlmCall;
  let before: Record<string, number>;
  const lookups = async () => {
    const { values } = await metrics().modelCacheLookups.get();
    return Object.fromEntries(values.map(({ labels, value }): [string, number] => [`${labels.result}`, value - (before[`${labels.result}`] ?? 0)]).filter(([, n]) => n !== 0));
  };
  beforeEach(async () => {
    serial += 1;
    call = { endpoint: "ask", prompt, input: { question: `Question ${serial}` }, maxOutputTokens: 100, principal: anonymous, address: "203.0.113.9", signal: new AbortController().signal, cacheable: true };
    before = {};
    before = await lookups();
  });
  const find = (over: Partial<LlmCall> = {}, form = "text") => lookUp({ ...call, ...over }, providers, form);
  async function keep(over: Partial<LlmCall> = {}): Promise<void> {
    await (await find(over)).done(answer);
  }

  test("what was kept is found again, by a colleague too, and by nobody else", async () => {
    const [mine, theirs] = [newId(), newId()];
    await keep({ principal: member(mine) });
    expect((await find({ principal: member(mine) })).kept).toEqual(answer);
    for (const other of [{ principal: member(theirs) }, { principal: anonymous }]) {
      const looked = await find(other);
      expect(looked.kept).toBeNull();
      await looked.done(null);
    }
    expect(await lookups()).toEqual({ hit: 1, miss: 3 });
  });

  test("an object isn't given for a text", async () => {
    await keep();
    expect((await find({}, "object")).kept).toBeNull();
  });

  test("who asks the same meanwhile waits for the answer; where there is none they ask themselves", async () => {
    const first = await find();
    const second = find();
    await nextTurn();
    await first.done(answer);
    expect((await second).kept).toEqual(answer);
    expect(await lookups()).toEqual({ miss: 1, shared: 1 });

    call = { ...call, input: "Another question" };
    const third = await find();
    const others = [find(), find()];
    await nextTurn();
    await third.done(null);
    expect((await Promise.all(others)).map(({ kept }) => kept)).toEqual([null, null]);
  });

  test("who comes just as the answer is kept takes it, and holds nobody up", async () => {
    await keep();
    const late = textCache();
    const { get } = late;
    let reads = 0;
    Object.assign(late, { get: (key: string) => ((reads += 1) === 2 ? get(key) : Promise.resolve(undefined)) });
    try {
      expect((await find()).kept).toEqual(answer);
      expect((await find()).kept).toBeNull();
    } finally {
      Object.assign(late, { get });
    }
  });

  test("who gives up waiting is told their own reason, and the others go on waiting", async () => {
    const first = await find();
    const [leaver, reason] = [new AbortController(), new Error("left")];
    const [leaving, staying] = [find({ signal: leaver.signal }), find()];
    await nextTurn();
    leaver.abort(reason);
    await expect(leaving).rejects.toBe(reason);
    await first.done(answer);
    expect((await staying).kept).toEqual(answer);
  });

  test("what mustn't be shared neither waits nor is kept", async () => {
    await keep({ cacheable: false });
    expect([(await find({ cacheable: false })).kept, (await find({ cacheable: false })).kept]).toEqual([null, null]);
    expect(await lookups()).toEqual({});
  });

  test("keys tell nothing of the question, and what can't be read isn't an answer", async () => {
    const cache = textCache();
    const { set } = cache;
    const keys: string[] = [];
    Object.assign(cache, { set: (key: string, _: string, lifetimeMs: number) => (keys.push(key), set(key, '{"text":"From another version"}', lifetimeMs)) });
    try {
      await keep();
    } finally {
      Object.assign(cache, { set });
    }
    expect(keys).toEqual([expect.stringMatching(/^tieline:answer:[0-9a-f]{64}$/)]);
    expect((await find()).kept).toBeNull();
  });
});
