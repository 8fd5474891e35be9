import "server-only";

export { createBreaker } from "./breaker.ts";
export { configuredEmbedding, embed } from "./embedding.ts";
export { configuredModel, streamModel } from "./service.ts";
