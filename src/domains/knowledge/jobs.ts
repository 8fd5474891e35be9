import { z } from "zod";
import { system } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { defineJob, enqueue } from "#platform/queue/queue.ts";
import { configuredEmbedding } from "#domains/llm/server.ts";
import { embedAll, embedCorpus } from "./embeddings.ts";

/** A run ends before the queue takes its process for dead (15 minutes); the next goes on. */
const runMs = 10 * 60_000;

const EmbedData = z.object({
  /** All of them unless given. */
  corpusId: z.number().int().optional(),
});
type EmbedData = z.infer<typeof EmbedData>;

/** Gives passages their vectors: soon after they were indexed, and every ten minutes what was missed. */
export const embedPassages = defineJob<EmbedData>({
  name: "knowledge.embed",
  data: EmbedData,
  schedule: "*/10 * * * *",
  retries: 5,
  single: true,
  async handle(data, signal) {
    const run = { signal, until: performance.now() + runMs };
    const { againIn, ...outcome } = data.corpusId === undefined ? await embedAll(run) : await embedCorpus(data.corpusId, run);
    if (againIn !== null) await db.as(system("knowledge.embed"), (tx) => put(tx, data, againIn));
    return { ...outcome, againIn };
  },
});

/** Has a corpus's new passages embedded once the caller's unit of work commits, where a model is configured. */
export async function wantVectors(tx: Tx, corpusId: number): Promise<void> {
  if (configuredEmbedding() !== null) await put(tx, { corpusId });
}

/** Has everything that lacks a vector embedded now: for a start, which may bring another model. */
export async function wantAllVectors(): Promise<void> {
  if (configuredEmbedding() !== null) await db.as(system("knowledge.embed"), (tx) => put(tx, {}));
}

function put(tx: Tx, data: EmbedData, delaySeconds = 0): Promise<string> {
  return enqueue(tx, embedPassages, data, { delaySeconds, ...(data.corpusId === undefined ? {} : { key: String(data.corpusId) }) });
}
