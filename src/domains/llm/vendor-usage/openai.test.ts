import { describe, expect, test } from "vitest";
import { completionTokens, promptTokens } from "#domains/llm/usage.ts";
import { usageFromOpenAi } from "./openai.ts";

const chat = {
  id: "chatcmpl-1", object: "chat.completion", choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
  usage: {
    prompt_tokens: 2_006, completion_tokens: 300, total_tokens: 2_306,
    prompt_tokens_details: { cached_tokens: 1_920, audio_tokens: 6, cache_write_tokens: 50 },
    completion_tokens_details: { reasoning_tokens: 192, audio_tokens: 8, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  },
};
const response = {
  id: "resp_1", object: "response", status: "completed",
  output: [{ type: "web_search_call", id: "ws_1" }, { type: "message" }, { type: "web_search_call", id: "ws_2" }],
  usage: { input_tokens: 7_112, input_tokens_details: { cached_tokens: 3_072 }, output_tokens: 463, output_tokens_details: { reasoning_tokens: 64 }, total_tokens: 7_575 },
};

describe("a chat completion", () => {
  test("has each token in one bucket, and the vendor's sums stay", () => {
    const usage = usageFromOpenAi(chat);
    expect(usage).toEqual({ input: 30, cache_read: 1_920, cache_write_30m: 50, audio_input: 6, output: 100, reasoning: 192, audio_output: 8 });
    expect([promptTokens(usage ?? {}), completionTokens(usage ?? {})]).toEqual([2_006, 300]);
  });

  test("streams it in the last chunk, where it was asked for", () => {
    const piece = { object: "chat.completion.chunk", choices: [{ index: 0, delta: { content: "Hi" } }], usage: null };
    expect(usageFromOpenAi([piece, piece, { choices: [], usage: chat.usage }])).toEqual(usageFromOpenAi(chat));
    expect(usageFromOpenAi([piece, piece])).toBeNull();
  });

  test("of an embedding has input alone", () => {
    expect(usageFromOpenAi({ object: "list", data: [], usage: { prompt_tokens: 8, total_tokens: 8 } })).toEqual({ input: 8 });
  });
});

describe("a response", () => {
  test("has the same buckets, and the searches that it made", () => {
    expect(usageFromOpenAi(response)).toEqual({ input: 4_040, cache_read: 3_072, output: 399, reasoning: 64, web_search: 2 });
  });

  test.each(["response.completed", "response.incomplete"])("streams it in %s", (type) => {
    const events = [{ type: "response.created", response: { ...response, output: [], usage: null } }, { type: "response.output_text.delta", delta: "Hi" }, { type, response }];
    expect(usageFromOpenAi(events)).toEqual(usageFromOpenAi(response));
  });

  test("that failed tells none", () => {
    expect(usageFromOpenAi([{ type: "response.failed", response: { ...response, status: "failed", usage: null } }])).toBeNull();
  });

  test("names how long cache writes live", () => {
    const usage = { input_tokens: 1_000, input_tokens_details: { cached_tokens: 0, cache_write_tokens: 900, cache_write_tokens_details: { ttl_12h_tokens: 600, ttl_30m_tokens: 300 } }, output_tokens: 1 };
    expect(usageFromOpenAi({ usage })).toEqual({ input: 100, cache_write_30m: 300, cache_write_12h: 600, output: 1 });
  });
});

test.each([
  [null], ["text"], [{}], [{ usage: null }], [{ usage: {} }], [[]], [{ usage: { prompt_tokens: -1, completion_tokens: 2 } }], [{ usage: { prompt_tokens: 1.5 } }],
  [{ usage: { prompt_tokens: "12", completion_tokens: 2 } }], [{ usage: { prompt_tokens: 0, completion_tokens: 0 } }],
])("%j tells no usage: null, never 0", (raw) => {
  expect(usageFromOpenAi(raw)).toBeNull();
});

test("parts that are more than their whole leave nothing of it, and nothing below 0", () => {
  expect(usageFromOpenAi({ usage: { prompt_tokens: 10, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 12 }, completion_tokens_details: { reasoning_tokens: 5 } } })).toEqual({ cache_read: 12, reasoning: 5 });
});
