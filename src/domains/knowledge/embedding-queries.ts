import { sql, type RawBuilder } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";

/** A row of app.embedding_models: a model that vectors are stored of. */
export interface StoredModel {
  id: number;
  name: string;
  dimensions: number;
  /** Whether its endpoint is asked for that many dimensions. */
  dimensions_asked: boolean;
  vector_type: "halfvec" | "vector";
  state: "filling" | "active" | "retired";
}

const columns = sql`id, name, dimensions, dimensions_asked, vector_type, state`;

/** The table that holds a model's vectors. */
export function vectorTable(modelId: number): RawBuilder<unknown> {
  return sql.table(`app.chunk_embeddings_${modelId}`);
}

/** The type of its vectors. */
export function vectorType({ vector_type, dimensions }: Pick<StoredModel, "vector_type" | "dimensions">): RawBuilder<unknown> {
  return sql`${sql.id("extensions", vector_type)}(${sql.lit(dimensions)})`;
}

/** The model that searches use, null before the first one is filled. */
export async function findActiveModel(tx: Tx): Promise<StoredModel | null> {
  const { rows } = await sql<StoredModel>`select ${columns} from app.embedding_models where state = 'active'`.execute(tx);
  return rows[0] ?? null;
}

/** The model of that name with these dimensions; with null, with those that it gave unasked. */
export async function findModel(tx: Tx, name: string, dimensions: number | null): Promise<StoredModel | null> {
  const { rows } = await sql<StoredModel>`
    select ${columns} from app.embedding_models
    where name = ${name} and case when ${dimensions}::int is null then not dimensions_asked else dimensions = ${dimensions} end
    order by state = 'retired', id desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** Makes a model with its table unless it is there; answers its id. */
export async function addModel(tx: Tx, name: string, dimensions: number, asked: boolean, indexed: boolean): Promise<number> {
  const { rows } = await sql<{ id: number }>`select app.add_embedding_model(${name}, ${dimensions}, ${asked}, ${indexed}) as id`.execute(tx);
  const [model] = rows;
  if (!model) throw new Error("The embedding model was not added");
  return model.id;
}

/** Takes a model into use: one that was retired, but not dropped yet, is filled up again. */
export async function adoptModel(tx: Tx, id: number, asked: boolean): Promise<StoredModel> {
  const { rows } = await sql<StoredModel>`
    update app.embedding_models set dimensions_asked = ${asked},
      state_since = case when state = 'retired' then now() else state_since end, state = case when state = 'retired' then 'filling' else state end
    where id = ${id} returning ${columns}`.execute(tx);
  const [model] = rows;
  if (!model) throw new Error("The embedding model was dropped meanwhile");
  return model;
}

/** Takes or renews the right to go through all passages; answers 0, or for how many seconds another process has it. */
export async function takeLease(tx: Tx, id: number, seconds: number): Promise<number> {
  const taken = await sql`
    update app.embedding_models set leased_until = now() + ${seconds} * interval '1 second'
    where id = ${id} and coalesce(leased_until <= now(), true)`.execute(tx);
  if (taken.numAffectedRows === 1n) return 0;
  const { rows } = await sql<{ wait: number }>`
    select ceil(extract(epoch from leased_until - now()))::int as wait from app.embedding_models where id = ${id}`.execute(tx);
  return Math.max(1, rows[0]?.wait ?? 1);
}

/** Keeps the right for so many seconds from now; 0 gives it back. */
export async function renewLease(tx: Tx, id: number, seconds: number): Promise<void> {
  await sql`update app.embedding_models set leased_until = now() + ${seconds} * interval '1 second' where id = ${id}`.execute(tx);
}

/** Names a passage. */
export interface PassageKey {
  corpus_id: number;
  number: number;
}

export interface UnembeddedPassage extends PassageKey {
  /** Tells the passage from a later one that was given its number. */
  version: string;
  source: string;
  title: string;
  heading_path: string;
  content: string;
  /** Whose it is; null for what everybody may read. */
  tenant_id: string | null;
}

/** A passage with its vector, or with why its model gives none. */
export type Embedded = UnembeddedPassage & ({ vector: number[]; refused: null } | { vector: null; refused: string });

/** Passages that the model has no vector of and may give one, in order, of all corpora or of one. */
export async function listUnembedded(tx: Tx, modelId: number, page: { corpusId: number | null; after: PassageKey; limit: number }): Promise<UnembeddedPassage[]> {
  const { corpusId, after, limit } = page;
  const { rows } = await sql<UnembeddedPassage>`
    select chunk.corpus_id, chunk.number, chunk.xmin::text as version, document.source, document.title, chunk.heading_path, chunk.content, document.tenant_id
    from (
      select corpus_id, number from app.chunks where (corpus_id, number) > (${after.corpus_id}::int, ${after.number}::int)
        and ${corpusId === null ? sql`true` : sql`corpus_id = ${corpusId}`}
        and not exists (select from ${vectorTable(modelId)} made where made.corpus_id = chunks.corpus_id and made.number = chunks.number)
        and not exists (select from app.unembeddable refused
          where refused.corpus_id = chunks.corpus_id and refused.number = chunks.number and refused.model_id = ${modelId})
      order by corpus_id, number limit ${limit}
    ) missing
    join app.chunks chunk using (corpus_id, number) join app.documents document on document.id = document_id
    order by chunk.corpus_id, chunk.number`.execute(tx);
  return rows;
}

/**
 * Stores vectors of passages that are still the same ones, and which have none to come; answers how many vectors. Their corpora are locked as their writers
 * lock them, in order: a passage can't be replaced between the look at it and the write. What searches find changes with
 * the vectors of the model in use, and so do the versions of the corpora.
 */
export async function insertVectors(tx: Tx, model: StoredModel, passages: Embedded[]): Promise<number> {
  await sql`select from app.corpora where id = any (${corporaOf(passages)}::int[]) order by id for update`.execute(tx);
  const refused = passages.filter((passage) => passage.vector === null);
  if (refused.length > 0) {
    await sql`
      insert into app.unembeddable (corpus_id, number, model_id, reason)
      select corpus_id, number, ${model.id}, reason from ${stillThere(refused, "reason", refused.map(({ refused: reason }) => reason))}
      on conflict do nothing`.execute(tx);
  }
  const made = passages.filter((passage) => passage.vector !== null);
  await sql`
    update app.corpora set version = version + 1
    where id = any (${corporaOf(made)}::int[]) and exists (select from app.embedding_models where id = ${model.id} and state = 'active')`.execute(tx);
  const { numAffectedRows } = await sql`
    insert into ${vectorTable(model.id)} (corpus_id, number, embedding)
    select corpus_id, number, vector::${vectorType(model)}
    from ${stillThere(made, "vector", made.map(({ vector }) => vectorText(vector)))}
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

function corporaOf(passages: PassageKey[]): number[] {
  return [...new Set(passages.map((passage) => passage.corpus_id))];
}

/** Those of the passages that nobody has replaced, each with a value of its own. */
function stillThere(passages: UnembeddedPassage[], name: "vector" | "reason", values: string[]): RawBuilder<unknown> {
  return sql`(
      select given.* from unnest(${passages.map((passage) => passage.corpus_id)}::int[], ${passages.map(({ number }) => number)}::int[],
        ${passages.map(({ version }) => version)}::text[], ${values}::text[]) as given (corpus_id, number, version, ${sql.ref(name)})
      join app.chunks chunk using (corpus_id, number) where chunk.xmin::text = version
    ) passage`;
}

/** A vector as Postgres reads it. Half-precision numbers hold fewer digits than these. */
export function vectorText(vector: number[]): string {
  return `[${vector.map((value) => value.toPrecision(5)).join(",")}]`;
}

/**
 * Makes a filled model the one that searches use, and retires the one before. From how similar on passages answer is
 * another matter with every model, and what searches find changes everywhere.
 */
export async function activateModel(tx: Tx, id: number): Promise<void> {
  await sql`select from app.corpora order by id for update`.execute(tx);
  await sql`update app.embedding_models set state = 'retired', state_since = now() where state = 'active' and id <> ${id}`.execute(tx);
  await sql`update app.embedding_models set state = 'active', state_since = now() where id = ${id} and state = 'filling'`.execute(tx);
  await sql`update app.corpora set version = version + 1, answer_from_similarity = null`.execute(tx);
}

/**
 * Retires models that were given up while they were filled, other than the one named; answers those that have been
 * retired for so many minutes, which no search reads any more.
 */
export async function retireAbandoned(tx: Tx, id: number | null, minutes: number): Promise<{ id: number; name: string }[]> {
  await sql`update app.embedding_models set state = 'retired', state_since = now()
    where state = 'filling' and id is distinct from ${id}::int and greatest(leased_until, state_since) < now() - interval '1 hour'`.execute(tx);
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from app.embedding_models where state = 'retired' and state_since < now() - ${minutes} * interval '1 minute'`.execute(tx);
  return rows;
}

/** Drops a retired model with its vectors. */
export async function dropModel(tx: Tx, id: number): Promise<void> {
  await sql`select app.drop_embedding_model(${id})`.execute(tx);
}
