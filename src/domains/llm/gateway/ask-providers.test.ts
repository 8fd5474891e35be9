import { beforeEach, describe, expect, test } from "vitest";
import { anonymous } from "#platform/auth/principal.ts";
import { AppError } from "#lib/errors.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { ProviderError } from "#domains/llm/providers/provider-error.ts";
import { policiesOf } from "#domains/llm/providers/provider-policies.ts";
import type { ModelEvent, ModelRequest, Provider } from "#domains/llm/schema.ts";
import { askProviders } from "./ask-providers.ts";
import { CallRecord } from "./call-record.ts";

const prompt = { id: "test", version: 1 };
const text: ModelEvent = { type: "text", text: "Hello" };
const end: ModelEvent = { type: "end", model: "dated", usage: { input: 3, output: 2 }, serviceTier: "flex", finish: "stop", responseId: null };
const refused = new ProviderError({ provider: "openai", failure: "status", status: 400 });
let serial = 0;

/** Each with a model of its own: what is known of a model's health is kept for the whole process. */
function provider(name: Provider["name"], ...events: (ModelEvent | Error)[]): Provider {
  serial += 1;
  return {
    name,
    model: `m-${serial}`,
    async *stream() {
      for (const event of events) {
        if (event instanceof Error) throw event;
        yield await Promise.resolve(event);
      }
    },
  };
}

describe("askProviders", () => {
  let record: CallRecord;
  let caller: AbortController;
  let before: Record<string, number>;
  const requests = async () => {
    const { values } = await metrics().externalApiRequests.get();
    const counts = values.map(({ labels, value }): [string, number] => [`${labels.provider} ${labels.outcome}`, value]);
    return Object.fromEntries(counts.map(([name, n]): [string, number] => [name, n - (before[name] ?? 0)]).filter(([, n]) => n !== 0));
  };
  beforeEach(async () => {
    caller = new AbortController();
    record = new CallRecord({ endpoint: "ask", prompt: null, principal: anonymous, signal: caller.signal });
    before = {};
    before = await requests();
  });

  async function gather(providers: [Provider, ...Provider[]], fallBack: (next: Provider) => Promise<void> = () => Promise.resolve()): Promise<string[]> {
    const request: ModelRequest = { instructions: "Answer.", input: "{}", maxOutputTokens: 50, signal: caller.signal };
    const seen: string[] = [];
    for await (const event of askProviders(providers, request, { record, prompt, fallBack })) seen.push(event.type);
    return seen;
  }

  test("who answered, as it names itself, what it used and when its text came are on record", async () => {
    expect(await gather([provider("openai", text, end)])).toEqual(["text", "end"]);
    expect(record).toMatchObject({ provider: "openai", model: "dated", usage: { input: 3, output: 2 }, serviceTier: "flex", reachedModel: true, firstTokenMs: expect.any(Number) });
    expect(await requests()).toEqual({ "openai ok": 1 });
  });

  test("one that refused is booked, unpaid, before the next is asked, and each is counted", async () => {
    const [first, second] = [provider("openai", refused), provider("anthropic", text, end)];
    const booked: unknown[] = [];
    await gather([first, second], (next) => Promise.resolve(void booked.push([next, record.provider, record.model, record.reachedModel])));
    expect(booked).toEqual([[second, "openai", first.model, false]]);
    expect(record).toMatchObject({ provider: "anthropic", reachedModel: true });
    expect(await requests()).toEqual({ "openai failed": 1, "anthropic ok": 1 });
  });

  test("where no room is left for the next, it isn't asked", async () => {
    const full = new AppError("BUDGET_EXCEEDED");
    await expect(gather([provider("openai", refused), provider("anthropic", text, end)], () => Promise.reject(full))).rejects.toBe(full);
    expect(await requests()).toEqual({ "openai failed": 1 });
  });

  test.each([
    ["refuses", [refused], false],
    ["breaks off in its text", [text, refused], true],
    ["has told what it used", [end, refused], true],
    ["can't be read", [new ProviderError({ provider: "openai", failure: "format" })], true],
  ] as const)("one that %s: whether it may be charged", async (_, events, paid) => {
    await expect(gather([provider("openai", ...events)])).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(record.reachedModel).toBe(paid);
    expect(await requests()).toEqual({ "openai failed": 1 });
  });

  test("a model that rests isn't asked, so nothing is to be paid", async () => {
    const resting = provider("openai", text, end);
    const { dispose } = policiesOf(resting).breaker.isolate();
    await expect(gather([resting])).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    dispose();
    expect(record.reachedModel).toBe(false);
  });

  test("given up while it waits for its turn it was never sent, so nothing is to be paid", async () => {
    const busy = provider("openai", text, end);
    const { turns } = policiesOf(busy);
    const held = Promise.withResolvers<void>();
    while (turns.executionSlots > 0) void turns.execute(() => held.promise);
    const left = new Error("left");
    setTimeout(() => caller.abort(left), 10);
    await expect(gather([busy])).rejects.toBe(left);
    held.resolve();
    expect(record.reachedModel).toBe(false);
  });

  test("given up by its caller it may be charged, and counts as no failure", async () => {
    const left = new Error("left");
    const leaving: Provider = {
      ...provider("openai"),
      async *stream() {
        yield await Promise.resolve(text);
        caller.abort(left);
        throw refused;
      },
    };
    await expect(gather([leaving])).rejects.toBe(left);
    expect(record.reachedModel).toBe(true);
    expect(await requests()).toEqual({ "openai aborted": 1 });
  });
});
