import { corpusVersion, normaliseQuestion, retrieve } from "#domains/knowledge/server.ts";
import type { Retrieval, RetrievalMode } from "#domains/knowledge/index.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { answerCache, answerKey, type AnswerCache, type KnownAnswer } from "./answer-cache.ts";
import type { Draft } from "./answers.ts";
import type { AskScope } from "./schema.ts";

const passagesPerQuestion = 6;

/** One question of a request, with every place where it stands there: as good as equal ones are answered once. */
export interface Asked {
  question: string;
  /** The places and how the question is written at each, first one first. */
  places: { index: number; question: string }[];
}

/** A question with what there is to answer it from: an answer that is known, or passages. */
export type LookedUp = Asked & ({ known: KnownAnswer } | { retrieval: Retrieval; version: string; remember(draft: Draft): void });

export interface LookUp {
  questions: LookedUp[];
  /** Passages that the principal may see. */
  searched: number;
  mode: RetrievalMode;
  /** SQL statements that it took: one, or two when the corpora changed since some of the answers were made. */
  statements: number;
}

/** The questions of a request, each once, in the order of their first places. */
export function distinct(questions: string[]): Asked[] {
  const asked = new Map<string, Asked>();
  for (const [index, question] of questions.entries()) {
    const key = normaliseQuestion(question);
    const known = asked.get(key);
    if (known) known.places.push({ index, question });
    else asked.set(key, { question, places: [{ index, question }] });
  }
  return [...asked.values()];
}

/**
 * Finds the known answers to the questions and the passages for all others, in one statement. A known answer counts only
 * while every corpus is as it was when it was made, which the same statement tells. Throws DATABASE_UNAVAILABLE, and the signal's reason.
 */
export async function lookUp(principal: Principal, asked: Asked[], scope: AskScope | undefined, model: string | null, signal: AbortSignal): Promise<LookUp> {
  const search = new Search(principal, scope, model, signal, await answerCache());
  const candidates = asked.map((one) => search.candidate(one));
  const missing = asked.filter((_, place) => candidates[place] === undefined);
  const state = missing.length > 0 ? await search.retrieve(missing) : await search.version();
  const outdated = asked.filter((_, place) => candidates[place] !== undefined && candidates[place].version !== state.version);
  if (outdated.length > 0) await search.retrieve(outdated);
  const questions = asked.map((one, place): LookedUp => {
    const fresh = search.found.get(one);
    if (fresh) return fresh;
    const known = candidates[place];
    if (!known) throw new Error("A question was not looked up");
    return { ...one, known };
  });
  metrics().answerCacheLookups.inc({ result: "hit" }, asked.length - search.found.size);
  metrics().answerCacheLookups.inc({ result: "miss" }, search.found.size);
  return { questions, searched: state.searched, mode: search.mode, statements: search.statements };
}

/** The retrieval of one request. */
class Search {
  readonly #principal: Principal;
  readonly #scope: AskScope | undefined;
  readonly #model: string | null;
  readonly #signal: AbortSignal;
  readonly #cache: AnswerCache;
  readonly found = new Map<Asked, LookedUp>();
  mode: RetrievalMode = "keyword";
  statements = 0;

  constructor(principal: Principal, scope: AskScope | undefined, model: string | null, signal: AbortSignal, cache: AnswerCache) {
    this.#principal = principal;
    this.#scope = scope;
    this.#model = model;
    this.#signal = signal;
    this.#cache = cache;
  }

  candidate(asked: Asked): KnownAnswer | undefined {
    return this.#cache.get(this.#keyOf(asked));
  }

  async version(): Promise<{ version: string; searched: number }> {
    this.#count(1, 0);
    return corpusVersion(this.#principal);
  }

  async retrieve(asked: Asked[]): Promise<{ version: string; searched: number }> {
    const questions = asked.map(({ question }) => question);
    const retrieved = await retrieve(this.#principal, questions, { limit: passagesPerQuestion, filter: filterOf(this.#scope), signal: this.#signal });
    const { mode, statements, version, searched } = retrieved;
    this.#count(statements, questions.length);
    this.mode = mode;
    for (const [place, retrieval] of retrieved.retrievals.entries()) {
      const one = asked[place];
      if (!one) continue;
      const remember = (draft: Draft) => {
        // What was found without a part of the search is answered better once that is back.
        if (mode !== "degraded") this.#cache.set(this.#keyOf(one), { version, draft, mode, passages: retrieval.passages.length });
      };
      this.found.set(one, { ...one, retrieval, version, remember });
    }
    return { version, searched };
  }

  #keyOf({ question }: Asked): string {
    return answerKey(this.#principal, question, this.#scope, this.#model, passagesPerQuestion);
  }

  #count(statements: number, questions: number): void {
    this.statements += statements;
    metrics().retrievalStatements.inc(statements);
    metrics().retrievalQuestions.inc(questions);
  }
}

function filterOf({ updatedFrom, updatedBefore, ...lists }: AskScope = {}) {
  return {
    ...lists,
    ...(updatedFrom === undefined ? {} : { updatedFrom: new Date(updatedFrom) }),
    ...(updatedBefore === undefined ? {} : { updatedBefore: new Date(updatedBefore) }),
  };
}
