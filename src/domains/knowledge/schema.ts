/** Where a document comes from; its id there is unique within the source and the tenant. */
export type DocumentSource = "help";

export interface DocumentInput {
  /** null for public content. */
  tenantId: string | null;
  source: DocumentSource;
  sourceId: string;
  title: string;
  /** Path of the page that shows the document. */
  url: string;
  /** Words that should be found though the text doesn't hold them, such as tags. */
  keywords: string[];
  markdown: string;
}

export interface Passage {
  chunkId: number;
  source: DocumentSource;
  sourceId: string;
  title: string;
  /** The document's page with the section as fragment. */
  url: string;
  /** Innermost heading of the section, null for the opening. */
  heading: string | null;
  content: string;
  updatedAt: Date;
  /** ts_rank, 0–1, plus 1 for the opening of a document that the question asks for by its title; comparable within one question only. */
  score: number;
  /** Share of the question's distinct words (stems) that the passage holds, 0–1. */
  coverage: number;
}

export interface Retrieval {
  question: string;
  /** Stems of the question without stop words. */
  lexemes: string[];
  passages: Passage[];
}

export interface RetrieveOptions {
  /** Passages a question, at most. */
  limit: number;
  source?: DocumentSource;
}
