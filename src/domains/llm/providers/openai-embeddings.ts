import { OpenAIClient } from "@langchain/openai";
import { z } from "zod";
import type { Usage } from "#domains/llm/usage.ts";
import { ProviderError, providerErrorOf } from "./provider-error.ts";
import { fetchNotingLimits } from "./rate-limits.ts";

export interface OpenAiEmbeddingSettings {
  /** A server of one's own may need none. */
  apiKey: string | undefined;
  /** Root of a compatible server, such as http://127.0.0.1:11434/v1. */
  baseUrl: string | undefined;
  /** Another one than the chat models', whose limits aren't that vendor's. */
  ownServer: boolean;
  model: string;
  /** Sent to the model where set. */
  dimensions: number | null;
  /** For the whole call, its repetitions and the reading of the answer included. */
  timeoutMs: number;
  /** Repetitions of a request that was refused for the moment, as the server asks (Retry-After) or with back-off. */
  retries: number;
}

export interface OpenAiEmbeddings {
  vectors: number[][];
  /** Null where the endpoint tells none. */
  usage: Usage | null;
}

const Response = z.object({
  usage: z.object({ prompt_tokens: z.number().int().nonnegative() }).nullish().catch(null),
  data: z.array(z.object({ index: z.number().int().nonnegative().optional(), embedding: z.array(z.number()) })),
});

/**
 * Asks for the vectors of texts in one request; answers them in the order of the texts, as the endpoint gave them. The
 * client is LangChain's own beneath OpenAIEmbeddings, which takes no signal and drops vectors beyond the expected count.
 * Throws a ProviderError, or an Error that says what in the answer isn't as it should be; the signal's reason when the caller gave up.
 */
export async function embedOpenAi(settings: OpenAiEmbeddingSettings, texts: string[], signal: AbortSignal): Promise<OpenAiEmbeddings> {
  const client = new OpenAIClient({
    apiKey: settings.apiKey ?? "none",
    maxRetries: settings.retries,
    ...(settings.ownServer ? {} : { fetch: fetchNotingLimits({ name: "openai", model: settings.model }) }),
    ...(settings.baseUrl === undefined ? {} : { baseURL: settings.baseUrl }),
  });
  const request = {
    model: settings.model,
    input: texts,
    // Base64, the client's default, is OpenAI's alone.
    encoding_format: "float" as const,
    ...(settings.dimensions === null ? {} : { dimensions: settings.dimensions }),
  };
  // The client's own time limit ends with the first byte of the answer.
  const deadline = AbortSignal.timeout(settings.timeoutMs);
  let body: unknown;
  try {
    body = await client.embeddings.create(request, { signal: AbortSignal.any([signal, deadline]) });
  } catch (error) {
    signal.throwIfAborted();
    throw deadline.aborted ? new ProviderError({ provider: "openai", failure: "timeout" }) : providerErrorOf("openai", error);
  }
  const parsed = Response.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`The endpoint's answer has not the form of embeddings: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`, { cause: new ProviderError({ provider: "openai", failure: "format" }) });
  }
  const { data, usage } = parsed.data;
  return { vectors: inOrder(data), usage: usage ? (usage.prompt_tokens > 0 ? { input: usage.prompt_tokens } : {}) : null };
}

function inOrder(data: z.infer<typeof Response>["data"]): number[][] {
  const told = data.every(({ index }, _, all) => index !== undefined && index < all.length) && new Set(data.map(({ index }) => index)).size === data.length;
  return (told ? data.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)) : data).map(({ embedding }) => embedding);
}
