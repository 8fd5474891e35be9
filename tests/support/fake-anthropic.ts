import { startFakeModel, type FakeModel, type Wire } from "./fake-model.ts";

interface Body {
  model: string;
  system: string;
  max_tokens: number;
  messages: { role: string; content: string }[];
  tools?: { name: string; input_schema: object }[];
  tool_choice?: { type: string; name: string };
}

/** Anthropic's messages endpoint on this machine, streaming. Its `origin` is the base URL. */
export function startFakeAnthropic(): Promise<FakeModel<Body>> {
  return startFakeModel(wire());
}

const plainUsage = { input_tokens: 300, cache_creation_input_tokens: 20, cache_read_input_tokens: 1, output_tokens: 45 };

function wire(): Wire<Body> {
  let delta: (text: string) => object = (text) => ({ type: "text_delta", text });
  return {
    inputOf: ({ messages }) => messages.at(-1)?.content ?? "",
    begin({ model, tool_choice }, behaviour) {
      const asTool = tool_choice !== undefined && !("asProse" in behaviour && behaviour.asProse === true);
      delta = asTool ? (partial_json) => ({ type: "input_json_delta", partial_json }) : (text) => ({ type: "text_delta", text });
      const usage = { input_tokens: 300, cache_creation_input_tokens: 20, cache_read_input_tokens: 1, cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 0 }, output_tokens: 1, service_tier: "standard" };
      const message = { id: "msg_1", type: "message", role: "assistant", model: `${model}-20260101`, content: [], stop_reason: null, stop_sequence: null, usage: "tier" in behaviour ? { ...usage, service_tier: behaviour.tier } : usage };
      return [
        { type: "message_start", message },
        { type: "ping" },
        { type: "content_block_start", index: 0, content_block: asTool ? { type: "tool_use", id: "toolu_1", name: tool_choice.name, input: {} } : { type: "text", text: "" } },
      ];
    },
    piece: (text) => [{ type: "content_block_delta", index: 0, delta: delta(text) }],
    end({ finishReason, usage, toolCall, asProse }, { tool_choice }) {
      const other = toolCall === undefined ? [] : [{ type: "content_block_start", index: 1, content_block: { type: "tool_use", id: "toolu_2", name: toolCall, input: {} } }, { type: "content_block_stop", index: 1 }];
      const reason = finishReason !== undefined ? finishReason : toolCall === undefined && (tool_choice === undefined || asProse) ? "end_turn" : "tool_use";
      const done = reason === null ? [] : [{ type: "message_delta", delta: { stop_reason: reason, stop_sequence: null }, usage: usage ?? plainUsage }, { type: "message_stop" }];
      return [{ type: "content_block_stop", index: 0 }, ...other, ...done];
    },
    frame: (event) => `event: ${"type" in event ? String(event.type) : ""}\ndata: ${JSON.stringify(event)}\n\n`,
    last: "",
    refusal: (status, retryAfter) => ({
      headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
      body: { type: "error", error: { type: status === 429 ? "rate_limit_error" : "api_error", message: "no" } },
    }),
    error: { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
  };
}
