import { isAppError } from "#lib/errors.ts";
import { system, type Principal } from "#platform/auth/principal.ts";
import { database } from "#platform/db/database.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { log } from "#platform/observability/log.ts";
import { configuredEmbedding, embed, refusalOf, withheldFromModels } from "#domains/llm/server.ts";
import * as queries from "./embedding-queries.ts";
import type { Embedded, StoredModel, UnembeddedPassage } from "./embedding-queries.ts";
import { forgetActiveModel, modelInput } from "./question-vectors.ts";

/** Passages that are read, embedded and written at once. */
const batchSize = 96;
/** Longer than what one batch may take: a process that died is followed by another after this. */
const leaseSeconds = 120;
/** For a batch, its repetitions included. */
const patience = { timeoutMs: 60_000, retries: 2 };
/** No search reads a retired model after this: they last seconds, and a process knows of a change within ten. */
const retiredMinutes = 10;
/** What an index of half-precision vectors holds (pgvector). */
const maxDimensions = 4_000;
const progressEveryMs = 10_000;
/** What every model gives a vector of. */
const control = "Tieline";
/** After which what its owner's budget had no room for is tried again. */
const overBudgetSeconds = 600;

const jobName = "knowledge.embed";
const worker = system(jobName);

export interface EmbedRun {
  signal: AbortSignal;
  /** From here on, no new batch is begun. */
  until: number;
}

export interface EmbedOutcome {
  embedded: number;
  /** Seconds after which to go on: something is left, or another process is at it. */
  againIn: number | null;
  model: string | null;
}

/**
 * The stored model that the configuration names, made where it is new; null when none is configured. Its dimensions are
 * those that are configured, else those of a vector made to see. Throws UPSTREAM_UNAVAILABLE.
 */
export async function prepareModel(signal?: AbortSignal): Promise<StoredModel | null> {
  const configured = configuredEmbedding();
  if (!configured) return null;
  const { model: name, dimensions } = configured;
  const asked = dimensions !== null;
  const known = await db.as(worker, (tx) => queries.findModel(tx, name, dimensions));
  if (known && known.state !== "retired" && known.dimensions_asked === asked) return known;
  const made = known?.dimensions ?? dimensions ?? (await embed(worker, [control], { ...patience, ...(signal ? { signal } : {}) }))[0]?.length ?? 0;
  if (made > maxDimensions) throw new Error(`${name} gives ${made} dimensions. Set EMBEDDING_DIMENSIONS to ${maxDimensions} or less`);
  const indexed = (await database()).engine === "server";
  return db.as(worker, async (tx) => queries.adoptModel(tx, await queries.addModel(tx, name, made, asked, indexed), asked));
}

/**
 * Embeds what the configured model lacks, in all corpora, and lets searches use it once nothing is missing; then drops
 * models that no search uses any more. One process at a time does this. Each batch is kept as it is done, so a run that
 * was broken off anywhere is taken up by the next. Throws UPSTREAM_UNAVAILABLE.
 */
export async function embedAll(run: EmbedRun): Promise<EmbedOutcome> {
  const model = await prepareModel(run.signal);
  const outcome = model ? await fillModel(model, run) : { embedded: 0, againIn: null, model: null };
  const gone = await db.as(worker, (tx) => queries.retireAbandoned(tx, model?.id ?? null, retiredMinutes));
  for (const { id, name } of gone) {
    await db.as(worker, (tx) => queries.dropModel(tx, id));
    log().info({ model: name }, "embedding model dropped");
  }
  return outcome;
}

/**
 * Embeds what one corpus lacks in the model that searches use; a model that is still being filled gets it from embedAll,
 * which comes back to what was added meanwhile. Throws UPSTREAM_UNAVAILABLE, unless the model is one of before, which the
 * endpoint need not know any more.
 */
export async function embedCorpus(corpusId: number, run: EmbedRun): Promise<EmbedOutcome> {
  const configured = configuredEmbedding();
  const model = configured && (await db.as(worker, queries.findActiveModel));
  if (!model) return { embedded: 0, againIn: null, model: null };
  try {
    return { ...(await embedMissing(model, corpusId, run)), model: model.name };
  } catch (error) {
    if (model.name === configured.model || !(isAppError(error) && error.code === "UPSTREAM_UNAVAILABLE")) throw error;
    log().warn({ err: error, model: model.name }, "the model in use embeds no more: new passages wait for the next model");
    return { embedded: 0, againIn: null, model: model.name };
  }
}

