/** Questions with their vectors, and the product's ways to ask them. */
import { sql } from "kysely";
import { forgetQuestionVectors, withVectors } from "#domains/knowledge/question-vectors.ts";
import { search, searchSettings, searchStatement, type SearchInput } from "#domains/knowledge/search-queries.ts";
import { retrieve } from "#domains/knowledge/server.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { withEnvironment } from "../../support/environment.ts";
import { randomNumbers } from "../statistics.ts";
import type { Bench, Model, Tenant } from "./bench.ts";
import { questionVector } from "./vectors.ts";

export interface Question {
  text: string;
  vector: number[];
}

/** By words alone, or by words and vectors. */
export const ways = ["keyword", "hybrid"] as const;
export type Way = (typeof ways)[number];

export const passagesPerQuestion = 10;
const wordsPerQuestion = 8;

/**
 * Questions that passages of the tenant answer: eight words of one in a row, and a vector close to its own, which the
 * endpoint knows from now on.
 */
export async function drawQuestions({ store, model, endpoint }: Bench, tenant: Tenant, count: number): Promise<Question[]> {
  const random = randomNumbers(tenant.corpusId);
  const numbers = Array.from({ length: count }, () => Math.floor(random() * tenant.chunks));
  const passages = await store.owner<{ number: number; content: string; embedding: string }>(
    `select number, content, embedding::text from app.chunks join app.chunk_embeddings_${model.id} using (corpus_id, number)
      where corpus_id = $1 and number = any ($2)`, [tenant.corpusId, numbers]);
  const byNumber = new Map(passages.map((passage) => [passage.number, passage]));
  return numbers.map((number) => {
    const passage = byNumber.get(number);
    if (!passage) throw new Error(`Passage ${tenant.corpusId}:${number} has no vector`);
    const words = passage.content.split(/\s+/);
    const first = Math.floor(random() * Math.max(1, words.length - wordsPerQuestion));
    const text = `What is known about ${words.slice(first, first + wordsPerQuestion).join(" ").replaceAll(".", "")}?`;
    const vector = questionVector(JSON.parse(passage.embedding) as number[], random);
    endpoint.vectors.set(text, vector);
    return { text, vector };
  });
}

/** Runs `work` with the product configured for one way of searching, and no vector of a question known to it yet. */
export async function configured<T>(way: Way, { model, endpoint }: Bench, work: () => Promise<T>): Promise<T> {
  const none = { EMBEDDING_MODEL: undefined, EMBEDDING_DIMENSIONS: undefined, EMBEDDING_BASE_URL: undefined, EMBEDDING_API_KEY: undefined };
  const hybrid = { EMBEDDING_MODEL: model.name, EMBEDDING_DIMENSIONS: String(model.dimensions), EMBEDDING_BASE_URL: endpoint.baseUrl };
  const restore = withEnvironment({ ...none, ...(way === "hybrid" ? hybrid : {}) });
  forgetQuestionVectors();
  try {
    return await work();
  } finally {
    restore();
  }
}

/** Has the product learn the vectors of a tenant's questions beforehand, where it is configured to use any. */
export async function learnVectors({ member }: Tenant, questions: Question[]): Promise<void> {
  await withVectors(member, questions.map(({ text }) => text), AbortSignal.any([]), () => Promise.resolve());
}

/** Asks as a member of the tenant. Throws when the product searched in another way than the one configured. */
export async function ask(way: Way, { member }: Tenant, questions: Question[]): Promise<void> {
  const { mode } = await retrieve(member, questions.map(({ text }) => text), { limit: passagesPerQuestion });
  if (mode !== way) throw new Error(`The search was ${mode}, not ${way}`);
}

/** The ids of the passages nearest to each question by vector alone: the product's search without any word. */
export async function searchByVector({ member }: Tenant, model: Model, questions: Question[], settings: Record<string, string> = {}): Promise<string[][]> {
  const { passages } = await db.as(member, (tx) => search(tx, byVector(model, questions)), { ...searchSettings, ...settings });
  return questions.map((_, index) =>
    passages.filter(({ matches }) => matches.some(({ question }) => question === index)).map((found) => `${found.corpus_id}:${found.number}`),
  );
}

/** Whether Postgres answers the same by the index over the tenant's part of the vectors, rather than by reading all of its own. */
export async function usesVectorIndex({ store, model }: Bench, { member, corpusId }: Tenant, questions: Question[], settings: Record<string, string> = {}): Promise<boolean> {
  const [part] = await store.owner<{ name: string }>(
    `select relname as name from pg_class where oid = (select tableoid from app.chunk_embeddings_${model.id} where corpus_id = $1 limit 1)`, [corpusId]);
  const explain = sql<Record<string, string>>`explain (analyze, costs off, timing off) ${searchStatement(byVector(model, questions))}`;
  const { rows } = await db.as(member, (tx) => explain.execute(tx), { ...searchSettings, ...settings });
  const lines = rows.flatMap((row) => Object.values(row));
  return lines.some((line) => line.includes(`using ${part?.name ?? ""}_embedding_idx `) && !line.includes("never executed"));
}

function byVector(model: Model, questions: Question[]): SearchInput {
  const of = questions.map(({ vector }, question) => ({ question, vector }));
  return { slots: [], languages: questions.map(() => null), vectors: { model, of }, limit: passagesPerQuestion, filter: {} };
}

/** Statements that a member's search sends, beyond those of a unit of work that does nothing. */
export async function countStatements({ member }: Tenant, work: () => Promise<unknown>): Promise<number> {
  const counted = async (counting: () => Promise<unknown>) => {
    const total = async () => (await metrics().dbStatements.get()).values[0]?.value ?? 0;
    const before = await total();
    await counting();
    return (await total()) - before;
  };
  return (await counted(work)) - (await counted(() => db.as(member, () => Promise.resolve())));
}
