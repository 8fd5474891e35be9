import { ChatOpenAICompletions } from "@langchain/openai";
import { z } from "zod";
import type { Finish, ModelEvent, ModelRequest } from "#domains/llm/schema.ts";
import type { Usage } from "#domains/llm/usage.ts";
import { usageFromOpenAi } from "#domains/llm/vendor-usage/openai.ts";

export interface OpenAiSettings {
  apiKey: string;
  /** Root of a compatible server, such as http://127.0.0.1:11434/v1. */
  baseUrl: string | undefined;
  model: string;
  /** For the whole call. */
  timeoutMs: number;
}

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
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
});

const finishes: Record<string, Finish> = { stop: "stop", length: "length", content_filter: "refusal", tool_calls: "tool_calls", function_call: "tool_calls" };

/**
 * Streams one chat completion. LangChain's model builds the request and holds the client; the chunks are read as they come, since
 * its messages drop refusals, and its stream the tier that a server names beside the usage. Throws what the client throws.
 */
export async function* streamOpenAi(settings: OpenAiSettings, request: ModelRequest): AsyncGenerator<ModelEvent> {
  const chat = new ChatOpenAICompletions({
    apiKey: settings.apiKey,
    model: settings.model,
    maxTokens: request.maxOutputTokens,
    maxRetries: 1,
    streamUsage: true,
    ...(settings.baseUrl === undefined ? {} : { configuration: { baseURL: settings.baseUrl } }),
  });
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(settings.timeoutMs)]);
  const stream = await chat.completionWithRetry(
    {
      ...chat.invocationParams({}, { streaming: true }),
      messages: [{ role: "system", content: request.instructions }, { role: "user", content: request.input }],
      stream: true,
    },
    { signal },
  );
  let model = settings.model;
  let usage: Usage | null = null;
  let serviceTier: string | null = null;
  let finish: Finish = "unknown";
  let refused = false;
  let responseId: string | null = null;
  for await (const raw of stream) {
    signal.throwIfAborted();
    const chunk = Chunk.parse(raw);
    const [choice] = chunk.choices ?? [];
    if (choice?.delta?.refusal) refused = true;
    if (choice?.delta?.content) yield { type: "text", text: choice.delta.content };
    if (choice?.finish_reason) finish = finishes[choice.finish_reason] ?? "unknown";
    if (chunk.model) model = chunk.model;
    if (chunk.id) responseId = chunk.id;
    if (chunk.service_tier) serviceTier = chunk.service_tier;
    usage = usageFromOpenAi(chunk) ?? usage;
  }
  // A stream that is aborted ends as if it were over.
  signal.throwIfAborted();
  yield { type: "end", model, usage, serviceTier, finish: refused ? "refusal" : finish, responseId };
}
