import { startFakeModel, type FakeModel, type FakeModelOptions, type Wire } from "./fake-model.ts";

export type { Behaviour } from "./fake-model.ts";

interface Body {
  model: string;
  messages: { role: string; content: string }[];
  max_tokens?: number;
  response_format?: { type: string; json_schema: { name: string; strict: boolean; schema: object } };
  stream_options?: { include_usage: boolean };
}

export interface FakeOpenAi extends FakeModel<Body> {
  baseUrl: string;
}

/** An OpenAI-compatible chat completions endpoint on this machine that streams as the real one does. */
export async function startFakeOpenAi(options?: FakeModelOptions): Promise<FakeOpenAi> {
  const fake = await startFakeModel(wire, options);
  return Object.assign(fake, { baseUrl: `${fake.origin}/v1` });
}

const plainUsage = { prompt_tokens: 321, completion_tokens: 45, total_tokens: 366 };

const wire: Wire<Body> = {
  inputOf: ({ messages }) => messages.at(-1)?.content ?? "",
  begin: () => [],
  piece: (content) => [chunk({ delta: { content } })],
  end({ finishReason, usage, tier, refusal, toolCall }, { stream_options }) {
    const events = [];
    if (refusal !== undefined) events.push(chunk({ delta: { refusal } }));
    if (toolCall !== undefined) events.push(chunk({ delta: { tool_calls: [{ index: 0, id: "call_1", type: "function", function: { name: toolCall, arguments: "{}" } }] } }));
    const reason = finishReason !== undefined ? finishReason : toolCall === undefined ? "stop" : "tool_calls";
    const service = tier === undefined ? {} : { service_tier: tier };
    if (reason !== null) events.push({ ...chunk({ delta: {}, finish_reason: reason }), ...service });
    // As the real one: told only to who has asked.
    if (usage !== null && stream_options?.include_usage) events.push({ ...chunk(), choices: [], usage: usage ?? plainUsage, ...service });
    return events;
  },
  frame: (event) => `data: ${JSON.stringify(event)}\n\n`,
  last: "data: [DONE]\n\n",
  refusal: (status, retryAfter) => ({
    headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
    body: { error: { message: "no", type: status === 429 ? "rate_limit_exceeded" : "server_error" } },
  }),
  error: { error: { message: "no", type: "server_error" } },
};

function chunk(choice: object = {}) {
  return {
    id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "fake-model-2026-01-01",
    choices: [{ index: 0, finish_reason: null, ...choice }],
  };
}
