import type { Principal } from "#platform/auth/principal.ts";
import type { TraceSpan } from "#platform/observability/tracing.ts";
import type { JsonValue } from "#platform/security/redaction/redact.ts";
import type { GovernedDataset } from "#domains/llm/policy/governance.ts";
import type { Prompt } from "#domains/llm/prompts/prompt.ts";
import type { LlmEndpoint } from "#domains/llm/schema.ts";
import type { Usage } from "#domains/llm/usage.ts";

/** What a use case asks of a model. */
export interface LlmCall {
  endpoint: LlmEndpoint;
  prompt: Prompt;
  /** The user's side: what comes from outside, sent as JSON and redacted. */
  input: JsonValue;
  maxOutputTokens: number;
  principal: Principal;
  /** The client's, where nobody is signed in. */
  address: string;
  signal: AbortSignal;
  /** What the policy reads: the person's own words, never the passages. Without one nothing is judged. */
  question?: string;
  /** What the same person asked before, oldest first. */
  earlier?: readonly string[];
  /** True where refuseHarm has let the question through. */
  judged?: boolean;
  /** Data that goes into the input: what is governed needs the consent of its steward. */
  datasets?: readonly GovernedDataset[];
  /** Whether an equal call of the same organisation may be answered with this one's answer. */
  cacheable: boolean;
  /** State of the data that the input was made from: an answer from another state isn't given again. */
  corpusVersion?: string;
  /** Whether an answer, as the reader would get it, is worth giving to the next one who asks the same; any unless given. */
  worthKeeping?: (answer: string) => boolean;
  /** The piece of work that the call is a piece of; a trace of its own unless given. */
  span?: TraceSpan;
}

/** What a call yields: text as it may be shown, and once, before its end, the facts of the call. */
export type GatewayEvent =
  | { type: "text"; text: string }
  | {
      type: "end";
      /** The call's row in the books. */
      callId: string;
      model: string;
      /** Null when the provider didn't tell, and for an answer from the cache. */
      usage: Usage | null;
      /** False when the model was cut off: by its limit of tokens, or without saying that it had finished. */
      finished: boolean;
      cached: boolean;
    };
