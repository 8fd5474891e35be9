import type { CallEntry, CallOutcomeName } from "../ledger/ledger-schema.ts";
import type { LlmEndpoint } from "../schema.ts";
import type { Usage } from "../usage.ts";

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
