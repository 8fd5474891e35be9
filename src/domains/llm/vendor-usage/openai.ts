import { z } from "zod";
import type { Usage } from "#domains/llm/usage.ts";
import { Count, leaves, without } from "./buckets.ts";

const InputDetails = z
  .object({
    cached_tokens: Count,
    audio_tokens: Count,
    cache_write_tokens: Count,
    cache_write_tokens_details: z.object({ ttl_30m_tokens: Count, ttl_12h_tokens: Count }).nullish(),
  })
  .nullish();
const OutputDetails = z.object({ reasoning_tokens: Count, audio_tokens: Count }).nullish();

/** Chat completions and embeddings. */
const ChatUsage = z.object({
  prompt_tokens: z.number().int().nonnegative(),
  completion_tokens: Count,
  prompt_tokens_details: InputDetails,
  completion_tokens_details: OutputDetails,
});
const ResponsesUsage = z.object({
  input_tokens: z.number().int().nonnegative(),
  output_tokens: Count,
  input_tokens_details: InputDetails,
  output_tokens_details: OutputDetails,
});
const OpenAiUsage = z.union([
  ChatUsage,
  ResponsesUsage.transform((usage) => ({
    prompt_tokens: usage.input_tokens,
    completion_tokens: usage.output_tokens,
    prompt_tokens_details: usage.input_tokens_details,
    completion_tokens_details: usage.output_tokens_details,
  })),
]);

const Told = z.object({ usage: z.unknown().optional(), output: z.array(z.object({ type: z.unknown().optional() })).catch([]).optional() });
/** An event of a Responses stream: `response.completed` and `response.incomplete` hold the whole response. */
const ResponsesEvent = z.object({ response: Told });

/**
 * What one call of OpenAI, or of a compatible server, used: of a chat completion, an embedding, a Responses response, or of the
 * list of a stream's chunks or events, of which the last that tells it counts. Their input contains what was cached and
 * written to the cache, their output the reasoning. Null when none was told, or not in this form.
 */
export function usageFromOpenAi(raw: unknown): Usage | null {
  if (Array.isArray(raw)) return raw.reduce<Usage | null>((last, event) => usageFromOpenAi(event) ?? last, null);
  const event = ResponsesEvent.safeParse(raw);
  const told = event.success ? event.data.response : Told.safeParse(raw).data;
  const parsed = OpenAiUsage.safeParse(told?.usage);
  if (!parsed.success) return null;
  const { prompt_tokens: input, completion_tokens: output, prompt_tokens_details: inputs, completion_tokens_details: outputs } = parsed.data;
  const read = inputs?.cached_tokens ?? 0;
  const audio = inputs?.audio_tokens ?? 0;
  const for12h = inputs?.cache_write_tokens_details?.ttl_12h_tokens ?? 0;
  // Where the kinds aren't told, or not all of them, the rest lives for the half hour that OpenAI gives unless asked.
  const written = Math.max(inputs?.cache_write_tokens ?? 0, for12h + (inputs?.cache_write_tokens_details?.ttl_30m_tokens ?? 0));
  const reasoning = outputs?.reasoning_tokens ?? 0;
  const spoken = outputs?.audio_tokens ?? 0;
  return leaves({
    input: without(input, read, written, audio),
    cache_read: read,
    cache_write_30m: written - for12h,
    cache_write_12h: for12h,
    audio_input: audio,
    output: without(output, reasoning, spoken),
    reasoning,
    audio_output: spoken,
    web_search: (told?.output ?? []).filter(({ type }) => type === "web_search_call").length,
  });
}
