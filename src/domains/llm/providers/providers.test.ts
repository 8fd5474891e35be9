import { afterEach, describe, expect, test } from "vitest";
import { startFakeAnthropic } from "../../../../tests/support/fake-anthropic.ts";
import { startFakeGemini } from "../../../../tests/support/fake-gemini.ts";
import type { Behaviour, FakeModel } from "../../../../tests/support/fake-model.ts";
import { startFakeOpenAi } from "../../../../tests/support/fake-openai.ts";
import type { ModelEvent, ModelRequest, Provider } from "#domains/llm/schema.ts";
import { anthropicProvider } from "./anthropic.ts";
import { googleProvider } from "./google.ts";
import { openAiProvider } from "./openai.ts";
import { providerErrorOf } from "./provider-error.ts";

const schema = { type: "object", properties: { answer: { type: "string" } }, required: ["answer"], additionalProperties: false };
const request: ModelRequest = { instructions: "Answer.", input: '{"question":"Why?"}', maxOutputTokens: 50, signal: new AbortController().signal };
const key = "sk-planted-key";

interface Vendor {
  name: string;
  start(): Promise<FakeModel<object>>;
  provider(origin: string): Provider;
  model: string;
}
const vendors: Vendor[] = [
  { name: "OpenAI", model: "gpt-test", start: startFakeOpenAi, provider: (origin) => openAiProvider({ apiKey: key, baseUrl: `${origin}/v1`, model: "gpt-test" }) },
  { name: "Anthropic", model: "claude-test", start: startFakeAnthropic, provider: (origin) => anthropicProvider({ apiKey: key, baseUrl: origin, model: "claude-test" }) },
  { name: "Google", model: "gemini-test", start: startFakeGemini, provider: (origin) => googleProvider({ apiKey: key, baseUrl: origin, model: "gemini-test" }) },
];

async function gather(stream: AsyncGenerator<ModelEvent>) {
  let text = "";
  for await (const event of stream) {
    if (event.type === "text") text += event.text;
    else return { text, end: event };
  }
  throw new Error("The stream told no end");
}

