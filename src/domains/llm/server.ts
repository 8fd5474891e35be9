import "server-only";

export { configuredModel, streamModel } from "#domains/llm/service.ts";
