import type { Language } from "./language.ts";

/** Names a document: where it comes from, such as "help", and its id there, unique within the source and the tenant. */
export interface DocumentKey {
  /** null for public content. */
  tenantId: string | null;
  source: string;
  sourceId: string;
}

export interface DocumentInput extends DocumentKey {
  title: string;
  /** Path of the page that shows the document. */
  url: string;
  /** Searched for like words of the text, and to filter by. */
  tags: string[];
  /** Questions that it answers, in readers' own words: found by them as by its text, never quoted. */
  questions?: string[];
  /** Told by the text unless given. */
  language?: Language;
  markdown: string;
  /** When the content last changed; now unless given. */
  updatedAt?: Date;
}

/** How passages were found: by words alone, by words and meaning, or by words alone because the meaning couldn't be had. */
export const retrievalModes = ["keyword", "hybrid", "degraded"] as const;
export type RetrievalMode = (typeof retrievalModes)[number];

/** Which documents may be found; what is absent doesn't restrict. */
export interface RetrievalFilter {
  sources?: string[];
  /** At least one of these. */
  tags?: string[];
  languages?: Language[];
  updatedFrom?: Date;
  /** Exclusive. */
  updatedBefore?: Date;
}

export interface RetrieveOptions {
  /** Passages a question, at most. */
  limit: number;
  filter?: RetrievalFilter;
  /** The caller's: ends what is asked of an embedding endpoint. */
  signal?: AbortSignal;
}

export interface Passage {
  /** Names the passage among all that the reader may see. */
  id: string;
  source: string;
  sourceId: string;
  title: string;
  language: Language;
  /** The document's page with the section as fragment. */
  url: string;
  /** Innermost heading of the section, null for the opening. */
  heading: string | null;
  content: string;
  updatedAt: Date;
  /** Place among the question's passages, from 1. */
  rank: number;
  /** Fused score of the rankings, to compare within one question only. */
  score: number;
  /** Share that the passage reaches of the highest BM25 score the question could have in its corpus, 0–1; 0 when found by meaning alone. */
  match: number;
  /** Cosine similarity of its vector and the question's; null where it wasn't near by meaning. */
  similarity: number | null;
}

/** A word of a question as the index knows it. */
export interface QuestionTerm {
  /** Every spelling that was searched for, a corrected one included. */
  terms: string[];
  /** What finding it is worth: its inverse document frequency in the corpus where it is rarest, times how often it is said. */
  worth: number;
  /** False when no visible document holds it. */
  known: boolean;
}

export interface Retrieval {
  question: string;
  language: Language;
  terms: QuestionTerm[];
  /** Best first. */
  passages: Passage[];
  /** False when the passages say too little about the question to answer it from them. */
  answerable: boolean;
}

/** What one statement found for all questions of a request. */
export interface Retrieved {
  mode: RetrievalMode;
  /** One a question, in the order asked; questions that only differ in case or white space share one. */
  retrievals: Retrieval[];
  /** Passages that the principal may see. */
  searched: number;
  /** SQL statements that it took. */
  statements: number;
  /** Names the state of every corpus that was searched: whatever changes them changes it. */
  version: string;
}
