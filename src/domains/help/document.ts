import type { DocumentInput, DocumentKey } from "#domains/knowledge/index.ts";
import type { HelpContent } from "./edit-schema.ts";

/** Names an entry in the search index. */
export function documentKey(id: string): DocumentKey {
  return { tenantId: null, source: "help", sourceId: id };
}

/** A published entry as the search index takes it. */
export function toDocument(
  entry: { id: string; updatedAt: Date } & Pick<HelpContent, "title" | "tags" | "questions" | "body"> & { language: string },
): DocumentInput {
  const { id, title, tags, questions, language, body, updatedAt } = entry;
  return { ...documentKey(id), title, url: `/help/${id}`, tags, questions, language: language === "fr" ? "french" : "english", markdown: body, updatedAt };
}
