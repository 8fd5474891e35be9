export type { DocumentInput, DocumentSource, Passage, Retrieval, RetrieveOptions } from "#domains/knowledge/schema.ts";
