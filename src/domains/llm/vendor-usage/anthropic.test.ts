import { describe, expect, test } from "vitest";
import { usageFromAnthropic } from "./anthropic.ts";

const start = (usage: object) => ({ type: "message_start", message: { id: "msg_1", type: "message", role: "assistant", content: [], usage } });
const delta = (usage: object) => ({ type: "message_delta", delta: { stop_reason: "end_turn" }, usage });
const startUsage = { input_tokens: 2, cache_creation_input_tokens: 3_068, cache_read_input_tokens: 0, cache_creation: { ephemeral_5m_input_tokens: 3_068, ephemeral_1h_input_tokens: 0 }, output_tokens: 69, service_tier: "standard" };

describe("a message", () => {
  test("has what was cached beside its input, and thoughts in its output", () => {
    const usage = {
      input_tokens: 12, cache_creation_input_tokens: 700, cache_read_input_tokens: 90, cache_creation: { ephemeral_5m_input_tokens: 200, ephemeral_1h_input_tokens: 500 },
      output_tokens: 129, output_tokens_details: { thinking_tokens: 100 }, server_tool_use: { web_search_requests: 3, web_fetch_requests: 1 },
    };
    expect(usageFromAnthropic({ type: "message", usage })).toEqual({ input: 12, cache_read: 90, cache_write_5m: 200, cache_write_1h: 500, output: 29, reasoning: 100, web_search: 3 });
  });

  test("that was written to the cache counts it for 5 minutes where the split is missing, or all 0", () => {
    const usage = { input_tokens: 1, cache_creation_input_tokens: 400, output_tokens: 5 };
    const expected = { input: 1, cache_write_5m: 400, output: 5 };
    expect(usageFromAnthropic({ usage })).toEqual(expected);
    expect(usageFromAnthropic({ usage: { ...usage, cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 } } })).toEqual(expected);
  });

  test("that was compacted on the way counts that too", () => {
    const iterations = [{ type: "compaction", input_tokens: 100, output_tokens: 7, cache_read_input_tokens: 3 }, { type: "message", input_tokens: 10, output_tokens: 2 }];
    expect(usageFromAnthropic({ usage: { input_tokens: 10, output_tokens: 2, iterations } })).toEqual({ input: 110, cache_read: 3, output: 9 });
  });
});

describe("a stream", () => {
  test("takes what message_delta tells in the place of what stood: sums, never added", () => {
    const told = delta({ input_tokens: 6, cache_creation_input_tokens: 3_337, cache_read_input_tokens: 6_289, output_tokens: 198, output_tokens_details: { thinking_tokens: 0 } });
    expect(usageFromAnthropic([start(startUsage), { type: "ping" }, told])).toEqual({ input: 6, cache_read: 6_289, cache_write_5m: 3_337, output: 198 });
  });

  test("keeps what lives an hour when the delta tells the sum alone", () => {
    const split = { ...startUsage, cache_creation: { ephemeral_5m_input_tokens: 68, ephemeral_1h_input_tokens: 3_000 } };
    expect(usageFromAnthropic([start(split), delta({ cache_creation_input_tokens: 3_337, output_tokens: 10 })])).toEqual({ input: 2, cache_write_5m: 337, cache_write_1h: 3_000, output: 10 });
  });

  test("keeps what the delta leaves out, or tells as null", () => {
    const told = delta({ input_tokens: null, cache_creation_input_tokens: null, cache_read_input_tokens: null, output_tokens: 11 });
    expect(usageFromAnthropic([start(startUsage), told])).toEqual({ input: 2, cache_write_5m: 3_068, output: 11 });
  });

  test("begins anew with a second message_start, and ends with its last delta", () => {
    expect(usageFromAnthropic([start(startUsage), start({ input_tokens: 9, output_tokens: 1 }), delta({ output_tokens: 4 }), delta({ output_tokens: 8 })])).toEqual({ input: 9, output: 8 });
  });

  test("that was cut off tells none: its start knows no output yet", () => {
    expect(usageFromAnthropic([start(startUsage), { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hi" } }])).toBeNull();
  });
});

test.each([[null], [[]], [{}], [{ usage: null }], [{ usage: { output_tokens: 3 } }], [{ usage: { input_tokens: "3", output_tokens: 3 } }], [[delta({ output_tokens: 3 })]]])("%j tells no usage: null, never 0", (raw) => {
  expect(usageFromAnthropic(raw)).toBeNull();
});
