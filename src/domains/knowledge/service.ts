import { createHash } from "node:crypto";
import type { Principal } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { chunkMarkdown } from "./chunk.ts";
import * as queries from "./queries.ts";
import type { DocumentInput, Passage, Retrieval, RetrieveOptions } from "./schema.ts";

/** Indexes a document inside the caller's unit of work: found from the moment that it commits, and not before. */
export async function indexDocument(tx: Tx, document: DocumentInput): Promise<void> {
  const contentHash = createHash("sha256").update(JSON.stringify(document)).digest("hex");
  await queries.writeDocument(tx, document, contentHash, chunkMarkdown(document.markdown));
}

/** Takes a document out of the index inside the caller's unit of work; answers whether there was one. */
export function removeDocument(tx: Tx, key: Pick<DocumentInput, "tenantId" | "source" | "sourceId">): Promise<boolean> {
  return queries.removeDocument(tx, key);
}

/**
 * Finds the best passages for one to twenty questions in one statement, within what the principal may see. Answers one
 * retrieval a question, in order, and how many passages were searched.
 */
export async function retrieve(
  principal: Principal,
  questions: string[],
  options: RetrieveOptions,
): Promise<{ searched: number; retrievals: Retrieval[] }> {
  const rows = await db.as(principal, (tx) => queries.findPassages(tx, questions, options));
  const retrievals = questions.map((question): Retrieval => ({ question, lexemes: [], passages: [] }));
  for (const row of rows) {
    const retrieval = retrievals[row.question_index];
    if (!retrieval) continue;
    retrieval.lexemes = row.lexemes;
    if (row.passage) retrieval.passages.push(toPassage(row.passage));
  }
  return { searched: rows[0]?.searched ?? 0, retrievals };
}

function toPassage(row: Omit<Passage, "updatedAt" | "heading"> & { heading: string; updatedAt: string }): Passage {
  return { ...row, heading: row.heading.split(" › ").at(-1) || null, updatedAt: new Date(row.updatedAt) };
}

/** Stems of each text as the index holds them, to compare sentences with a question. */
export function stem(principal: Principal, texts: string[]): Promise<string[][]> {
  return db.as(principal, (tx) => queries.lexemesOf(tx, texts));
}
