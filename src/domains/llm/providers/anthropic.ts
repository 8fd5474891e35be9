import { ChatAnthropic } from "@langchain/anthropic";
import { z } from "zod";
import type { Finish, ModelEvent, ModelRequest, Provider } from "#domains/llm/schema.ts";
import { usageFromAnthropic } from "#domains/llm/vendor-usage/anthropic.ts";
import { keep } from "./kept.ts";
import { fetchNotingLimits } from "./rate-limits.ts";
import type { ProviderSettings } from "./settings.ts";

const Event = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message_start"), message: z.object({ id: z.string().nullish(), model: z.string().nullish(), usage: z.object({ service_tier: z.string().nullish() }).nullish() }) }),
  z.object({ type: z.literal("content_block_start"), content_block: z.object({ type: z.string(), name: z.string().optional() }) }),
  z.object({ type: z.literal("content_block_delta"), delta: z.object({ type: z.string(), text: z.string().optional(), partial_json: z.string().optional() }) }),
  z.object({ type: z.literal("message_delta"), delta: z.object({ stop_reason: z.string().nullish() }) }),
]);

const finishes: Record<string, Finish> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  refusal: "refusal",
  tool_use: "tool_calls",
};

/** Opens the class's own door: its public ones give messages, which lose what `message_delta` tells of input and cache. */
class EventfulChat extends ChatAnthropic {
  events({ instructions, input, jsonSchema, signal }: ModelRequest) {
    const tools = jsonSchema && { tools: [{ name: jsonSchema.name, description: "Gives the answer.", input_schema: { ...jsonSchema.schema, type: "object" as const } }], tool_choice: { type: "tool" as const, name: jsonSchema.name } };
    return this.createStreamWithRetry(
      { ...this.invocationParams({ ...tools }), system: instructions, messages: [{ role: "user", content: input }], stream: true },
      // Who tries again, and how often, is decided once for all vendors.
      { signal, maxRetries: 0 },
    );
  }
}

/** A model of Anthropic. An answer with a schema is asked for as the call of a tool, which every of its models can be held to. */
export function anthropicProvider(settings: ProviderSettings): Provider {
  const chats = keep<number, EventfulChat>();
  const chatFor = ({ maxOutputTokens }: ModelRequest) => chats(maxOutputTokens, () => chatOf(settings, maxOutputTokens));
  return { name: "anthropic", model: settings.model, stream: (request) => stream(settings.model, chatFor(request), request) };
}

function chatOf({ apiKey, baseUrl, model }: ProviderSettings, maxTokens: number): EventfulChat {
  return new EventfulChat({
    apiKey,
    model,
    maxTokens,
    maxRetries: 0,
    // The client would send a token that it finds in the environment too, and print an event that it can't read.
    clientOptions: { authToken: null, logLevel: "off", fetch: fetchNotingLimits({ name: "anthropic", model }) },
    anthropicApiUrl: baseUrl,
  });
}

async function* stream(asked: string, chat: EventfulChat, request: ModelRequest): AsyncGenerator<ModelEvent> {
  let model = asked;
  let serviceTier: string | null = null;
  let responseId: string | null = null;
  let stopped: string | null = null;
  const told: unknown[] = [];
  // Of an answer with a schema: what its tool is called with, and what the model says instead of calling it.
  let inTool = false;
  let called = false;
  let said = "";
  for await (const raw of await chat.events(request)) {
    const event = Event.safeParse(raw).data;
    if (event === undefined) continue;
    switch (event.type) {
      case "message_start":
        model = event.message.model ?? model;
        responseId = event.message.id ?? null;
        serviceTier = event.message.usage?.service_tier ?? null;
        told.push(raw);
        break;
      case "content_block_start":
        inTool = event.content_block.type === "tool_use" && event.content_block.name === request.jsonSchema?.name;
        called ||= inTool;
        break;
      case "content_block_delta":
        if (inTool && event.delta.partial_json) yield { type: "text", text: event.delta.partial_json };
        if (event.delta.type !== "text_delta" || !event.delta.text) break;
        if (request.jsonSchema) said += event.delta.text;
        else yield { type: "text", text: event.delta.text };
        break;
      case "message_delta":
        stopped = event.delta.stop_reason ?? stopped;
        told.push(raw);
        break;
    }
  }
  // A stream that is aborted ends as if it were over.
  request.signal.throwIfAborted();
  if (!called && said !== "") yield { type: "text", text: said };
  const finish = called && stopped === "tool_use" ? "stop" : finishes[stopped ?? ""] ?? "unknown";
  yield { type: "end", model, usage: usageFromAnthropic(told), serviceTier, finish, responseId };
}
