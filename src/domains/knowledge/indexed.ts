import { createHash } from "node:crypto";
import { storableText } from "#lib/storable-text.ts";
import { visibleText } from "#lib/visible-text.ts";
import { countTerms } from "./analyse.ts";
import { chunkMarkdown } from "./chunk.ts";
import { detectLanguage, type Language } from "./language.ts";
import type { DocumentInput, DocumentKey } from "./schema.ts";

/** Counts up whenever the same document would be indexed otherwise than before: documents of an older one are indexed anew. */
export const indexVersion = 2;

/** A passage as it goes into the index; names are those of app.chunks. */
export interface IndexedChunk {
  position: number;
  heading_path: string;
  anchor: string;
  content: string;
  start_offset: number;
  end_offset: number;
  length: number;
  title_terms: string[] | null;
  terms: string[];
  frequencies: number[];
}

/** A document as it goes into the index. */
export interface IndexedDocument {
  key: DocumentKey;
  title: string;
  url: string;
  language: Language;
  tags: string[];
  body: string;
  content_hash: string;
  updated_at: string;
  chunks: IndexedChunk[];
}

/** What a posting holds of how often a passage has a word. */
const highestFrequency = 63;

/** Cuts a document into passages and counts their words; pure and without a database. */
export function prepareDocument(document: DocumentInput): IndexedDocument {
  const { tenantId, source, sourceId } = document;
  const markdown = storableText(document.markdown);
  const url = storableText(document.url);
  const tags = document.tags.map(storableText);
  const questions = document.questions?.map(storableText) ?? [];
  const title = visibleText(document.title).trim();
  const language = document.language ?? detectLanguage(markdown) ?? detectLanguage(title) ?? "english";
  const named = [title, tags.join(", ")];
  return {
    key: { tenantId, source, sourceId },
    title,
    url,
    language,
    tags,
    body: markdown,
    content_hash: contentHash(document),
    updated_at: (document.updatedAt ?? new Date()).toISOString(),
    chunks: chunkMarkdown(markdown).map((chunk, position) => {
      const headings = chunk.headings.join(" › ");
      const asked = position === 0 ? questions : [];
      const { counts, length } = countTerms([...named, headings, chunk.content, ...asked], language);
      return {
        position,
        heading_path: headings,
        anchor: chunk.anchor,
        content: chunk.content,
        start_offset: chunk.start,
        end_offset: chunk.end,
        length,
        title_terms: position === 0 ? [...countTerms([title], language).counts.keys()] : null,
        terms: [...counts.keys()],
        frequencies: [...counts.values()].map((times) => Math.min(times, highestFrequency)),
      };
    }),
  };
}

/** Names what a document's index was made from: its content and the way of indexing. */
export function contentHash({ title, url, tags, questions, language, markdown }: DocumentInput): string {
  return createHash("sha256").update(JSON.stringify([indexVersion, title, url, tags, questions ?? [], language ?? null, markdown])).digest("hex");
}
