export type { GatewayEvent, LlmCall } from "./gateway/call.ts";
export type { GovernedDataset } from "./policy/governance.ts";
export { definePrompt, type Prompt, type PromptVersion } from "./prompts/prompt.ts";
export { llmEndpoints, providerNames } from "./schema.ts";
export type { EmbeddingModel, EmbedOptions, Finish, JsonSchema, LlmEndpoint, ModelEvent, ModelRequest, Provider, ProviderEvent, ProviderName } from "./schema.ts";
export { completionTokens, promptTokens, Usage, usageBuckets, type UsageBucket } from "./usage.ts";
export type { JsonValue } from "#platform/security/redaction/redact.ts";
export { CallEntry, CallFeedbackRequest, CallHistory, CallHistoryQuery, LoggedCall } from "./ledger/ledger-schema.ts";
