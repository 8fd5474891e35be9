/** What the index takes: how long it is in the making, and how large it is. */
import { figure, type Findings } from "../report.ts";
import type { Bench } from "./bench.ts";
import type { Filled } from "./fill.ts";

/** Half of the 9.2 kB a passage that a table with a row for each posting took at 65 terms a passage. */
const keywordGoalBytes = 4_600;

interface Sizes {
  chunks: number;
  postings: number;
  terms: number;
  postings_bytes: number;
  terms_bytes: number;
  arrays_bytes: number;
  chunks_bytes: number;
}

/** Speed of the filling, and bytes of each part of the index as the filling left them. */
export async function measureIndex({ store, model, tenants }: Bench, { rates, seconds }: Filled, vectorRate: number): Promise<Findings> {
  const [sizes] = await store.owner<Sizes>(`
    select count(*)::int as chunks, sum(cardinality(term_ids))::int as postings,
      pg_total_relation_size('app.postings')::float8 as postings_bytes, pg_total_relation_size('app.terms')::float8 as terms_bytes,
      sum(pg_column_size(term_ids) + pg_column_size(frequencies) + coalesce(pg_column_size(title_terms), 0))::float8 as arrays_bytes,
      pg_total_relation_size('app.chunks')::float8 as chunks_bytes
    from app.chunks`);
  const [vectors] = await store.owner<{ heap: number; indexes: number }>(`
    select sum(pg_table_size(relid))::float8 as heap, sum(pg_indexes_size(relid))::float8 as indexes
    from pg_class cross join lateral (select oid as relid) own
    where oid = 'app.chunk_embeddings_${model.id}'::regclass or oid in (select relid from pg_partition_tree('app.chunk_embeddings_${model.id}'))`);
  if (!sizes || !vectors) throw new Error("There are no sizes");
  const each = (bytes: number) => [bytes / sizes.chunks];
  const indexed = tenants.reduce((sum, { chunks }) => sum + chunks, 0);
  return {
    title: `Index, ${sizes.chunks.toLocaleString("en")} passages over ${tenants.length} tenants, ${store.name}`,
    figures: [
      figure("passages indexed per second, by unit of work of 50 documents", "/s", rates),
      figure("passages indexed per second, over all", "/s", [indexed / seconds]),
      figure("terms a passage", "", [sizes.postings / sizes.chunks]),
      figure("keyword index a passage: app.postings and app.terms with their indexes", "B", each(sizes.postings_bytes + sizes.terms_bytes), {
        baseline: { name: "a row a posting, at 65 terms", samples: [2 * keywordGoalBytes] },
        goal: { most: keywordGoalBytes },
      }),
      figure("of it app.terms", "B", each(sizes.terms_bytes)),
      figure("bytes a posting, app.terms included", "B", [(sizes.postings_bytes + sizes.terms_bytes) / sizes.postings]),
      figure("term arrays of app.chunks a passage", "B", each(sizes.arrays_bytes)),
      figure("app.chunks in all a passage, text included", "B", each(sizes.chunks_bytes)),
      figure(`vectors a passage, ${model.dimensions} dimensions: the table`, "B", each(vectors.heap)),
      figure(`vectors a passage: indexes${store.engine === "server" ? " (HNSW and primary key)" : " (primary key)"}`, "B", each(vectors.indexes)),
      figure("vectors written per second, by INSERT into the indexed table", "/s", [vectorRate]),
    ],
    notes: [
      `${store.description}. Sizes as the filling left them${store.engine === "server" ? ", after VACUUM ANALYZE" : ", without any VACUUM"}.`,
      `Passages by tenant: ${tenants.map(({ chunks }) => chunks).join(", ")}; the rest is the help, which is public.`,
    ],
  };
}
