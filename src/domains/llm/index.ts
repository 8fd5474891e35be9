export type { ModelEvent, ModelRequest } from "#domains/llm/schema.ts";
