import { type RawBuilder, sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { type StoredModel, vectorTable, vectorText, vectorType } from "./embedding-queries.ts";
import type { Language } from "./language.ts";
import type { RetrievalFilter } from "./schema.ts";

/** Constants of the ranking, chosen by npm run eval:retrieval on the tuning half of the golden set and on collections. */
export const ranking = {
  /** BM25: how soon repetition stops counting, and how much a passage's length counts (Robertson and Zaragoza, 2009). */
  k1: 1.2,
  b: 0.75,
  /** Passages a ranking hands on to the fusion. */
  depth: 50,
  /** Words worth less than this share of a question's most telling one are not searched for: they are in half of all passages. */
  worthSearching: 0.12,
  /** Passages that score less than this share of a question's best one are not ranked. */
  worthRanking: 0.2,
  /** Feedback: the best passages of the first run lend it the terms that tell them apart from the rest. */
  feedbackPassages: 10,
  /** How much better passages count more: their share is by this power of their score. */
  feedbackTrust: 3,
  feedbackTerms: 20,
  /** A term is lent when this many of them hold it. */
  feedbackMinPassages: 2,
  /** Share of a corpus's passages beyond which a term tells nothing about the best ones. */
  feedbackMaxShare: 0.1,
  /** The runs are fused by their scores, each as a share of its best one, with these weights beside BM25's 1. */
  feedbackWeight: 0.5,
  /**
   * Feedback counts less where the first run knows what it wants: times this power of the share that its tenth best score
   * has of its best.
   */
  evennessPower: 3,
  vectorWeight: 0.5,
  /** Vectors of a corpus of up to so many passages are all compared; of a larger one, an index tells the nearest. */
  exactUpTo: 4_000,
  /** A corrected word counts less than one that was written so. */
  correctedWeight: 0.8,
  /** Words of a question that are corrected, at most: the longest. */
  correctedWords: 3,
  /** The opening of a document whose title is all that the question asks for goes first. */
  openingBonus: 1,
  /** A passage in another language than the question's counts less: it can be quoted, but not as it was asked. */
  otherLanguageWeight: 0.7,
};

/** A question's words as parallel arrays, and its vector where there is one. */
export interface SearchInput {
  slots: { question: number; slot: number; term: string; weight: number }[];
  /** Language of each question, null where it speaks for none. */
  languages: (Language | null)[];
  vectors: { model: Pick<StoredModel, "id" | "dimensions" | "vector_type">; of: { question: number; vector: number[] }[] } | null;
  limit: number;
  filter: RetrievalFilter;
}

/** What the statement says of the questions, once. */
export interface SearchFacts {
  corpora: { id: number; chunks: number; version: number; answerFromMatch: number | null; answerFromSimilarity: number | null }[];
  terms: { question: number; slot: number; term: string; worth: number }[];
}

export interface FoundPassage {
  number: number;
  corpus_id: number;
  source: string;
  source_id: string;
  title: string;
  url: string;
  language: Language;
  anchor: string;
  heading_path: string;
  content: string;
  updated_at: Date;
  matches: { question: number; rank: number; score: number; match: number; similarity: number | null }[];
}

/**
 * For the unit of work of a search. Without iterative_scan an index scan gives the nearest of all tenants that share a
 * part, of which row security leaves some or none; ef_search is what the scan begins with. The planner counts what all
 * 32 parts would cost, of which one is visited: with pages priced as on a disk it would compare a large corpus's vectors
 * one by one. Compiling the plan takes longer than running it.
 */
export const searchSettings = { "hnsw.iterative_scan": "relaxed_order", "hnsw.ef_search": "100", random_page_cost: "1.1", jit: "off" };

/** The best passages of one to twenty questions. What the caller may see is up to row security. */
export async function search(tx: Tx, input: SearchInput): Promise<{ facts: SearchFacts; passages: FoundPassage[] }> {
  const { rows } = await searchStatement(input).execute(tx);
  const facts = rows[0]?.facts;
  if (!facts) throw new Error("The search gave no facts");
  return { facts, passages: rows.filter((row): row is FoundPassage & { facts: SearchFacts | null } => row.number !== null) };
}

/** The statement itself, for search and for tests that pin its plan. */
export function searchStatement({ slots, languages, vectors, limit, filter }: SearchInput): RawBuilder<{ facts: SearchFacts | null } & (FoundPassage | { number: null })> {
  const { k1, b } = ranking;
  const constant = (name: keyof typeof ranking) => sql.raw(`${ranking[name]}::float8`);
  const count = (name: keyof typeof ranking) => sql.lit(ranking[name]);
  const idf = sql.raw("ln(1 + (n - df + 0.5::float8) / (df + 0.5::float8))");
  const df = sql`(select sum(cardinality(entries)) from app.postings where term_id = terms.id)`;
  // An entry of a posting list packs its place in the block, tf and length (migration 20261121000700).
  const postingsOf = (term: string) => sql`(
          select (block << 10) | (entry >> 20) as number, ((entry >> 14) & 63)::float8 as tf, (entry & 16383)::float8 as length
          from (select block, unnest(entries) as entry from app.postings where term_id = ${sql.ref(term)} offset 0) list
        )`;
  const saturated = sql.raw(`tf * ${k1 + 1}::float8 / (tf + ${k1 * (1 - b)}::float8 + ${k1 * b}::float8 * length / average)`);
  const allowing = filtered(filter);
  const allowed = allowing ? sql`where (corpus_id, number) in (select corpus_id, number from allowed)` : sql``;
  return sql`
    with ${allowing ?? sql``}corpus as materialized (
      select id as corpus_id, chunk_count as n, greatest(total_length::float8 / nullif(chunk_count, 0), 1) as average,
        version, answer_from_match, answer_from_similarity
      from app.corpora where tenant_id is null or tenant_id = app.tenant_id()
    ), word as materialized (
      select * from unnest(${slots.map((s) => s.question)}::int[], ${slots.map((s) => s.slot)}::int[], ${slots.map((s) => s.term)}::text[],
        ${slots.map((s) => s.weight)}::float8[]) as word (question, slot, term, weight)
    ), known as materialized (
      select corpus_id, term.* from corpus cross join lateral (
        select id as term_id, term, ${df} as df from app.terms
        where corpus_id = corpus.corpus_id and term = any (${[...new Set(slots.map((s) => s.term))]}::text[]) offset 0
      ) term
    ), misspelt as materialized (
      select distinct term as typed, case when length(term) < 5 then 1 else 2 end as edits from (
        select term, row_number() over (partition by question order by length(term) desc, term) as place from word
        where length(term) >= 4 and term ~ '^[a-z]+$' and not exists (
          select from word same join known using (term) where same.question = word.question and same.slot = word.slot)
      ) unknown where place <= ${count("correctedWords")}
    ), corrected as materialized (
      select corpus_id, typed, term.* from misspelt cross join corpus cross join lateral (
        select id as term_id, term, ${df} as df from (
          select id, term, extensions.levenshtein_less_equal(term, typed, misspelt.edits) as away from app.terms
          where corpus_id = corpus.corpus_id and term >= left(typed, 1) and term < chr(ascii(typed) + 1)
            and abs(length(term) - length(typed)) <= misspelt.edits offset 0
        ) terms where away <= misspelt.edits order by away, df desc, id limit 1
      ) term
    ), wanted as materialized (
      select wanted.*, average, ${idf} * weight as worth from (
        select distinct on (question, slot, corpus_id) * from (
          select question, slot, corpus_id, term_id, term, df, weight from word join known using (term)
          union all
          select question, slot, corpus_id, term_id, corrected.term, df, weight * ${constant("correctedWeight")} from word join corrected on typed = word.term
        ) spelling order by question, slot, corpus_id, df desc, term_id
      ) wanted join corpus using (corpus_id)
    ), ceiling as materialized (
      select question, corpus_id, sum(worth) * ${sql.raw(`${k1 + 1}::float8`)} as score from (
        select question, slot, corpus_id, coalesce(max(worth), max(asked.weight) * ln(1 + (n + 0.5::float8) / 0.5::float8)) as worth
        from (select question, slot, max(weight) as weight from word group by 1, 2) asked cross join corpus
        left join wanted using (question, slot, corpus_id) group by question, slot, corpus_id, n
      ) slot group by 1, 2
    ), scored as materialized (
      select question, corpus_id, number, sum(share * ${saturated})::real as match
      from (
        select * from (
          select question, corpus_id, term_id, average, worth / score as share, max(worth / score) over (partition by question, corpus_id) as most
          from wanted join ceiling using (question, corpus_id)
        ) wanted where share >= most * ${constant("worthSearching")}
      ) wanted
      cross join lateral ${postingsOf("wanted.term_id")} posting ${allowed}
      group by 1, 2, 3
    ), bm25 as materialized (
      select * from (
        select question, corpus_id, number, match, row_number() over (partition by question order by match desc, corpus_id, number) as rank
        from scored join (select question, max(match) * ${constant("worthRanking")} as least from scored group by 1) best using (question)
        where match >= least
      ) ranked where rank <= ${count("depth")}
    ), lent as materialized (
      select * from (
        select question, corpus_id, term_id, average, weight * ${idf} as share, row_number() over (partition by question order by weight * ${idf} desc, term_id) as place
        from (
          select question, best.corpus_id, held.term_id, sum(share * tf / length) as weight
          from (select *, power(match, ${constant("feedbackTrust")}) / sum(power(match, ${constant("feedbackTrust")})) over (partition by question) as share from bm25 where rank <= ${count("feedbackPassages")}) best
          cross join lateral (
            select term_id, tf, length from app.chunks cross join lateral unnest(term_ids, frequencies) as held (term_id, tf)
            where chunks.corpus_id = best.corpus_id and chunks.number = best.number offset 0
          ) held
          group by 1, 2, 3 having count(*) >= ${count("feedbackMinPassages")}
        ) lent join corpus using (corpus_id)
        cross join lateral (select sum(cardinality(entries)) as df from app.postings where term_id = lent.term_id) term
        where df <= n * ${constant("feedbackMaxShare")}
      ) placed where place <= ${count("feedbackTerms")}
    ), echoed as materialized (
      select question, corpus_id, number, sum(share * ${saturated})::real as score
      from lent cross join lateral ${postingsOf("lent.term_id")} posting ${allowed}
      group by 1, 2, 3
    ), feedback as (
      select * from (
        select question, corpus_id, number, score, row_number() over (partition by question order by score desc, corpus_id, number) as rank
        from echoed join (select question, max(score) * ${constant("worthRanking")} as least from echoed group by 1) best using (question)
        where score >= least
      ) ranked where rank <= ${count("depth")}
    ), nearest as (${nearest(vectors, allowing !== null)}
    ), fused as (
      select question, corpus_id, number, sum(part)::real as score, max(match) as match, max(similarity) as similarity from (
        select question, corpus_id, number, match / max(match) over (partition by question) as part, match, null::float8 as similarity from bm25
        union all
        select question, corpus_id, number, ${constant("feedbackWeight")} * power(evenness, ${constant("evennessPower")}) * score / max(score) over (partition by question), 0, null
        from feedback join (select question, min(match) / max(match) as evenness from bm25 where rank <= ${count("feedbackPassages")} group by 1) even using (question)
        union all
        select question, corpus_id, number, ${constant("vectorWeight")} * score, 0, similarity from nearest
      ) parts group by 1, 2, 3
    ), asked as materialized (
      select question, array_agg(distinct term) as terms, count(distinct slot) as slots from wanted group by question
    ), placed as (
      select *, row_number() over (partition by question order by score desc, corpus_id, number) as rank from (
        select question, fused.corpus_id, number, match, similarity,
          score * case when document.language <> (${languages}::text[])[question + 1] then ${constant("otherLanguageWeight")} else 1 end
            + case when title_terms <@ asked.terms and cardinality(title_terms) >= slots then ${constant("openingBonus")} else 0 end as score
        from fused join app.chunks chunk using (corpus_id, number) join app.documents document on document.id = document_id
        left join asked using (question)
      ) judged
    ), chosen as (
      select corpus_id, number, jsonb_agg(jsonb_build_object('question', question, 'rank', rank, 'score', score, 'match', match, 'similarity', similarity) order by question) as matches
      from placed where rank <= ${limit} group by 1, 2
    )
    select case when row_number() over () = 1 then facts.facts end as facts, chosen.corpus_id, chosen.number, document.source, document.source_id, document.title, document.url, document.language,
      chunk.anchor, chunk.heading_path, chunk.content, document.updated_at, chosen.matches
    from (select jsonb_build_object(
        'corpora', (select coalesce(jsonb_agg(jsonb_build_object('id', corpus_id, 'chunks', n, 'version', version, 
          'answerFromMatch', answer_from_match, 'answerFromSimilarity', answer_from_similarity) order by corpus_id), '[]') from corpus),
        'terms', (select coalesce(jsonb_agg(jsonb_build_object('question', question, 'slot', slot, 'term', term, 'worth', worth)), '[]')
          from (select question, slot, term, max(worth) as worth from wanted group by 1, 2, 3) term)) as facts) facts
    left join (chosen join app.chunks chunk using (corpus_id, number) join app.documents document on document.id = chunk.document_id) on true`;
}

/**
 * Neighbours of the questions' vectors in each corpus, none without vectors. The index is asked only in a large corpus
 * that is searched as a whole: in a small one comparing all is as quick and exact, and so is it where a filter leaves few.
 */
function nearest(vectors: SearchInput["vectors"], allowing: boolean): RawBuilder<unknown> {
  if (vectors === null) return sql`select 0 as question, 0 as corpus_id, 0 as number, 0::float8 as similarity, 0::float8 as score where false`;
  const away = sql`embedding operator(extensions.<=>) asked.vector`;
  // An order by a sum is none that the index knows.
  const compared = sql`(${away}) + 0`;
  const upTo = sql.lit(ranking.exactUpTo);
  const best = (condition: RawBuilder<unknown>, order: RawBuilder<unknown>) => sql`(
          select e.number, ${away} as away from ${vectorTable(vectors.model.id)} e
          where e.corpus_id = corpus.corpus_id and ${condition} order by ${order} limit ${sql.lit(ranking.depth)}
        )`;
  const among = allowing
    ? [best(sql`(e.corpus_id, e.number) in (select corpus_id, number from allowed)`, compared)]
    : [best(sql`n <= ${upTo}`, compared), best(sql`n > ${upTo}`, away)];
  return sql`
      select question, corpus_id, number, 1 - away as similarity,
        coalesce((max(away) over asked - away) / nullif(max(away) over asked - min(away) over asked, 0), 1) as score
      from (
        select question, corpus_id, near.number, away, row_number() over (partition by question order by away, corpus_id, near.number) as rank
        from (
          select question, vector::${vectorType(vectors.model)} as vector
          from unnest(${vectors.of.map((v) => v.question)}::int[], ${vectors.of.map((v) => vectorText(v.vector))}::text[]) as asked (question, vector) offset 0
        ) asked
        cross join corpus
        cross join lateral (${sql.join(among, sql` union all `)}) near
      ) ranked where rank <= ${sql.lit(ranking.depth)} window asked as (partition by question)`;
}

/** The passages that a filter lets through, as a CTE; null where it restricts nothing. */
function filtered({ sources, tags, languages, updatedFrom, updatedBefore }: RetrievalFilter): RawBuilder<unknown> | null {
  const conditions = [
    sources && sql`source = any (${sources}::text[])`,
    tags && sql`tags && ${tags}::text[]`,
    languages && sql`language = any (${languages}::text[])`,
    updatedFrom && sql`updated_at >= ${updatedFrom}`,
    updatedBefore && sql`updated_at < ${updatedBefore}`,
  ].filter((condition) => condition !== undefined);
  if (conditions.length === 0) return null;
  return sql`allowed as materialized (
      select chunk.corpus_id, chunk.number from app.documents document join app.chunks chunk on chunk.document_id = document.id
      where ${sql.join(conditions, sql` and `)}
    ), `;
}
