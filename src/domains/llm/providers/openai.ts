import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import type { ModelEvent, ModelRequest } from "#domains/llm/schema.ts";

export interface OpenAiSettings {
  apiKey: string;
  /** Root of a compatible server, such as http://127.0.0.1:11434/v1. */
  baseUrl: string | undefined;
  model: string;
  /** For the whole call. */
  timeoutMs: number;
}

/**
 * Streams one chat completion. Connecting is tried twice; once text has come, nothing is tried again. Throws whatever
 * the client throws, and an AbortError when the signal or the time limit ends the call.
 */
export async function* streamOpenAi(settings: OpenAiSettings, request: ModelRequest): AsyncGenerator<ModelEvent> {
  const chat = new ChatOpenAI({
    apiKey: settings.apiKey,
    model: settings.model,
    maxTokens: request.maxOutputTokens,
    maxRetries: 1,
    streamUsage: true,
    ...(settings.baseUrl === undefined ? {} : { configuration: { baseURL: settings.baseUrl } }),
  });
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(settings.timeoutMs)]);
  const stream = await chat.stream([new SystemMessage(request.instructions), new HumanMessage(request.input)], { signal });
  let model = settings.model;
  let inputTokens: number | null = null;
  let outputTokens: number | null = null;
  let finished = false;
  for await (const chunk of stream) {
    signal.throwIfAborted();
    if (chunk.text !== "") yield { type: "text", text: chunk.text };
    if (typeof chunk.response_metadata["model_name"] === "string") model = chunk.response_metadata["model_name"];
    if (chunk.response_metadata["finish_reason"] === "stop") finished = true;
    if (chunk.usage_metadata) {
      inputTokens = chunk.usage_metadata.input_tokens;
      outputTokens = chunk.usage_metadata.output_tokens;
    }
  }
  yield { type: "end", model, inputTokens, outputTokens, finished };
}
