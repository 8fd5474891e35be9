/** Made-up vectors that lie as embeddings of documents do: topics, documents about a topic, passages of a document. */
import { sql } from "kysely";
import { activateModel, addModel, adoptModel, vectorTable, vectorText, vectorType } from "#domains/knowledge/embedding-queries.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { randomNumbers } from "../statistics.ts";
import type { Model } from "./bench.ts";
import type { Store } from "./store.ts";

const name = "bench";
const dimensions = 384;
const topics = 200;
const topicsPerTenant = 20;
/**
 * Lengths of the random steps away from a topic, a document and a passage, whose own vectors have length 1. A passage's
 * own document is hardly nearer than others on the topic: were it, every search would find its ten passages with ease.
 */
const spread = { document: 0.4, passage: 0.9, question: 0.5 };
const vectorsPerStatement = 200;
const filler = system("bench");

/** Adds a model, indexed on a server, with a vector for each passage there is, and has searches use it; answers vectors a second as well. */
export async function fillVectors(store: Store): Promise<{ model: Model; rate: number }> {
  const model = await db.as(filler, async (tx) => adoptModel(tx, await addModel(tx, name, dimensions, true, store.engine === "server"), true));
  const random = randomNumbers(dimensions);
  const centres = Array.from({ length: topics }, () => step(null, 1, random));
  const corpora = await store.owner<{ id: number }>("select id from app.corpora order by id");
  let [written, seconds] = [0, 0];
  for (const corpus of corpora) {
    const passages = await store.owner<{ number: number; document_id: string }>(
      "select number, document_id from app.chunks where corpus_id = $1 order by document_id, position", [corpus.id]);
    const own = Array.from({ length: topicsPerTenant }, () => centres[Math.floor(random() * topics)] ?? null);
    const subjects = new Map<string, Float64Array>();
    for (let from = 0; from < passages.length; from += vectorsPerStatement) {
      const page = passages.slice(from, from + vectorsPerStatement);
      const made = page.map(({ document_id: document }) => {
        const subject = subjects.get(document) ?? step(own[Math.floor(random() * topicsPerTenant)] ?? null, spread.document, random);
        subjects.set(document, subject);
        return vectorText([...step(subject, spread.passage, random)]);
      });
      const started = performance.now();
      await db.as(filler, (tx) => sql`insert into ${vectorTable(model.id)} (corpus_id, number, embedding)
        select ${corpus.id}, number, vector::${vectorType(model)}
        from unnest(${page.map(({ number }) => number)}::int[], ${made}::text[]) as input (number, vector)`.execute(tx));
      seconds += (performance.now() - started) / 1_000;
      written += page.length;
    }
  }
  await db.as(filler, (tx) => activateModel(tx, model.id));
  return { model, rate: written / seconds };
}

/** The vector of a question that a passage answers. */
export function questionVector(passage: number[], random: () => number): number[] {
  return [...step(Float64Array.from(passage), spread.question, random)].map((value) => Number(value.toFixed(4)));
}

/** A random step of this length away from a point, brought back to length 1. */
function step(from: Float64Array | null, length: number, random: () => number): Float64Array {
  const scale = length / Math.sqrt(dimensions);
  const point = Float64Array.from({ length: dimensions }, (_, at) => (from?.[at] ?? 0) + scale * gaussian(random));
  const norm = Math.hypot(...point);
  return point.map((value) => value / norm);
}

/** Box and Muller. */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
