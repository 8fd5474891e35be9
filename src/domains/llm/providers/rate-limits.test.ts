import { describe, expect, test } from "vitest";
import { startFakeAnthropic } from "../../../../tests/support/fake-anthropic.ts";
import { startFakeGemini } from "../../../../tests/support/fake-gemini.ts";
import { startFakeOpenAi } from "../../../../tests/support/fake-openai.ts";
import type { Provider } from "#domains/llm/schema.ts";
import { anthropicProvider } from "./anthropic.ts";
import { googleProvider } from "./google.ts";
import { openAiProvider } from "./openai.ts";
import { limitsOf, readLimits } from "./rate-limits.ts";

const now = Date.parse("2026-11-22T12:00:00Z");
const read = (provider: Provider["name"], headers: Record<string, string>) => readLimits(provider, new Headers(headers), now);
const openAi = (over: Record<string, string> = {}) => ({
  "x-ratelimit-limit-requests": "5000", "x-ratelimit-remaining-requests": "4999", "x-ratelimit-reset-requests": "12ms",
  "x-ratelimit-limit-tokens": "2000000", "x-ratelimit-remaining-tokens": "1999990", "x-ratelimit-reset-tokens": "6m0s", ...over,
});
const anthropic = (count: string, limit: number, remaining: number, reset = "2026-11-22T12:00:30Z") => ({
  [`anthropic-ratelimit-${count}-limit`]: String(limit), [`anthropic-ratelimit-${count}-remaining`]: String(remaining), [`anthropic-ratelimit-${count}-reset`]: reset,
});

describe("readLimits", () => {
  test("reads OpenAI's, whose ends are so far away", () => {
    expect(read("openai", openAi())).toEqual({ requests: { limit: 5_000, remaining: 4_999, resetsAt: now + 12 }, tokens: { limit: 2_000_000, remaining: 1_999_990, resetsAt: now + 360_000 } });
  });

  test.each([["1s", 1_000], ["8.64s", 8_640], ["2m59.56s", 179_560], ["1h0m0s", 3_600_000], ["1d2h", 93_600_000]])("%s is %i ms", (reset, ms) => {
    expect(read("openai", openAi({ "x-ratelimit-reset-requests": reset })).requests?.resetsAt).toBeCloseTo(now + ms, 3);
  });

  test("reads Anthropic's, whose ends are moments, and of its counts of tokens the one nearest to its end", () => {
    const headers = { ...anthropic("requests", 50, 49), ...anthropic("tokens", 100_000, 90_000), ...anthropic("input-tokens", 80_000, 79_000), ...anthropic("output-tokens", 20_000, 1_000, "2026-11-22T08:00:10-04:00") };
    expect(read("anthropic", headers)).toEqual({ requests: { limit: 50, remaining: 49, resetsAt: now + 30_000 }, tokens: { limit: 20_000, remaining: 1_000, resetsAt: now + 10_000 } });
  });

  test.each([
    ["a remainder that is no number", { "x-ratelimit-remaining-requests": "many" }],
    ["an empty one", { "x-ratelimit-remaining-requests": "" }],
    ["a negative one", { "x-ratelimit-remaining-requests": "-1" }],
    ["no limit that can be read", { "x-ratelimit-limit-requests": "1e400" }],
    ["an end that is no duration", { "x-ratelimit-reset-requests": "soon" }],
    ["an end beyond all calendars", { "x-ratelimit-reset-requests": "99999999999999999999d" }],
  ])("a kind with %s isn't known; the other one is", (_, over) => {
    expect(read("openai", openAi(over))).toEqual({ tokens: expect.anything() });
  });

  test("an answer that tells nothing, and one in another vendor's words, tell nothing", () => {
    expect([read("openai", {}), read("openai", anthropic("requests", 50, 49)), read("anthropic", openAi()), read("google", openAi())]).toEqual([{}, {}, {}, {}]);
  });
});

const key = "k";
const vendors = [
  { name: "openai", start: startFakeOpenAi, provider: (origin: string, model: string) => openAiProvider({ apiKey: key, baseUrl: `${origin}/v1`, model }), told: (left: number) => openAi({ "x-ratelimit-remaining-requests": String(left), "x-ratelimit-reset-requests": "1h" }) },
  { name: "anthropic", start: startFakeAnthropic, provider: (origin: string, model: string) => anthropicProvider({ apiKey: key, baseUrl: origin, model }), told: (left: number) => anthropic("requests", 5_000, left, new Date(Date.now() + 3_600_000).toISOString()) },
] as const;

describe.each(vendors)("what $name tells", ({ name, start, provider, told }) => {
  const ask = (from: Provider) => from.stream({ instructions: "Answer.", input: "{}", maxOutputTokens: 50, signal: new AbortController().signal }).next().catch(() => undefined);

  test("is known from answers and refusals alike, of the model nearest to its end, until it begins anew", async () => {
    const fake = await start();
    expect(limitsOf(name).requests).toBeNull();
    const [large, small] = [provider(fake.origin, "large"), provider(fake.origin, "small")];
    fake.tell(told(4_000));
    await ask(large);
    expect(limitsOf(name).requests).toMatchObject({ limit: 5_000, remaining: 4_000 });
    fake.behave({ kind: "refuse", status: 429 });
    fake.tell(told(0));
    await ask(small);
    fake.tell({});
    await ask(small);
    expect(limitsOf(name).requests).toMatchObject({ limit: 5_000, remaining: 0, resetsAt: expect.stringMatching(/Z$/) });
    expect(limitsOf(name, Date.now() + 3_700_000)).toEqual({ requests: null, tokens: null });
    await fake.close();
  });
});

test("Google tells nothing, which isn't 0", async () => {
  const fake = await startFakeGemini();
  fake.tell(openAi());
  await googleProvider({ apiKey: key, baseUrl: fake.origin, model: "m" }).stream({ instructions: "Answer.", input: "{}", maxOutputTokens: 50, signal: new AbortController().signal }).next();
  expect(limitsOf("google")).toEqual({ requests: null, tokens: null });
  await fake.close();
});
