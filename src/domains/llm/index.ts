export type { EmbeddingModel, EmbedOptions, ModelEvent, ModelRequest } from "./schema.ts";
