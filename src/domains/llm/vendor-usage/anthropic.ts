import { z } from "zod";
import type { Usage } from "#domains/llm/usage.ts";
import { leaves, Told, without } from "./buckets.ts";

const Tokens = z.object({
  input_tokens: Told,
  cache_read_input_tokens: Told,
  cache_creation_input_tokens: Told,
  cache_creation: z.object({ ephemeral_5m_input_tokens: Told, ephemeral_1h_input_tokens: Told }).nullish(),
  output_tokens: Told,
  output_tokens_details: z.object({ thinking_tokens: Told }).nullish(),
  server_tool_use: z.object({ web_search_requests: Told }).nullish(),
});
const AnthropicUsage = Tokens.extend({ iterations: z.array(Tokens.extend({ type: z.string() })).nullish() });
type AnthropicUsage = z.infer<typeof AnthropicUsage>;

const Start = z.object({ type: z.literal("message_start"), message: z.object({ usage: AnthropicUsage }) });
const Whole = z.object({ usage: AnthropicUsage });

/**
 * What one call of Anthropic used: of a message, or of the list of a stream's events. Its input holds nothing of what was cached.
 * A stream's `message_delta` tells sums anew: what it tells replaces what stood, what it leaves out stays. Null when none was told
 * to the end (`message_start` knows no output yet), or not in this form.
 */
export function usageFromAnthropic(raw: unknown): Usage | null {
  let told: AnthropicUsage | null = null;
  let whole = false;
  for (const event of Array.isArray(raw) ? raw : [raw]) {
    const start = Start.safeParse(event);
    const other = start.success ? undefined : Whole.safeParse(event);
    const usage = start.success ? start.data.message.usage : other?.data?.usage;
    if (usage === undefined) continue;
    told = start.success ? usage : replaced(told, usage);
    whole = !start.success;
  }
  if (told === null || !whole || typeof told.input_tokens !== "number") return null;
  // What compaction used stands beside the sums, not in them.
  const compactions = (told.iterations ?? []).filter(({ type }) => type === "compaction");
  return leaves([told, ...compactions].map(bucketsOf).reduce(sum));
}

function replaced(before: AnthropicUsage | null, after: AnthropicUsage): AnthropicUsage {
  const said = Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null && value !== undefined));
  return { ...before, ...said };
}

function bucketsOf(usage: z.infer<typeof Tokens>): Usage {
  const split = usage.cache_creation;
  const for1h = split?.ephemeral_1h_input_tokens ?? 0;
  // A delta tells the sum without its split, and a split can be all 0 beside a sum: what isn't said to live an hour lives 5 minutes.
  const written = Math.max(usage.cache_creation_input_tokens ?? 0, for1h + (usage.cache_creation_input_tokens == null ? split?.ephemeral_5m_input_tokens ?? 0 : 0));
  const thinking = Math.min(usage.output_tokens_details?.thinking_tokens ?? 0, usage.output_tokens ?? 0);
  return {
    input: usage.input_tokens ?? 0,
    cache_read: usage.cache_read_input_tokens ?? 0,
    cache_write_5m: written - for1h,
    cache_write_1h: for1h,
    output: without(usage.output_tokens ?? 0, thinking),
    reasoning: thinking,
    web_search: usage.server_tool_use?.web_search_requests ?? 0,
  };
}

function sum(one: Usage, other: Usage): Usage {
  const names = [...Object.keys(one), ...Object.keys(other)] as (keyof Usage)[];
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}
