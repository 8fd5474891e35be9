export type { DocumentInput, DocumentSource, Passage, Retrieval, RetrieveOptions } from "./schema.ts";