describe.each(vendors)("a model of $name", ({ name, start, provider }) => {
  let fake: FakeModel<object> | undefined;
  afterEach(() => fake?.close());

  async function serve(behaviour: Behaviour): Promise<Provider> {
    fake = await start();
    fake.behave(behaviour);
    return provider(fake.origin);
  }

  test("streams its text, and ends with the facts of the call", async () => {
    const { text, end } = await gather((await serve({ kind: "stream", pieces: ["The pool ", "price", " is hourly."] })).stream(request));
    expect(text).toBe("The pool price is hourly.");
    expect(end).toMatchObject({ finish: "stop", usage: expect.anything() });
    expect(end.usage).toEqual({
      OpenAI: { input: 321, output: 45 },
      Anthropic: { input: 300, cache_read: 1, cache_write_5m: 20, output: 45 },
      Google: { input: 321, output: 40, reasoning: 5 },
    }[name]);
    expect([end.model, end.responseId]).toEqual({ OpenAI: ["fake-model-2026-01-01", "chatcmpl-1"], Anthropic: ["claude-test-20260101", "msg_1"], Google: ["fake-gemini-001", "r1"] }[name]);
  });

  test("is asked once, with its key, and instructions apart from input", async () => {
    await gather((await serve({ kind: "stream", pieces: ["Hi"] })).stream(request));
    expect(fake?.requests).toHaveLength(1);
    const [body] = fake?.requests ?? [];
    expect({ OpenAI: fake?.headers[0]?.authorization, Anthropic: fake?.headers[0]?.["x-api-key"], Google: fake?.headers[0]?.["x-goog-api-key"] }[name]).toContain(key);
    expect(body).toMatchObject({
      OpenAI: { model: "gpt-test", messages: [{ role: "system", content: "Answer." }, { role: "user", content: request.input }], max_tokens: 50, stream_options: { include_usage: true } },
      Anthropic: { model: "claude-test", system: "Answer.", messages: [{ role: "user", content: request.input }], max_tokens: 50 },
      Google: { systemInstruction: { parts: [{ text: "Answer." }] }, contents: [{ role: "user", parts: [{ text: request.input }] }], generationConfig: { maxOutputTokens: 50 } },
    }[name] ?? {});
  });

  test("is told the schema in its vendor's way, and gives the object's text", async () => {
    const { text, end } = await gather((await serve({ kind: "stream", pieces: ['{"answer"', ':"Yes"}'] })).stream({ ...request, jsonSchema: { name: "answer", schema } }));
    expect([text, end.finish]).toEqual(['{"answer":"Yes"}', "stop"]);
    expect(fake?.requests[0]).toMatchObject({
      OpenAI: { response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } } },
      Anthropic: { tools: [{ name: "answer", input_schema: schema }], tool_choice: { type: "tool", name: "answer" } },
      Google: { generationConfig: { responseMimeType: "application/json", responseJsonSchema: schema } },
    }[name] ?? {});
  });

  test("gives its words where it was to give an object", async () => {
    const { text } = await gather((await serve({ kind: "stream", pieces: ["I would ", "rather not."], asProse: true })).stream({ ...request, jsonSchema: { name: "answer", schema } }));
    expect(text).toBe("I would rather not.");
  });

  const cut = { OpenAI: "length", Anthropic: "max_tokens", Google: "MAX_TOKENS" }[name] ?? "";
  const unwilling = { OpenAI: "content_filter", Anthropic: "refusal", Google: "SAFETY" }[name] ?? "";
  test.each([
    ["length", { finishReason: cut }],
    ["refusal", { finishReason: unwilling }],
    ["tool_calls", { toolCall: "look_up" }],
    ["unknown", { finishReason: null }],
    ["unknown", { finishReason: "something_new" }],
  ] as const)("says that it ended with %s", async (finish, behaviour) => {
    expect((await gather((await serve({ kind: "stream", pieces: ["So"], ...behaviour })).stream(request))).end.finish).toBe(finish);
  });

  test("names the tier that it served", async () => {
    const usage = { promptTokenCount: 3, candidatesTokenCount: 2, trafficType: "ON_DEMAND_PRIORITY" };
    const behaviour = name === "Google" ? { usage } : { tier: "priority" };
    expect((await gather((await serve({ kind: "stream", pieces: ["So"], ...behaviour })).stream(request))).end.serviceTier).toBe("priority");
  });

  test.each([{ kind: "die-after", pieces: ["So"] }, { kind: "error-after", pieces: ["So"] }] satisfies Behaviour[])("throws when it breaks off: %j", async (behaviour) => {
    const stream = (await serve(behaviour)).stream(request);
    expect(await stream.next()).toEqual({ done: false, value: { type: "text", text: "So" } });
    await expect(stream.next()).rejects.toThrow();
  });

  test.each([{ kind: "garbage" }, { kind: "web-page" }] satisfies Behaviour[])("never takes %j for an answer", async (behaviour) => {
    const provider = await serve(behaviour);
    const outcome = await gather(provider.stream(request)).catch(() => "refused");
    expect(outcome === "refused" || (typeof outcome === "object" && outcome.text === "" && outcome.end.finish === "unknown" && outcome.end.usage === null)).toBe(true);
  });

  test("says with which status it was refused and how long to wait, and nothing of key and address", async () => {
    const provider = await serve({ kind: "refuse", status: 429, retryAfter: "7" });
    const error = await provider.stream(request).next().then(() => undefined, (thrown: unknown) => providerErrorOf(provider.name, thrown));
    expect(error).toMatchObject({ failure: "status", status: 429, retryAfterMs: 7_000, passing: true });
    expect(JSON.stringify([error?.message, error])).not.toContain(key);
    expect(JSON.stringify([error?.message, error])).not.toContain("127.0.0.1");
    expect(error?.cause).toBeUndefined();
  });

  test("is broken off when the caller gives up, in the middle and before the first word", async () => {
    for (const behaviour of [{ kind: "stream", pieces: Array.from({ length: 5_000 }, () => "word "), pauseMs: 5 }, { kind: "hang" }] satisfies Behaviour[]) {
      const caller = new AbortController();
      const stream = (await serve(behaviour)).stream({ ...request, signal: caller.signal });
      const first = stream.next();
      if (behaviour.kind === "stream") await first;
      else await expect.poll(() => fake?.requests.length).toBe(1);
      caller.abort();
      await expect(behaviour.kind === "stream" ? gather(stream) : first).rejects.toThrow();
      await fake?.clientLeft;
      await fake?.close();
    }
  });
});

test("a refusal of OpenAI's isn't its answer", async () => {
  const fake = await startFakeOpenAi();
  fake.behave({ kind: "stream", pieces: [], refusal: "I can't help with that." });
  expect(await gather(openAiProvider({ apiKey: key, baseUrl: fake.baseUrl, model: "m" }).stream(request))).toMatchObject({ text: "", end: { finish: "refusal" } });
  await fake.close();
});

test("a prompt that Gemini refuses is a refusal, with what reading it took", async () => {
  const fake = await startFakeGemini();
  fake.behave({ kind: "stream", pieces: [], refusal: "PROHIBITED_CONTENT" });
  expect(await gather(googleProvider({ apiKey: key, baseUrl: fake.origin, model: "m" }).stream(request))).toMatchObject({ text: "", end: { finish: "refusal", usage: { input: 321 } } });
  await fake.close();
});

test("a server that tells no usage has none, not 0", async () => {
  const fake = await startFakeOpenAi();
  fake.behave({ kind: "stream", pieces: ["Hi"], usage: null });
  expect((await gather(openAiProvider({ apiKey: key, baseUrl: fake.baseUrl, model: "m" }).stream(request))).end).toMatchObject({ usage: null, finish: "stop" });
  await fake.close();
});
