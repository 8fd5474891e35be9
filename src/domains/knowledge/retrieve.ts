import type { Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { defaultAnswerFrom, isAnswerable, type AnswerFrom } from "./answerable.ts";
import { listCorpora } from "./queries.ts";
import { analyseQuestion, normaliseQuestion, type AnalysedQuestion } from "./question.ts";
import { searchModel, withVectors } from "./question-vectors.ts";
import type { Passage, QuestionTerm, Retrieval, Retrieved, RetrieveOptions } from "./schema.ts";
import { search, searchSettings, type FoundPassage, type SearchFacts } from "./search-queries.ts";

/**
 * Finds the best passages for one to twenty questions in one statement, within what the principal may see: public
 * content and that of its tenant, together. Throws DATABASE_UNAVAILABLE, and the signal's reason.
 */
export async function retrieve(principal: Principal, questions: string[], { limit, filter = {}, signal = AbortSignal.any([]) }: RetrieveOptions): Promise<Retrieved> {
  const keys = questions.map(normaliseQuestion);
  const distinct = [...new Set(keys)].map((key) => questions[keys.indexOf(key)] ?? "");
  const analysed = distinct.map(analyseQuestion);
  const slots = analysed.flatMap((question, index) =>
    question.slots.flatMap(({ terms, weight }, slot) => terms.map((term) => ({ question: index, slot, term, weight }))),
  );
  const languages = analysed.map(({ detected }) => detected);
  const { mode, model, found: { facts, passages } } = await withVectors(principal, distinct, signal, (vectors) =>
    db.as(principal, (tx) => search(tx, { slots, languages, vectors, limit, filter }), searchSettings));
  const retrievals = analysed.map((question, index) => retrievalOf(distinct[index] ?? "", question, index, facts, passages));
  const places = new Map(keys.map((key) => [key, [...new Set(keys)].indexOf(key)]));
  return {
    mode,
    statements: 1,
    ...stateOf(facts.corpora, model),
    retrievals: keys.flatMap((key, index) => {
      const retrieval = retrievals[places.get(key) ?? -1];
      return retrieval ? [{ ...retrieval, question: questions[index] ?? "" }] : [];
    }),
  };
}

/** How many passages the principal may see, and the state of their corpora, in one small statement. */
export async function corpusVersion(principal: Principal): Promise<Pick<Retrieved, "searched" | "version">> {
  return stateOf(await db.as(principal, listCorpora), await searchModel());
}

function stateOf(corpora: { id: number; chunks: number; version: number }[], model: number | null): Pick<Retrieved, "searched" | "version"> {
  return {
    searched: corpora.reduce((sum, { chunks }) => sum + chunks, 0),
    version: [...corpora.map(({ id, version }) => `${id}:${version}`), ...(model === null ? [] : [`model ${model}`])].join(" "),
  };
}

function retrievalOf(question: string, { language, slots }: AnalysedQuestion, index: number, facts: SearchFacts, found: FoundPassage[]): Retrieval {
  const terms = slots.map(({ terms: spellings }, slot): QuestionTerm => {
    const known = facts.terms.filter((term) => term.question === index && term.slot === slot);
    return {
      terms: [...new Set([...spellings, ...known.map(({ term }) => term)])],
      worth: Math.max(0, ...known.map(({ worth }) => worth)),
      known: known.length > 0,
    };
  });
  const passages = found
    .flatMap((passage) => passage.matches.filter((match) => match.question === index).map((match) => passageOf(passage, match)))
    .sort((a, b) => a.rank - b.rank);
  return { question, language, terms, passages, answerable: isAnswerable(passages, (passage) => answerFromOf(passage, facts)) };
}

function answerFromOf({ id }: Passage, { corpora }: SearchFacts): AnswerFrom {
  const corpus = corpora.find((candidate) => id.startsWith(`${candidate.id}:`));
  return { match: corpus?.answerFromMatch ?? defaultAnswerFrom.match, similarity: corpus?.answerFromSimilarity ?? defaultAnswerFrom.similarity };
}

function passageOf(found: FoundPassage, { rank, score, match, similarity }: FoundPassage["matches"][number]): Passage {
  const { corpus_id, number, source, source_id, title, language, url, anchor, heading_path, content, updated_at } = found;
  return {
    id: `${corpus_id}:${number}`,
    source,
    sourceId: source_id,
    title,
    language,
    url: anchor === "" ? url : `${url}#${anchor}`,
    heading: heading_path.split(" › ").at(-1) || null,
    content,
    updatedAt: updated_at,
    rank,
    score,
    match,
    similarity,
  };
}
