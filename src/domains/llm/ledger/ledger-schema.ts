import { z } from "zod";
import { findUnstorable } from "#lib/storable-text.ts";
import { Day } from "#platform/http/calendar.ts";
import { cursorOf } from "#platform/http/cursor.ts";
import { llmEndpoints } from "../schema.ts";
import { usageBuckets, Usage } from "../usage.ts";

export const callSources = ["gateway", "sdk"] as const;
export const callOutcomes = ["ok", "blocked", "consent_required", "limited", "over_budget", "cached", "aborted", "failed", "disabled"] as const;
export type CallOutcomeName = (typeof callOutcomes)[number];
export const principalKinds = ["anonymous", "user", "member", "key", "admin", "system"] as const;

/** An exact amount of US dollars: a decimal number as text. */
export const Usd = z.string().regex(/^\d{1,30}(\.\d{1,60})?$/);

/** One call, whatever became of it: a row of the ledger. No text of prompts or answers. */
export const CallEntry = z.object({
  /** UUIDv7; its time is the call's. */
  id: z.uuidv7(),
  tenantId: z.uuid().nullable(),
  principalKind: z.enum(principalKinds),
  principalId: z.string().nullable(),
  source: z.enum(callSources),
  endpoint: z.string(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  promptId: z.string().nullable(),
  promptVersion: z.string().nullable(),
  outcome: z.enum(callOutcomes),
  errorCode: z.string().nullable(),
  usage: Usage.nullable(),
  /** True when the provider told no usage, and the most that the call could cost was charged. */
  usageEstimated: z.boolean(),
  /** By its usage; null when that or a price isn't known. */
  costUsd: Usd.nullable(),
  /** What budgets were charged: the cost, else the most that it could have cost. */
  chargedUsd: Usd,
  /** What a hit of the cache would have cost. */
  savedUsd: Usd.nullable(),
  priceVersion: z.string().nullable(),
  /** What was used and has no price. */
  unpriced: z.array(z.enum(usageBuckets)),
  reservedUsd: Usd.nullable(),
  cacheHit: z.boolean(),
  durationMs: z.number().int().nonnegative(),
  firstTokenMs: z.number().int().nonnegative().nullable(),
  /** Counts by kind of what was taken out before the call. */
  redactionSummary: z.record(z.string(), z.number().int().nonnegative()),
  policyCategory: z.string().nullable(),
  traceId: z.string().nullable(),
});
export type CallEntry = z.infer<typeof CallEntry>;

/** An entry as it is read: with its time. */
export const LoggedCall = CallEntry.extend({ at: z.iso.datetime() });
export type LoggedCall = z.infer<typeof LoggedCall>;

const limit = z.coerce.number().int().min(1).max(200).default(50);
/** Id of the last row. */
export const CallCursor = cursorOf([z.uuid()]);

export const CallHistoryQuery = z.strictObject({ endpoint: z.enum(llmEndpoints).optional(), cursor: CallCursor.optional(), limit });
export type CallHistoryQuery = z.output<typeof CallHistoryQuery>;

/** What callers see of their own calls. */
export const OwnCall = LoggedCall.pick({
  id: true, at: true, endpoint: true, provider: true, model: true, promptId: true, promptVersion: true, outcome: true, errorCode: true, usage: true,
  usageEstimated: true, costUsd: true, savedUsd: true, cacheHit: true, durationMs: true, firstTokenMs: true, redactionSummary: true, traceId: true,
});
export const CallHistory = z.object({ items: z.array(OwnCall), nextCursor: z.string().nullable() });
export type CallHistory = z.infer<typeof CallHistory>;

export const CallFeedbackRequest = z.strictObject({
  /** The id that the answer came with. */
  callId: z.uuid(),
  helpful: z.boolean(),
  comment: z.string().trim().min(1).max(2_000).refine((text) => findUnstorable(text) === null, "This text holds characters that can't be stored.").optional(),
});
export type CallFeedbackRequest = z.infer<typeof CallFeedbackRequest>;

const Name = z.string().trim().min(1).max(200);

/** Filters of the console's list; days are UTC's, both inclusive. */
const callFilters = z.strictObject({
  outcome: z.enum(callOutcomes).optional(),
  endpoint: z.enum(llmEndpoints).optional(),
  provider: Name.optional(),
  model: Name.optional(),
  organisation: z.uuid().optional(),
  source: z.enum(callSources).optional(),
  /** `estimated`: charged the most it could cost, since no usage was told; `unpriced`: used what has no price. */
  flag: z.enum(["estimated", "unpriced"]).optional(),
  from: Day.optional(),
  to: Day.optional(),
});
const inOrder = ({ from, to }: { from?: string | undefined; to?: string | undefined }) => from === undefined || to === undefined || from <= to;
const outOfOrder = { path: ["to"], message: "This day must not be before the first one." };
export const CallFilters = callFilters.refine(inOrder, outOfOrder);
export type CallFilters = z.output<typeof CallFilters>;

export const CallListQuery = callFilters.extend({ cursor: CallCursor.optional(), limit }).refine(inOrder, outOfOrder);
export type CallListQuery = z.output<typeof CallListQuery>;

/** A call as administrators see it. */
export const AdminCall = LoggedCall.extend({ organisation: z.string().nullable(), expired: z.boolean() });
export type AdminCall = z.infer<typeof AdminCall>;
export const AdminCallList = z.object({ items: z.array(AdminCall), nextCursor: z.string().nullable() });
export type AdminCallList = z.infer<typeof AdminCallList>;
export const CallParams = z.object({ id: z.uuid() });
export const CallDetail = AdminCall.extend({ feedback: z.object({ helpful: z.boolean(), comment: z.string().nullable() }).nullable() });
export type CallDetail = z.infer<typeof CallDetail>;

/** UTC days, both inclusive; the last thirty unless given. */
export const SpendQuery = z
  .strictObject({ from: Day.optional(), to: Day.optional() })
  .refine(({ from, to }) => from === undefined || to === undefined || (from <= to && Date.parse(to) - Date.parse(from) <= 366 * 86_400_000), { path: ["to"], message: "This day must not be before the first one, nor a year after it." });
export type SpendQuery = z.output<typeof SpendQuery>;

const Sums = z.object({
  calls: z.number().int(),
  failures: z.number().int(),
  refusals: z.number().int(),
  cacheHits: z.number().int(),
  estimated: z.number().int(),
  unpriced: z.number().int(),
  chargedUsd: Usd,
  savedUsd: Usd,
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
});
export type SpendSums = z.infer<typeof Sums>;

export const Spend = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  total: Sums,
  /** Days with calls, the first first. */
  days: z.array(Sums.extend({ day: z.iso.date() })),
  /** Dearest first. */
  endpoints: z.array(Sums.extend({ endpoint: z.string() })),
  models: z.array(Sums.extend({ provider: z.string().nullable(), model: z.string().nullable() })),
  organisations: z.array(Sums.extend({ id: z.uuid().nullable(), name: z.string().nullable() })),
});
export type Spend = z.infer<typeof Spend>;
