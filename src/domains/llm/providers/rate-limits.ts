import { z } from "zod";
import { processWide } from "#lib/process-wide.ts";
import type { RateLimits } from "#domains/llm/health/health-schema.ts";
import type { Provider, ProviderName } from "#domains/llm/schema.ts";

/** What a vendor's answer told of one of its limits. */
export interface ToldLimit {
  limit: number;
  remaining: number;
  /** When it is whole again, in epoch milliseconds: from then on nothing is known of it. */
  resetsAt: number;
}

export const limitKinds = ["requests", "tokens"] as const;
type LimitKind = (typeof limitKinds)[number];
type ToldLimits = Partial<Record<LimitKind, ToldLimit>>;

/** How a vendor names its limits in headers, each of which may count a kind in several ways. */
interface Spelling {
  counts: Record<LimitKind, string[]>;
  header: (count: string, part: "limit" | "remaining" | "reset") => string;
  /** Epoch milliseconds of what the header says, received at a time. */
  resetsAt: (text: string, nowMs: number) => number | null;
}

const Count = z.string().regex(/^\d{1,15}$/).transform(Number);
const Moment = z.iso.datetime({ offset: true });
/** As Go writes them: `6m0s`, `1h2m3.5s`, `12ms`. */
const Duration = z.string().max(40).regex(/^(?:\d{1,6}(?:\.\d+)?(?:ms|s|m|h|d))+$/);
const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Google's answers tell nothing of its limits. */
const spellings: Partial<Record<ProviderName, Spelling>> = {
  openai: {
    counts: { requests: ["requests"], tokens: ["tokens"] },
    header: (count, part) => `x-ratelimit-${part}-${count}`,
    resetsAt: (text, nowMs) => (Duration.safeParse(text).success ? nowMs + durationMs(text) : null),
  },
  anthropic: {
    counts: { requests: ["requests"], tokens: ["tokens", "input-tokens", "output-tokens"] },
    header: (count, part) => `anthropic-ratelimit-${count}-${part}`,
    resetsAt: (text) => (Moment.safeParse(text).success ? Date.parse(text) : null),
  },
};

function durationMs(text: string): number {
  return [...text.matchAll(/(\d{1,20}(?:\.\d{1,20})?)(ms|[smhd])/g)].reduce((sum, [, count, unit = ""]) => sum + Number(count) * (unitMs[unit] ?? 0), 0);
}

/** What the headers of a vendor's answer tell of its limits; a kind that they leave out or garble is absent. Of several counts of a kind the one nearest to its end is taken. */
export function readLimits(provider: ProviderName, headers: Headers, nowMs: number): ToldLimits {
  const spelling = spellings[provider];
  if (!spelling) return {};
  return Object.fromEntries(limitKinds.flatMap((kind) => {
    const limit = tightest(spelling.counts[kind].flatMap((count) => readLimit(spelling, count, headers, nowMs) ?? []));
    return limit ? [[kind, limit]] : [];
  }));
}

function readLimit({ header, resetsAt }: Spelling, count: string, headers: Headers, nowMs: number): ToldLimit | null {
  const [limit, remaining] = [Count.safeParse(headers.get(header(count, "limit"))), Count.safeParse(headers.get(header(count, "remaining")))];
  const at = resetsAt(headers.get(header(count, "reset")) ?? "", nowMs);
  return limit.success && remaining.success && at !== null ? { limit: limit.data, remaining: remaining.data, resetsAt: at } : null;
}

function tightest(limits: ToldLimit[]): ToldLimit | undefined {
  const share = ({ limit, remaining }: ToldLimit) => (limit === 0 ? 0 : remaining / limit);
  return limits.toSorted((a, b) => share(a) - share(b))[0];
}

/** By provider and model: vendors give each model limits of its own. */
const told = () => processWide("vendor-limits", () => new Map<ProviderName, Map<string, ToldLimits>>());

/** A fetch for the client of a vendor's model that remembers what each answer, a refusal too, tells of the vendor's limits. */
export function fetchNotingLimits({ name, model }: Pick<Provider, "name" | "model">): typeof fetch {
  return async (...request) => {
    const response = await fetch(...request);
    const models = told().get(name) ?? new Map<string, ToldLimits>();
    told().set(name, models.set(model, { ...models.get(model), ...readLimits(name, response.headers, Date.now()) }));
    return response;
  };
}

/** What is left of a vendor's limits for this key, as its answers told last, of the model nearest to the end; null for what isn't known now. */
export function limitsOf(provider: ProviderName, nowMs = Date.now()): RateLimits {
  const models = [...(told().get(provider)?.values() ?? [])];
  const known = (kind: LimitKind) => {
    const now = tightest(models.flatMap((limits) => limits[kind] ?? []).filter(({ resetsAt }) => resetsAt > nowMs));
    return now ? { ...now, resetsAt: new Date(now.resetsAt).toISOString() } : null;
  };
  return { requests: known("requests"), tokens: known("tokens") };
}
