export type { Language } from "./language.ts";
export type {
  DocumentInput, DocumentKey, Passage, QuestionTerm, Retrieval, RetrievalFilter, RetrievalMode, Retrieved, RetrieveOptions,
} from "./schema.ts";
