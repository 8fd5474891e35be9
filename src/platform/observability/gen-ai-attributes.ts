/**
 * Names of OpenTelemetry's conventions for generative AI (status: development) and of Langfuse, in one place: both still change.
 * What begins with `langfuse.` goes to Langfuse alone (trace-exporters.ts), and only there stand texts, which are redacted.
 */
export const genAi = {
  operation: "gen_ai.operation.name",
  provider: "gen_ai.provider.name",
  requestModel: "gen_ai.request.model",
  requestMaxTokens: "gen_ai.request.max_tokens",
  responseModel: "gen_ai.response.model",
  finishReasons: "gen_ai.response.finish_reasons",
  inputTokens: "gen_ai.usage.input_tokens",
  outputTokens: "gen_ai.usage.output_tokens",
  cachedTokens: "gen_ai.usage.cache_read.input_tokens",
  errorType: "error.type",
} as const;

/** Facts that the conventions have no name for. */
export const tieline = {
  endpoint: "tieline.llm.endpoint",
  callId: "tieline.llm.call_id",
  promptId: "tieline.llm.prompt.id",
  promptVersion: "tieline.llm.prompt.version",
  outcome: "tieline.llm.outcome",
  cached: "tieline.llm.cached",
  costUsd: "tieline.llm.cost_usd",
  firstTokenMs: "tieline.llm.time_to_first_token_ms",
  redactions: "tieline.redactions",
  policyCategory: "tieline.policy.category",
  passages: "tieline.retrieval.passages",
  searched: "tieline.retrieval.searched",
  retrievalMode: "tieline.retrieval.mode",
  questions: "tieline.retrieval.questions",
  statements: "tieline.retrieval.statements",
} as const;

export const langfuse = {
  type: "langfuse.observation.type",
  input: "langfuse.observation.input",
  output: "langfuse.observation.output",
  level: "langfuse.observation.level",
  statusMessage: "langfuse.observation.status_message",
  model: "langfuse.observation.model.name",
  usage: "langfuse.observation.usage_details",
  cost: "langfuse.observation.cost_details",
  completionStart: "langfuse.observation.completion_start_time",
  promptName: "langfuse.observation.prompt.name",
  promptVersion: "langfuse.observation.prompt.version",
} as const;

/** A vendor as `gen_ai.provider.name` calls it. */
export const providerNameOf: Record<"openai" | "anthropic" | "google", string> = { openai: "openai", anthropic: "anthropic", google: "gcp.gemini" };
