import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startFakeAnthropic } from "../../../../tests/support/fake-anthropic.ts";
import type { Behaviour, FakeModel } from "../../../../tests/support/fake-model.ts";
import { startFakeOpenAi, type FakeOpenAi } from "../../../../tests/support/fake-openai.ts";
import type { ModelRequest, Provider, ProviderEvent } from "#domains/llm/schema.ts";
import { anthropicProvider } from "./anthropic.ts";
import { callProviders } from "./call-providers.ts";
import { openAiProvider } from "./openai.ts";
import { policiesOf, stateOf } from "./provider-policies.ts";

const request: ModelRequest = { instructions: "Answer.", input: "{}", maxOutputTokens: 50, signal: new AbortController().signal };
const roomy = { timeoutMs: 20_000 };
let models = 0;

describe("callProviders", () => {
  let first: FakeOpenAi;
  let second: FakeModel<object>;
  let providers: [Provider, Provider];
  beforeEach(async () => {
    [first, second] = await Promise.all([startFakeOpenAi(), startFakeAnthropic()]);
    // A model of its own for each test: what is known of a model's health is kept for the whole process.
    models += 1;
    providers = [openAiProvider({ apiKey: "k", baseUrl: first.baseUrl, model: `m-${models}` }), anthropicProvider({ apiKey: "k", baseUrl: second.origin, model: `c-${models}` })];
  });
  afterEach(() => Promise.all([first.close(), second.close()]));

  const asked = (events: ProviderEvent[]) => events.flatMap((event) => (event.type === "provider" ? [event.provider] : []));
  const said = (events: ProviderEvent[]) => events.flatMap((event) => (event.type === "text" ? [event.text] : [])).join("");
  async function gather(list: Provider[] = providers, over: Partial<ModelRequest> = {}, events: ProviderEvent[] = []) {
    for await (const event of callProviders(list, { ...request, ...over }, roomy)) events.push(event);
    return events;
  }

  test("asks the first alone when it answers", async () => {
    const events = await gather();
    expect([asked(events), said(events), first.requests.length, second.requests.length]).toEqual([["openai"], "Hello", 1, 0]);
    expect(events.at(-1)).toMatchObject({ type: "end", usage: { input: 321, output: 45 } });
  });

  test.each([500, 503, 529, 408])("tries again after a %i that passes", async (status) => {
    first.behave((_, nth) => (nth < 3 ? { kind: "refuse", status } : { kind: "stream", pieces: ["Third time"] }));
    expect(said(await gather())).toBe("Third time");
    expect([first.requests.length, second.requests.length]).toEqual([3, 0]);
  });

  test("waits as long as the vendor asks for", async () => {
    first.behave((_, nth) => (nth === 1 ? { kind: "refuse", status: 429, retryAfter: "1" } : { kind: "stream", pieces: ["Now"] }));
    const before = performance.now();
    expect(said(await gather())).toBe("Now");
    expect(performance.now() - before).toBeGreaterThanOrEqual(990);
  });

  test("goes to the next at once when the vendor asks for too long", async () => {
    first.behave({ kind: "refuse", status: 429, retryAfter: "60" });
    expect(asked(await gather())).toEqual(["openai", "anthropic"]);
    expect(first.requests.length).toBe(1);
  });

  test("says how long the last one asks for when all refuse", async () => {
    first.behave({ kind: "refuse", status: 429, retryAfter: "60" });
    await expect(gather([providers[0]])).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryAfterSeconds: 60, cause: { status: 429 } });
  });

  test.each([400, 401, 403, 404])("doesn't repeat what a %i says is wrong, and asks the next", async (status) => {
    first.behave({ kind: "refuse", status });
    const events = await gather();
    expect([asked(events), said(events), first.requests.length]).toEqual([["openai", "anthropic"], "Hello", 1]);
  });

  test("asks the next when the first can't be reached", async () => {
    const gone = openAiProvider({ apiKey: "k", baseUrl: "http://127.0.0.1:1/v1", model: `gone-${models}` });
    expect(asked(await gather([gone, providers[1]]))).toEqual(["openai", "anthropic"]);
  });

  test.each([{ kind: "web-page" }, { kind: "garbage" }] as const)("asks the next when the first answers with %j", async (behaviour) => {
    first.behave(behaviour);
    const events = await gather();
    expect([asked(events), said(events)]).toEqual([["openai", "anthropic"], "Hello"]);
  });

  test.each([{ kind: "die-after", pieces: ["The pool "] }, { kind: "error-after", pieces: ["The pool "] }] satisfies Behaviour[])("repeats nothing once text has come: %j", async (behaviour) => {
    first.behave(behaviour);
    const events: ProviderEvent[] = [];
    await expect(gather(providers, {}, events)).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect([said(events), first.requests.length, second.requests.length]).toEqual(["The pool ", 1, 0]);
  });

  test("takes a refusal for an answer", async () => {
    first.behave({ kind: "stream", pieces: [], refusal: "No." });
    expect((await gather()).at(-1)).toMatchObject({ type: "end", finish: "refusal" });
    expect(second.requests.length).toBe(0);
  });

  test("leaves one that hangs when its time is up, without asking it again", async () => {
    first.behave({ kind: "hang" });
    const events: ProviderEvent[] = [];
    for await (const event of callProviders(providers, request, { timeoutMs: 2_500 })) events.push(event);
    expect([asked(events), said(events), first.requests.length]).toEqual([["openai", "anthropic"], "Hello", 1]);
    await first.clientLeft;
  });

  test("ends one that writes past its time", async () => {
    first.behave({ kind: "stream", pieces: Array.from({ length: 5_000 }, () => "word "), pauseMs: 20 });
    const read = async () => {
      for await (const event of callProviders([providers[0]], request, { timeoutMs: 1_000 })) if (event.type === "end") return event;
      return undefined;
    };
    await expect(read()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE", cause: { failure: "timeout" } });
    await first.clientLeft;
  });

  test("gives the caller's own reason back, and breaks the request off", async () => {
    const caller = new AbortController();
    first.behave({ kind: "hang" });
    const reading = gather(providers, { signal: caller.signal });
    await expect.poll(() => first.requests.length).toBe(1);
    caller.abort(new Error("gone home"));
    await expect(reading).rejects.toThrow("gone home");
    await first.clientLeft;
    expect(second.requests.length).toBe(0);
  });

  test("breaks the request off when nobody reads on", async () => {
    first.behave({ kind: "stream", pieces: Array.from({ length: 5_000 }, () => "word "), pauseMs: 5 });
    for await (const event of callProviders(providers, request, roomy)) if (event.type === "text") break;
    await first.clientLeft;
  });

  test("gives up at once in the pause before another try", async () => {
    const caller = new AbortController();
    first.behave({ kind: "refuse", status: 503, retryAfter: "4" });
    const reading = gather(providers, { signal: caller.signal });
    await expect.poll(() => first.load.now === 0 && first.requests.length).toBe(1);
    const before = performance.now();
    caller.abort(new Error("gone home"));
    await expect(reading).rejects.toThrow("gone home");
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  test("lets a model rest that failed too often in a row, and asks one call whether it is well again", async () => {
    first.behave({ kind: "refuse", status: 500 });
    await gather();
    await gather();
    expect([stateOf(providers[0]).circuit, first.requests.length]).toEqual(["open", 6]);
    expect(asked(await gather())).toEqual(["openai", "anthropic"]);
    expect(first.requests.length).toBe(6);
    await expect(gather([providers[0]])).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryAfterSeconds: 15 });

    first.behave({ kind: "stream", pieces: ["Well again"] });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 16_000 });
    try {
      expect(said(await gather())).toBe("Well again");
    } finally {
      vi.useRealTimers();
    }
    expect(stateOf(providers[0]).circuit).toBe("closed");
  });

  test("doesn't take too many requests, or the caller's leaving, for an illness", async () => {
    first.behave({ kind: "refuse", status: 429, retryAfter: "30" });
    for (let call = 0; call < 8; call += 1) await gather();
    first.behave({ kind: "hang" });
    for (let call = 0; call < 8; call += 1) {
      const caller = new AbortController();
      const reading = gather([providers[0]], { signal: caller.signal });
      await expect.poll(() => first.requests.length).toBe(9 + call);
      caller.abort();
      await expect(reading).rejects.toThrow();
    }
    expect(stateOf(providers[0]).circuit).toBe("closed");
  });

  test("waits for a turn no longer than for an answer", async () => {
    first.behave({ kind: "hang" });
    const caller = new AbortController();
    const holding = Array.from({ length: 32 }, () => gather(providers, { signal: caller.signal }).catch(() => "left"));
    await expect.poll(() => first.requests.length, { timeout: 10_000 }).toBe(32);
    const events: ProviderEvent[] = [];
    for await (const event of callProviders(providers, request, { timeoutMs: 2_500 })) events.push(event);
    expect([asked(events), said(events), first.requests.length]).toEqual([["openai", "anthropic"], "Hello", 32]);
    caller.abort();
    await Promise.all(holding);
  });

  test("asks one model 32 things at a time, lets 64 wait and turns the rest to the next", async () => {
    first.behave({ kind: "hang" });
    const caller = new AbortController();
    const waiting = Array.from({ length: 96 }, () => gather(providers, { signal: caller.signal }).catch(() => "left"));
    await expect.poll(() => first.requests.length, { timeout: 10_000 }).toBe(32);
    expect(asked(await gather())).toEqual(["openai", "anthropic"]);
    expect(first.load.most).toBe(32);
    caller.abort();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(["left"]));
    first.behave({ kind: "stream", pieces: ["Room again"] });
    await expect.poll(() => policiesOf(providers[0]).turns.executionSlots).toBe(32);
    expect(said(await gather())).toBe("Room again");
    expect(first.requests.length).toBe(33);
  });
});
