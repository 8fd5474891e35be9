import { AppError, isAppError } from "#lib/errors.ts";
import { tenantOf, type Principal } from "#platform/auth/principal.ts";
import { environment } from "#platform/config/environment.ts";
import { isEnabled } from "#platform/flags/flags.ts";
import { genAi, langfuse } from "#platform/observability/gen-ai-attributes.ts";
import { reserve } from "#domains/llm/budgets/reserve.ts";
import { mostItCanCost } from "#domains/llm/prices/prices.ts";
import type { OpenAiEmbeddings, OpenAiEmbeddingSettings } from "#domains/llm/providers/openai-embeddings.ts";
import { isProviderError } from "#domains/llm/providers/provider-error.ts";
import type { EmbeddingModel, EmbedOptions } from "#domains/llm/schema.ts";
import { promptTokens } from "#domains/llm/usage.ts";
import { checkedVectors, requestsOf } from "#domains/llm/vectors.ts";
import { CallRecord } from "./call-record.ts";
import { settlingMs } from "./hold-room.ts";
import { redactTexts } from "./redact-call.ts";
import { VendorRequest } from "./vendor-request.ts";

/** Whose form the endpoint has: its prices, budgets and figures are kept under this name. */
const provider = "openai";
/** Statuses with which an endpoint refuses what it was given; with any other it refuses whoever asks, or for the moment. */
const aboutTheTexts = [400, 413, 422];

/** The model that vectors are made with, null when none is configured. */
export function configuredEmbedding(): EmbeddingModel | null {
  const { EMBEDDING_MODEL, EMBEDDING_DIMENSIONS } = environment();
  return EMBEDDING_MODEL === undefined ? null : { model: EMBEDDING_MODEL, dimensions: EMBEDDING_DIMENSIONS ?? null };
}

/**
 * Vectors of texts, in their order and of length 1: of the configured model unless another of the same endpoint is
 * named. More than 96 texts take several requests, one after another. By default it is as quick as a question needs it
 * (EMBEDDING_TIMEOUT_MS, tried once); see EmbedOptions. Each request goes the gateway's way: feature flag, budget (the quota
 * counts what people ask for: none for a system principal), redaction, books; `principal` is who pays.
 *
 * Throws LLM_DISABLED when no model is configured or models are switched off, BUDGET_EXCEEDED, DATABASE_UNAVAILABLE (no request is
 * made that can't be booked), UPSTREAM_UNAVAILABLE with a cause that says why there are no vectors to rely on, and the signal's own
 * reason when the caller gave up.
 */
export async function embed(principal: Principal, texts: string[], options: EmbedOptions = {}): Promise<number[][]> {
  const model = options.model ?? configuredEmbedding();
  if (!model) throw new AppError("LLM_DISABLED", { detail: "No embedding model is configured. Set EMBEDDING_MODEL to use one." });
  const settings = settingsOf(model, options);
  const vectors: number[][] = [];
  for (const batch of requestsOf(texts)) {
    const dimensions = options.length ?? model.dimensions ?? vectors[0]?.length ?? null;
    vectors.push(...(await embedBatch(principal, batch, settings, dimensions, options.signal ?? AbortSignal.any([]))));
  }
  return vectors;
}

/** Why an endpoint that is well gives the texts of a failed call no vectors; null when it may another time. */
export function refusalOf(error: unknown): string | null {
  if (!isAppError(error) || error.code !== "UPSTREAM_UNAVAILABLE" || !(error.cause instanceof Error)) return null;
  const { cause } = error;
  if (isProviderError(cause) && (cause.failure !== "status" || !aboutTheTexts.includes(cause.status ?? 0)) && cause.failure !== "format") return null;
  return cause.message;
}

async function embedBatch(principal: Principal, texts: string[], settings: OpenAiEmbeddingSettings, dimensions: number | null, signal: AbortSignal): Promise<number[][]> {
  const record = new CallRecord({ endpoint: "embed", prompt: null, principal, signal });
  try {
    if (!(await isEnabled("model-calls", tenantOf(principal) ?? "embed"))) throw new AppError("LLM_DISABLED", { detail: "Models are switched off at the moment. Try again later." });
    const { texts: redacted, summary } = redactTexts(texts);
    record.redactions = summary;
    record.reservation = await reserve(principal, {
      callId: record.id, provider, model: settings.model, endpoint: "embed", leaseMs: settings.timeoutMs + settlingMs,
      mostUsd: await mostItCanCost({ provider, model: settings.model, inputBytes: redacted.reduce((sum, text) => sum + Buffer.byteLength(text), 0), maxOutputTokens: 0 }),
    });
    const { vectors, usage } = await askEndpoint(record, redacted, settings, signal);
    record.usage = usage;
    const checked = checkedVectors(vectors, texts.length, dimensions);
    record.outcome = "ok";
    return checked;
  } catch (thrown) {
    const error = signal.aborted || isAppError(thrown) ? thrown : new AppError("UPSTREAM_UNAVAILABLE", { detail: "The embedding model gave no usable vectors.", retryAfterSeconds: 10, cause: thrown });
    record.failed(error);
    throw signal.aborted ? signal.reason : error;
  } finally {
    await record.close();
  }
}

async function askEndpoint(record: CallRecord, texts: string[], settings: OpenAiEmbeddingSettings, signal: AbortSignal): Promise<OpenAiEmbeddings> {
  // Its package takes long to load, and most processes have no embedding model.
  const { embedOpenAi } = await import("#domains/llm/providers/openai-embeddings.ts");
  const asked = new VendorRequest(record, { operation: "embeddings", provider, model: settings.model }, { [langfuse.type]: "embedding" });
  try {
    asked.sent();
    const answer = await embedOpenAi(settings, texts, signal);
    asked.learned({ [genAi.inputTokens]: answer.usage ? promptTokens(answer.usage) : undefined });
    asked.succeeded();
    return answer;
  } catch (error) {
    if (!signal.aborted) asked.failed(error);
    throw error;
  } finally {
    asked.aborted();
  }
}

function settingsOf({ model, dimensions }: EmbeddingModel, options: EmbedOptions): OpenAiEmbeddingSettings {
  const { EMBEDDING_BASE_URL, EMBEDDING_API_KEY, EMBEDDING_TIMEOUT_MS, OPENAI_BASE_URL, OPENAI_API_KEY } = environment();
  return {
    // Another server's key is none of this one's business.
    apiKey: EMBEDDING_API_KEY ?? (EMBEDDING_BASE_URL === undefined ? OPENAI_API_KEY : undefined),
    baseUrl: EMBEDDING_BASE_URL ?? OPENAI_BASE_URL,
    ownServer: EMBEDDING_BASE_URL !== undefined,
    model,
    dimensions,
    timeoutMs: options.timeoutMs ?? EMBEDDING_TIMEOUT_MS,
    retries: options.retries ?? 0,
  };
}
