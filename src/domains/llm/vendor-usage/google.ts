import { z } from "zod";
import type { Usage } from "#domains/llm/usage.ts";
import { Count, leaves, without } from "./buckets.ts";

const Modalities = z.array(z.object({ modality: z.string(), tokenCount: Count })).nullish();

const Metadata = z.object({
  promptTokenCount: z.number().int().nonnegative(),
  cachedContentTokenCount: Count,
  toolUsePromptTokenCount: Count,
  candidatesTokenCount: Count,
  thoughtsTokenCount: Count,
  promptTokensDetails: Modalities,
  cacheTokensDetails: Modalities,
  candidatesTokensDetails: Modalities,
});

const Response = z.object({
  usageMetadata: z.record(z.string(), z.unknown()).nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish(),
  candidates: z
    .array(z.object({ finishReason: z.string().nullish(), groundingMetadata: z.object({ webSearchQueries: z.array(z.unknown()).nullish() }).nullish() }))
    .nullish(),
});

/**
 * What one call of Gemini used: of a response, or of the list of a stream's responses, each of which tells sums so far: the last
 * one of each field counts. Its input contains what was cached, and not what tools brought; thoughts stand beside the candidates.
 * Null when none was told, when a stream ended before it said why, or not in this form.
 */
export function usageFromGoogle(raw: unknown): Usage | null {
  const parsed = (Array.isArray(raw) ? raw : [raw]).map((response) => Response.safeParse(response).data);
  const finished = parsed.some((response) => response?.promptFeedback?.blockReason || response?.candidates?.some(({ finishReason }) => finishReason));
  if (Array.isArray(raw) && !finished) return null;
  const told = Metadata.safeParse(Object.assign({}, ...parsed.map((response) => response?.usageMetadata ?? {})));
  if (!told.success) return null;
  const { promptTokenCount, cachedContentTokenCount, toolUsePromptTokenCount, candidatesTokenCount, thoughtsTokenCount, ...details } = told.data;
  const heard = without(audioOf(details.promptTokensDetails), audioOf(details.cacheTokensDetails));
  const spoken = audioOf(details.candidatesTokensDetails);
  const searches = parsed.map((response) => response?.candidates?.[0]?.groundingMetadata?.webSearchQueries?.length ?? 0);
  return leaves({
    input: without(promptTokenCount + toolUsePromptTokenCount, cachedContentTokenCount, heard),
    cache_read: cachedContentTokenCount,
    audio_input: heard,
    output: without(candidatesTokenCount, spoken),
    reasoning: thoughtsTokenCount,
    audio_output: spoken,
    web_search: Math.max(0, ...searches),
  });
}

function audioOf(details: z.infer<typeof Modalities>): number {
  return (details ?? []).reduce((tokens, { modality, tokenCount }) => (modality === "AUDIO" ? tokens + tokenCount : tokens), 0);
}
