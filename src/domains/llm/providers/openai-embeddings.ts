import { OpenAIClient } from "@langchain/openai";
import { z } from "zod";

export interface OpenAiEmbeddingSettings {
  /** A server of one's own may need none. */
  apiKey: string | undefined;
  /** Root of a compatible server, such as http://127.0.0.1:11434/v1. */
  baseUrl: string | undefined;
  model: string;
  /** Sent to the model where set. */
  dimensions: number | null;
  /** For the whole call, its repetitions and the reading of the answer included. */
  timeoutMs: number;
  /** Repetitions of a request that was refused for the moment, as the server asks (Retry-After) or with back-off. */
  retries: number;
}

const Response = z.object({
  data: z.array(z.object({ index: z.number().int().nonnegative().optional(), embedding: z.array(z.number()) })),
});

/**
 * Asks for the vectors of texts in one request; answers them in the order of the texts, as the endpoint gave them. The
 * client is LangChain's own beneath OpenAIEmbeddings, which takes no signal and drops vectors beyond the expected count.
 * Throws an Error that says what went wrong, without key or address; the signal's reason when the caller gave up.
 */
export async function embedOpenAi(settings: OpenAiEmbeddingSettings, texts: string[], signal?: AbortSignal): Promise<number[][]> {
  const client = new OpenAIClient({
    apiKey: settings.apiKey ?? "none",
    maxRetries: settings.retries,
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
    body = await client.embeddings.create(request, { signal: signal ? AbortSignal.any([signal, deadline]) : deadline });
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(deadline.aborted ? `The endpoint gave no answer within ${settings.timeoutMs} ms` : reasonOf(error));
  }
  const parsed = Response.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`The endpoint's answer has not the form of embeddings: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }
  return inOrder(parsed.data.data);
}

/** What the client's error says, without its text, which can quote a key or an address. */
function reasonOf(error: unknown): string {
  if (error instanceof OpenAIClient.APIConnectionError) return "The endpoint can't be reached";
  if (error instanceof OpenAIClient.APIError && error.status !== undefined) return `The endpoint refused with status ${String(error.status)}`;
  return "The endpoint's answer can't be read";
}

function inOrder(data: z.infer<typeof Response>["data"]): number[][] {
  const told = data.every(({ index }, _, all) => index !== undefined && index < all.length) && new Set(data.map(({ index }) => index)).size === data.length;
  return (told ? data.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)) : data).map(({ embedding }) => embedding);
}
