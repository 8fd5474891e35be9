import { ChatOpenAICompletions } from "@langchain/openai";
import { z } from "zod";
import type { Finish, ModelEvent, ModelRequest, Provider } from "#domains/llm/schema.ts";
import type { Usage } from "#domains/llm/usage.ts";
import { usageFromOpenAi } from "#domains/llm/vendor-usage/openai.ts";
import { isStrict } from "./json-schema.ts";
import { keep } from "./kept.ts";
import { fetchNotingLimits } from "./rate-limits.ts";
import type { ProviderSettings } from "./settings.ts";

/** As much of a chunk as is read; compatible servers leave out what they like. */
const Chunk = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  service_tier: z.string().nullish(),
  usage: z.unknown().optional(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish(), tool_calls: z.array(z.unknown()).nullish() }).nullish(),
      }),
    )
    .nullish(),
});

const finishes: Record<string, Finish> = { stop: "stop", length: "length", content_filter: "refusal", tool_calls: "tool_calls", function_call: "tool_calls" };

/** A model of OpenAI, or of a server that is compatible with its chat completions, such as http://127.0.0.1:11434/v1. */
export function openAiProvider(settings: ProviderSettings): Provider {
  const chats = keep<number, ChatOpenAICompletions>();
  const chatFor = ({ maxOutputTokens }: ModelRequest) => chats(maxOutputTokens, () => chatOf(settings, maxOutputTokens));
  return { name: "openai", model: settings.model, stream: (request) => stream(settings.model, chatFor(request), request) };
}

function chatOf({ apiKey, baseUrl, model }: ProviderSettings, maxTokens: number): ChatOpenAICompletions {
  return new ChatOpenAICompletions({
    apiKey,
    model,
    maxTokens,
    // Who tries again, and how often, is decided once for all vendors.
    maxRetries: 0,
    streamUsage: true,
    // The client would print a chunk that it can't read.
    configuration: { logLevel: "off", baseURL: baseUrl, fetch: fetchNotingLimits({ name: "openai", model }) },
  });
}

/**
 * LangChain's model builds the request and holds the client. The chunks are read as they come from it: LangChain's messages lose
 * refusals, and the tier that a server names beside the usage.
 */
async function* stream(asked: string, chat: ChatOpenAICompletions, { instructions, input, jsonSchema, signal }: ModelRequest): AsyncGenerator<ModelEvent> {
  const chunks = await chat.completionWithRetry(
    {
      ...chat.invocationParams({}, { streaming: true }),
      messages: [{ role: "system", content: instructions }, { role: "user", content: input }],
      stream: true,
      ...(jsonSchema && { response_format: { type: "json_schema", json_schema: { ...jsonSchema, strict: isStrict(jsonSchema.schema) } } }),
    },
    { signal },
  );
  let model = asked;
  let usage: Usage | null = null;
  let serviceTier: string | null = null;
  let finish: Finish = "unknown";
  let responseId: string | null = null;
  const seen = { refusal: false, toolCall: false };
  for await (const raw of chunks) {
    const chunk = Chunk.parse(raw);
    const [choice] = chunk.choices ?? [];
    if (choice?.delta?.refusal) seen.refusal = true;
    if (choice?.delta?.tool_calls?.length) seen.toolCall = true;
    if (choice?.delta?.content) yield { type: "text", text: choice.delta.content };
    if (choice?.finish_reason) finish = finishes[choice.finish_reason] ?? "unknown";
    if (chunk.model) model = chunk.model;
    if (chunk.id) responseId = chunk.id;
    if (chunk.service_tier) serviceTier = chunk.service_tier;
    usage = usageFromOpenAi(chunk) ?? usage;
  }
  // A stream that is aborted ends as if it were over.
  signal.throwIfAborted();
  yield { type: "end", model, usage, serviceTier, finish: seen.refusal ? "refusal" : seen.toolCall ? "tool_calls" : finish, responseId };
}
