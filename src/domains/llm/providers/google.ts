import { ChatGoogleGenerativeAI } from "@langchain/google-genai";
import { z } from "zod";
import type { Finish, ModelEvent, ModelRequest, Provider } from "#domains/llm/schema.ts";
import { usageFromGoogle } from "#domains/llm/vendor-usage/google.ts";
import { ProviderError } from "./provider-error.ts";
import type { ProviderSettings } from "./settings.ts";

const Part = z.object({ text: z.string().optional(), thought: z.boolean().optional(), functionCall: z.unknown().optional() });
const Chunk = z.object({
  candidates: z
    .array(z.object({ content: z.object({ parts: z.array(Part).nullish() }).nullish(), finishReason: z.string().nullish(), groundingMetadata: z.unknown().optional() }))
    .nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish(),
  usageMetadata: z.object({ trafficType: z.string().nullish(), serviceTier: z.string().nullish() }).loose().nullish(),
  modelVersion: z.string().nullish(),
  responseId: z.string().nullish(),
  error: z.object({ code: z.number().optional(), status: z.string().optional() }).optional(),
});

const finishes: Record<string, Finish> = { STOP: "stop", MAX_TOKENS: "length" };
const refusals = new Set(["SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY"]);
const tiers: Record<string, string> = { ON_DEMAND: "standard", ON_DEMAND_FLEX: "flex", ON_DEMAND_PRIORITY: "priority", PROVISIONED_THROUGHPUT: "provisioned" };

/** As much of Google's client as is used. */
interface Client {
  generateContentStream(request: object, options: { signal: AbortSignal }): Promise<{ stream: AsyncIterable<unknown>; response: Promise<unknown> }>;
}

/** A model of Google's Gemini API. */
export function googleProvider(settings: ProviderSettings): Provider {
  return { name: "google", model: settings.model, stream: (request) => stream(settings, request) };
}

/**
 * LangChain's model builds the request and holds the client. The client is asked directly: LangChain's stream drops responses
 * without content (a refused prompt is one), thoughts from the usage, and leaves a promise behind whose rejection ends the process.
 */
async function* stream({ apiKey, baseUrl, model: asked }: ProviderSettings, { instructions, input, maxOutputTokens, jsonSchema, signal }: ModelRequest): AsyncGenerator<ModelEvent> {
  const chat = new ChatGoogleGenerativeAI({ apiKey, model: asked, maxOutputTokens, baseUrl });
  const { generationConfig } = chat.invocationParams();
  // Its client listens for an abort that is still to come.
  signal.throwIfAborted();
  const { stream: chunks, response } = await clientOf(chat).generateContentStream(
    {
      systemInstruction: { role: "system", parts: [{ text: instructions }] },
      contents: [{ role: "user", parts: [{ text: input }] }],
      generationConfig: { ...generationConfig, ...(jsonSchema && { responseMimeType: "application/json", responseJsonSchema: jsonSchema.schema }) },
    },
    { signal },
  );
  response.catch(() => undefined);
  let model = asked;
  let responseId: string | null = null;
  let serviceTier: string | null = null;
  let finish: Finish | null = null;
  let toolCall = false;
  const told: { usageMetadata: object; candidates: unknown[] } = { usageMetadata: {}, candidates: [] };
  for await (const raw of chunks) {
    const chunk = Chunk.parse(raw);
    if (chunk.error) throw failed(chunk.error);
    const [candidate] = chunk.candidates ?? [];
    for (const part of candidate?.content?.parts ?? []) {
      if (part.functionCall !== undefined) toolCall = true;
      if (part.text && part.thought !== true) yield { type: "text", text: part.text };
    }
    if (candidate?.finishReason) finish = refusals.has(candidate.finishReason) ? "refusal" : finishes[candidate.finishReason] ?? "unknown";
    if (chunk.promptFeedback?.blockReason) finish = "refusal";
    if (candidate?.groundingMetadata) told.candidates = [candidate];
    Object.assign(told.usageMetadata, chunk.usageMetadata);
    model = chunk.modelVersion ?? model;
    responseId = chunk.responseId ?? responseId;
    serviceTier = tierOf(chunk.usageMetadata) ?? serviceTier;
  }
  // A stream that is aborted can end as if it were over.
  signal.throwIfAborted();
  // A stream that doesn't say why it ended was cut off: its sums may not be the last.
  const usage = finish === null ? null : usageFromGoogle(told);
  yield { type: "end", model, usage, serviceTier, finish: toolCall ? "tool_calls" : finish ?? "unknown", responseId };
}

function clientOf(chat: ChatGoogleGenerativeAI): Client {
  const client: unknown = Reflect.get(chat, "client");
  if (isClient(client)) return client;
  throw new Error("@langchain/google-genai holds its client elsewhere than before");
}

function isClient(value: unknown): value is Client {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "generateContentStream") === "function";
}

function tierOf(usage: { trafficType?: string | null | undefined; serviceTier?: string | null | undefined } | null | undefined): string | null {
  return usage?.serviceTier?.toLowerCase() ?? (usage?.trafficType ? tiers[usage.trafficType] ?? null : null);
}

/** An error in the middle of a stream, which comes as if it were a response. */
function failed({ code, status }: { code?: number | undefined; status?: string | undefined }): ProviderError {
  return new ProviderError({ provider: "google", failure: "status", ...(code === undefined ? {} : { status: code }), ...(status === undefined ? {} : { code: status.toLowerCase() }) });
}
