import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen, isBrokenCircuitError } from "cockatiel";
import { LRUCache } from "lru-cache";
import { wholeCodePoints } from "#lib/code-points.ts";
import { isAppError } from "#lib/errors.ts";
import { processWide } from "#lib/process-wide.ts";
import { anonymous, system, tenantOf, type Principal } from "#platform/auth/principal.ts";
import { memoryKey } from "#platform/cache/memory-key.ts";
import { errorCodeOf } from "#platform/db/errors.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { log } from "#platform/observability/log.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { configuredEmbedding, embed } from "#domains/llm/server.ts";
import { findActiveModel, type StoredModel } from "./embedding-queries.ts";
import { normaliseQuestion } from "./question.ts";
import type { RetrievalMode } from "./schema.ts";
import type { SearchInput } from "./search-queries.ts";
import { tokensOf } from "./tokens.ts";

type Vectors = NonNullable<SearchInput["vectors"]>;

/** How long another process's change of model goes unnoticed. */
const knownForMs = 10_000;
/** Of a question, or of a passage with its title and headings: what the smallest usual models read. */
const maxTokens = 500;
/** SQLSTATE of a table that isn't there. */
const undefinedTable = "42P01";

const state = processWide("question-vectors", () => ({
  active: null as StoredModel | null,
  knownUntil: 0,
  vectors: new LRUCache<string, number[]>({ max: 1_000 }),
  breaker: newBreaker(),
}));

/** Leaves an endpoint alone that failed three times in a row, until one question's try succeeds. */
function newBreaker() {
  const isAway = (error: unknown) => isAppError(error) && error.code === "UPSTREAM_UNAVAILABLE";
  return circuitBreaker(handleWhen(isAway), { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(3) });
}

/** Asks the database anew which model is in use: to be called when it changes. */
export function forgetActiveModel(): void {
  state.knownUntil = 0;
}

/** Forgets vectors and failures as well, for tests that change the endpoint beneath. */
export function forgetQuestionVectors(): void {
  forgetActiveModel();
  state.vectors.clear();
  state.breaker = newBreaker();
}

/**
 * Runs a search with the questions' vectors where they can be had, and says how it was done: without a configured or a
 * filled model "keyword"; when the endpoint is slow, refuses or gives nothing to rely on, or the model's table is gone,
 * "degraded". The endpoint is asked before the search, for all questions at once, and holds no transaction open. Throws
 * what the search throws; DATABASE_UNAVAILABLE; the signal's reason while the endpoint is asked.
 *
 * `model` is the stored model that was taken for the one in use, degraded or not, null for none. It is part of what a
 * finding depends on: a process learns of another model later than the corpora's versions change.
 */
export async function withVectors<T>(principal: Principal, questions: string[], signal: AbortSignal, search: (vectors: Vectors | null) => Promise<T>): Promise<{ mode: RetrievalMode; model: number | null; found: T }> {
  const known = await activeModel();
  const model = known?.id ?? null;
  const { mode, vectors } = await questionVectors(principal, known, questions, signal);
  try {
    return { mode, model, found: await search(vectors) };
  } catch (error) {
    if (vectors === null || errorCodeOf(error) !== undefinedTable) throw error;
    forgetActiveModel();
    return { mode: "degraded", model, found: await search(null) };
  }
}

/** The stored model that a search would use now, null for none. Throws DATABASE_UNAVAILABLE. */
export async function searchModel(): Promise<number | null> {
  return (await activeModel())?.id ?? null;
}

/** A text as a model is asked for its vector: no longer than it reads. */
export function modelInput(text: string): string {
  if (tokensOf(text) <= maxTokens) return text;
  let [fits, exceeds] = [0, text.length];
  while (exceeds - fits > 1) {
    const middle = (fits + exceeds) >> 1;
    if (tokensOf(text.slice(0, middle)) <= maxTokens) fits = middle;
    else exceeds = middle;
  }
  return text.slice(0, wholeCodePoints(text, fits));
}

async function questionVectors(principal: Principal, model: StoredModel | null, questions: string[], signal: AbortSignal): Promise<{ mode: RetrievalMode; vectors: Vectors | null }> {
  if (model === null) return { mode: "keyword", vectors: null };
  const keys = questions.map((question) => memoryKey([tenantOf(principal), model.name, model.dimensions, normaliseQuestion(question)]));
  const known = keys.map((key) => state.vectors.get(key));
  const missing = keys.flatMap((_, at) => (known[at] ? [] : [at]));
  metrics().modelCacheLookups.inc({ endpoint: "embed", result: "hit" }, keys.length - missing.length);
  metrics().modelCacheLookups.inc({ endpoint: "embed", result: "miss" }, missing.length);
  if (missing.length > 0) {
    const made = await ask(principal, model, missing.map((at) => modelInput(questions[at] ?? "")), signal);
    if (made === null) return { mode: "degraded", vectors: null };
    for (const [place, at] of missing.entries()) {
      known[at] = made[place];
      state.vectors.set(keys[at] ?? "", made[place]);
    }
  }
  const of = known.flatMap((vector, question) => (vector ? [{ question, vector }] : []));
  return { mode: "hybrid", vectors: { model, of } };
}

/** Vectors of the model in use, which need not be the configured one; null when they can't be had. */
async function ask(principal: Principal, model: StoredModel, texts: string[], signal: AbortSignal): Promise<number[][] | null> {
  // While one question tries it, the others would wait for how that ends.
  if (state.breaker.state === CircuitState.HalfOpen) return null;
  try {
    const dimensions = model.dimensions_asked ? model.dimensions : null;
    return await state.breaker.execute(() => embed(system("knowledge.search", tenantOf(principal)), texts, { model: { model: model.name, dimensions }, length: model.dimensions, signal }));
  } catch (error) {
    if (isBrokenCircuitError(error)) return null;
    if (signal.aborted || !isAppError(error)) throw error;
    log().warn({ err: error, model: model.name }, "searching by words alone");
    return null;
  }
}

async function activeModel(): Promise<StoredModel | null> {
  if (configuredEmbedding() === null) return null;
  if (performance.now() >= state.knownUntil) {
    state.active = await db.as(anonymous, findActiveModel);
    state.knownUntil = performance.now() + knownForMs;
  }
  return state.active;
}
