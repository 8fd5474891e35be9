export type { GatewayEvent, LlmCall } from "./gateway/call.ts";
export type { GovernedDataset } from "./policy/governance.ts";
export { definePrompt, type Prompt, type PromptVersion } from "./prompts/prompt.ts";
export type { EmbeddingModel, EmbedOptions, ModelEvent, ModelRequest } from "./schema.ts";
export type { JsonValue } from "#platform/security/redaction/redact.ts";
