import { z } from "zod";

/**
 * Leaf buckets of what a call used: each token is in exactly one, whatever the vendor's own fields contain (OpenAI's input holds
 * its cached part, Anthropic's doesn't; Gemini's thoughts stand beside its candidates, OpenAI's reasoning inside its output).
 * Cache writes are named by how long what was written lives.
 */
export const usageBuckets = [
  "input",
  "cache_read",
  "cache_write_5m",
  "cache_write_30m",
  "cache_write_1h",
  "cache_write_12h",
  "output",
  "reasoning",
  "audio_input",
  "audio_output",
  "web_search",
] as const;
export type UsageBucket = (typeof usageBuckets)[number];

/** What a call used, as the provider told it: whole numbers above zero by bucket, tokens but for `web_search` (requests). */
export const Usage = z.partialRecord(z.enum(usageBuckets), z.number().int().nonnegative());
export type Usage = z.infer<typeof Usage>;

const promptBuckets: readonly UsageBucket[] = ["input", "cache_read", "cache_write_5m", "cache_write_30m", "cache_write_1h", "cache_write_12h", "audio_input"];
const completionBuckets: readonly UsageBucket[] = ["output", "reasoning", "audio_output"];

/** All tokens of the prompt, cached or not: what a price's tier is chosen by. */
export function promptTokens(usage: Usage): number {
  return sumOf(usage, promptBuckets);
}

/** All tokens that the model made, its reasoning included. */
export function completionTokens(usage: Usage): number {
  return sumOf(usage, completionBuckets);
}

function sumOf(usage: Usage, buckets: readonly UsageBucket[]): number {
  return buckets.reduce((sum, bucket) => sum + (usage[bucket] ?? 0), 0);
}
