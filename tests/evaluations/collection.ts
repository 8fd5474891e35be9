/** Reads a retrieval collection in BEIR's layout: corpus.jsonl, queries.jsonl and qrels/test.tsv. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { lineError, readJsonLines, readLines } from "./lines.ts";

const Id = z.union([z.string().min(1), z.number().transform(String)], "is neither a string nor a number");
const CorpusLine = z.object({ _id: Id, title: z.string().nullish(), text: z.string() });
const QueryLine = z.object({ _id: Id, text: z.string() });

export interface CollectionDocument {
  id: string;
  /** "" where it has none. */
  title: string;
  text: string;
}

export interface CollectionQuery {
  id: string;
  text: string;
  /** Grade by document, those of 0 included. */
  grades: Map<string, number>;
}

export interface Collection {
  /** Those with at least one relevant document, in the order of queries.jsonl. */
  queries: CollectionQuery[];
  /** Ids of queries that qrels/test.tsv has relevant documents for and queries.jsonl hasn't. */
  unknown: string[];
  /** All documents, in batches, each read when it is asked for. */
  documents(batchSize: number): AsyncGenerator<CollectionDocument[]>;
}

/** Opens a collection; throws with file, line and what to do where it isn't one. */
export async function openCollection(folder: string): Promise<Collection> {
  const there = await stat(folder).catch(() => undefined);
  if (!there?.isDirectory()) throw new Error(`${folder} isn't a folder. Name one that holds corpus.jsonl, queries.jsonl and qrels/test.tsv.`);
  const judgements = await readJudgements(join(folder, "qrels", "test.tsv"));
  const queries: CollectionQuery[] = [];
  const seen = new Set<string>();
  const path = join(folder, "queries.jsonl");
  for await (const { number, value } of readJsonLines(path, QueryLine)) {
    if (seen.has(value._id)) throw lineError(path, number, `the query ${value._id} is there already. Give each its own "_id".`);
    seen.add(value._id);
    const grades = judgements.get(value._id);
    if (grades && hasRelevant(grades)) queries.push({ id: value._id, text: value.text, grades });
  }
  if (queries.length === 0) {
    throw new Error(`${folder}: no query of queries.jsonl has a relevant document in qrels/test.tsv. Check that their ids agree.`);
  }
  const unknown = [...judgements].filter(([id, grades]) => !seen.has(id) && hasRelevant(grades)).map(([id]) => id);
  return { queries, unknown, documents: (batchSize) => readCorpus(join(folder, "corpus.jsonl"), batchSize) };
}

async function* readCorpus(path: string, batchSize: number): AsyncGenerator<CollectionDocument[]> {
  const seen = new Set<string>();
  let batch: CollectionDocument[] = [];
  for await (const { number, value } of readJsonLines(path, CorpusLine)) {
    if (seen.has(value._id)) throw lineError(path, number, `the document ${value._id} is there already. Give each its own "_id".`);
    seen.add(value._id);
    batch.push({ id: value._id, title: value.title ?? "", text: value.text });
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
  if (seen.size === 0) throw new Error(`${path} holds no document. Put one JSON object on each line.`);
}

/** Grades by query and document. A first line whose score isn't a number is the header. */
async function readJudgements(path: string): Promise<Map<string, Map<string, number>>> {
  const judgements = new Map<string, Map<string, number>>();
  let first = true;
  for await (const { number, text } of readLines(path)) {
    const cells = text.split("\t").map((cell) => cell.trim());
    const [query = "", document = "", score = ""] = cells;
    const grade = /^[-+]?\d+(\.\d+)?$/.test(score) ? Number(score) : undefined;
    const isHeader = first && cells.length === 3 && grade === undefined;
    first = false;
    if (isHeader) continue;
    if (cells.length !== 3 || query === "" || document === "" || grade === undefined) {
      throw lineError(path, number, "isn't a judgement. Write query-id, corpus-id and a number, parted by tabs.");
    }
    let grades = judgements.get(query);
    if (!grades) judgements.set(query, (grades = new Map()));
    grades.set(document, grade);
  }
  return judgements;
}

function hasRelevant(grades: Map<string, number>): boolean {
  return [...grades.values()].some((grade) => grade > 0);
}