async function fillModel(model: StoredModel, run: EmbedRun): Promise<EmbedOutcome> {
  const wait = await db.as(worker, (tx) => queries.takeLease(tx, model.id, leaseSeconds));
  if (wait > 0) return { embedded: 0, againIn: wait, model: model.name };
  let embedded = 0;
  let active = model.state === "active";
  try {
    for (;;) {
      const pass = await embedMissing(model, null, run);
      embedded += pass.embedded;
      if (pass.againIn !== null) return { embedded, againIn: pass.againIn, model: model.name };
      if (pass.embedded > 0) continue;
      if (active) return { embedded, againIn: null, model: model.name };
      await db.as(worker, (tx) => queries.activateModel(tx, model.id));
      forgetActiveModel();
      active = true;
      log().info({ model: model.name, dimensions: model.dimensions }, "embedding model in use");
      // Once more: what was added before others could see that the model is active is nobody else's.
    }
  } finally {
    await db.as(worker, (tx) => queries.renewLease(tx, model.id, 0));
  }
}

/** One pass over the passages without a vector; `againIn` is null unless time ran out first, or somebody's budget did. */
async function embedMissing(model: StoredModel, corpusId: number | null, { signal, until }: EmbedRun): Promise<Pick<EmbedOutcome, "embedded" | "againIn">> {
  let after: queries.PassageKey = { corpus_id: 0, number: -1 };
  let embedded = 0;
  let againIn: number | null = null;
  let told = performance.now();
  for (;;) {
    signal.throwIfAborted();
    if (performance.now() > until) return { embedded, againIn: 0 };
    const passages = await db.as(worker, (tx) => queries.listUnembedded(tx, model.id, { corpusId, after, limit: batchSize }));
    const last = passages.at(-1);
    if (!last) return { embedded, againIn };
    // What its community keeps from models is found by its words; a later run takes it up once there is a consent.
    const withheld = await withheldFromModels([...new Set(passages.map(({ source }) => source))]);
    const made: Embedded[] = [];
    for (const [tenantId, own] of Map.groupBy(passages.filter(({ source }) => !withheld.has(source)), ({ tenant_id: owner }) => owner)) {
      try {
        made.push(...(await embedEach(model, own, system(jobName, tenantId), signal)));
      } catch (error) {
        // One organisation's budget holds up nobody else.
        if (!isAppError(error) || error.code !== "BUDGET_EXCEEDED") throw error;
        againIn = overBudgetSeconds;
      }
    }
    embedded += await db.as(worker, async (tx) => {
      if (corpusId === null) await queries.renewLease(tx, model.id, leaseSeconds);
      return queries.insertVectors(tx, model, made);
    });
    after = last;
    if (performance.now() - told > progressEveryMs) {
      told = performance.now();
      log().info({ model: model.name, embedded }, "embedding passages");
    }
  }
}

/**
 * Passages with their vectors. What an endpoint that is well refuses is asked in halves, down to the passages that are to
 * blame; those get the reason instead. So does an endpoint that takes less at once. Throws UPSTREAM_UNAVAILABLE when it
 * isn't the passages.
 */
async function embedEach(model: StoredModel, passages: UnembeddedPassage[], payer: Principal, signal: AbortSignal, well = false): Promise<Embedded[]> {
  const asked = { model: model.name, dimensions: model.dimensions_asked ? model.dimensions : null };
  const options = { ...patience, signal, model: asked, length: model.dimensions };
  try {
    const vectors = await embed(payer, passages.map(vectorInput), options);
    return passages.map((passage, at) => ({ ...passage, vector: vectors[at] ?? [], refused: null }));
  } catch (error) {
    const refused = refusalOf(error);
    if (refused === null) throw error;
    // An endpoint that refuses everything would leave nothing to embed.
    if (!well) await embed(worker, [control], options);
    if (passages.length > 1) {
      const half = Math.ceil(passages.length / 2);
      const first = await embedEach(model, passages.slice(0, half), payer, signal, true);
      return [...first, ...(await embedEach(model, passages.slice(half), payer, signal, true))];
    }
    return passages.map((passage) => {
      log().warn({ model: model.name, corpusId: passage.corpus_id, passage: passage.number, reason: refused }, "a passage stays without a vector");
      return { ...passage, vector: null, refused };
    });
  }
}

/** What a passage's vector is made from. */
function vectorInput({ title, heading_path, content }: UnembeddedPassage): string {
  return modelInput([title, heading_path, content].filter((part) => part !== "").join("\n"));
}
