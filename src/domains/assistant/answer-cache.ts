import { LRUCache } from "lru-cache";
import { processWide } from "#lib/process-wide.ts";
import { tenantOf, type Principal } from "#platform/auth/principal.ts";
import { memoryKey } from "#platform/cache/memory-key.ts";
import { database, type Database } from "#platform/db/database.ts";
import { normaliseQuestion } from "#domains/knowledge/server.ts";
import type { RetrievalMode } from "#domains/knowledge/index.ts";
import type { Draft } from "./answers.ts";
import type { AskScope } from "./schema.ts";

/** A finished answer that needed no model (what a model wrote is the gateway's to keep), and the state of the corpora that it was made from. */
export interface KnownAnswer {
  version: string;
  draft: Draft;
  mode: RetrievalMode;
  /** Passages that were found for it. */
  passages: number;
}

const maxEntries = 2_000;
const maxBytes = 32 * 2 ** 20;

/** Finished answers by everything that they depend on but the state of the corpora, which the reader compares. */
export type AnswerCache = LRUCache<string, KnownAnswer>;

/** The process's cache of answers from the current database; another database begins with an empty one. */
export async function answerCache(): Promise<AnswerCache> {
  const caches = processWide("answer-caches", () => new WeakMap<Database, AnswerCache>());
  const current = await database();
  const known = caches.get(current);
  if (known) return known;
  const made = createAnswerCache();
  caches.set(current, made);
  return made;
}

/** A cache that drops what was asked for longest ago once it holds so many answers or so many bytes. */
export function createAnswerCache(max = maxEntries, bytes = maxBytes): AnswerCache {
  return new LRUCache({ max, maxSize: bytes, sizeCalculation: approximateBytes });
}

/** A hash of what decides an answer besides the state of the corpora: who may read what, the question, where to look, and whether a model would write. */
export function answerKey(principal: Principal, question: string, scope: AskScope | undefined, model: string | null, maxPassages: number): string {
  return memoryKey([principal.kind, tenantOf(principal), normaliseQuestion(question), scopeKey(scope), model, maxPassages]);
}

/** Equal for scopes that let the same documents through. */
function scopeKey(scope: AskScope = {}): unknown {
  const list = (values: string[] | undefined) => (values ? [...new Set(values)].sort() : null);
  const time = (value: string | undefined) => (value === undefined ? null : Date.parse(value));
  return [list(scope.sources), list(scope.tags), list(scope.languages), time(scope.updatedFrom), time(scope.updatedBefore)];
}

/** Strings take two bytes a character at most; the rest is small beside them. */
function approximateBytes({ draft }: KnownAnswer, key: string): number {
  const texts = draft.citations.reduce((sum, { title, url, heading, snippet, quotes }) => sum + [title, url, heading ?? "", snippet, ...quotes].join("").length, 0);
  const near = draft.nearest.reduce((sum, { title, url }) => sum + title.length + url.length, 0);
  return 1_000 + 2 * (key.length + draft.answer.length + texts + near);
}
