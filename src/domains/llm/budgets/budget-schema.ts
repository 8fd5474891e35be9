import { z } from "zod";
import { RowVersion } from "#platform/http/row-version.ts";
import { type CallEntry, type CallOutcomeName, Usd } from "../ledger/ledger-schema.ts";
import { type LlmEndpoint, providerNames } from "../schema.ts";
import type { Usage } from "../usage.ts";

export const budgetPeriods = ["day", "month"] as const;
/** Callers that have a quota. */
export const quotaKinds = ["anonymous", "user", "member", "key"] as const;

export interface ReserveRequest {
  /** UUIDv7, made when the call begins: its time says which day and month the call belongs to. */
  callId: string;
  provider: string;
  model: string;
  endpoint: LlmEndpoint;
  /** The most that the call can cost, exact (mostItCanCost); null for a model without a price, which only a used-up budget refuses. */
  mostUsd: string | null;
  /** Longer than the call may take: afterwards it is charged the most. */
  leaseMs: number;
  /** What a visitor's daily quota is counted by. */
  address?: string;
  /** True for a further request of a call that the daily quota has counted. */
  counted?: boolean;
}

/** What is held for a call that runs. */
export interface Reservation extends Pick<CallEntry, "tenantId" | "principalKind" | "principalId"> {
  callId: string;
  endpoint: LlmEndpoint;
  provider: string;
  model: string;
  reservedUsd: string | null;
}

/** What became of a call that room was reserved for. */
export interface CallOutcome extends Partial<Pick<CallEntry, "errorCode" | "promptId" | "promptVersion" | "firstTokenMs" | "redactionSummary" | "policyCategory" | "traceId" | "savedUsd">> {
  outcome: CallOutcomeName;
  durationMs: number;
  /** The one that answered in the end, and the model as it names itself; what was reserved for unless given. */
  provider?: string;
  model?: string;
  /** As the provider told it, null when it told none. */
  usage: Usage | null;
  serviceTier: string | null;
  /** False when no provider can have begun to answer: then the call cost nothing. */
  reachedModel: boolean;
}

const limitUsd = z.string().trim().regex(/^\d{1,9}(\.\d{1,6})?$/, "Write an amount in US dollars such as 25 or 0.50.");

/** What may be spent in a UTC day or month; without an organisation by everybody, without a provider at all of them. */
export const Budget = z.object({
  id: z.uuid(),
  organisation: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  provider: z.string().nullable(),
  period: z.enum(budgetPeriods),
  limitUsd: Usd,
  enabled: z.boolean(),
  version: z.number().int(),
  updatedAt: z.iso.datetime(),
  /** Of the running period: settled, and held for calls that run. */
  spentUsd: Usd,
  reservedUsd: Usd,
});
export type Budget = z.infer<typeof Budget>;

/** Calls a day that each caller of a kind may make. */
export const LlmQuota = z.object({ kind: z.enum(quotaKinds), callsPerDay: z.number().int(), version: z.number().int(), updatedAt: z.iso.datetime() });
export type LlmQuota = z.infer<typeof LlmQuota>;

export const BudgetList = z.object({ budgets: z.array(Budget), quotas: z.array(LlmQuota) });
export type BudgetList = z.infer<typeof BudgetList>;

export const BudgetParams = z.object({ id: z.uuid() });
export const BudgetCreate = z.strictObject({ organisationId: z.uuid().nullable(), provider: z.enum(providerNames).nullable(), period: z.enum(budgetPeriods), limitUsd });
export type BudgetCreate = z.infer<typeof BudgetCreate>;

/** `version` is the one that the editor knows: a change based on an older one is refused. */
export const BudgetChange = z.strictObject({ version: RowVersion, limitUsd, enabled: z.boolean() });
export type BudgetChange = z.infer<typeof BudgetChange>;
export const BudgetDeleteQuery = z.strictObject({ version: z.coerce.number().pipe(RowVersion) });

export const QuotaParams = z.object({ kind: z.enum(quotaKinds) });
export const QuotaChange = z.strictObject({ version: RowVersion, callsPerDay: z.number().int().min(0).max(10_000_000) });
export type QuotaChange = z.infer<typeof QuotaChange>;
