import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { system, type Principal } from "#platform/auth/principal.ts";
import { useDatabase } from "#platform/db/database.ts";
import { openServer } from "#platform/db/server-engine.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { indexDocuments } from "#domains/knowledge/server.ts";
import { activateModel, addModel } from "#domains/knowledge/embedding-queries.ts";
import { ranking, search, searchSettings, searchStatement, type SearchInput } from "#domains/knowledge/search-queries.ts";
import { createMember } from "../support/factories.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { startPgBouncer } from "../support/servers/pgbouncer.ts";

const setUp = system("test");
const dimensions = 32;
const large = ranking.exactUpTo + 1_000;
const small = 500;

type Member = Extract<Principal, { kind: "member" }>;

/** Plan of the statement that a search runs, as the server made it. */
interface Node {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Loops": number;
  Plans?: Node[];
}

describe("the plan of a search on a server", () => {
  let opened: TestDatabase;
  let model: number;
  const tenants: Record<"large" | "small", Member[]> = { large: [], small: [] };

  beforeAll(async () => {
    opened = await openTestDatabase("server");
    model = await db.as(setUp, (tx) => addModel(tx, "test", dimensions, false, true));
    tenants.large.push(await createTenant("Large", large));
    await skipToPartOf(first(tenants.large));
    tenants.large.push(await createTenant("Large, in the same part", large));
    for (let i = 0; i < 6; i += 1) tenants.small.push(await createTenant(`Small ${i}`, small));
    await db.as(setUp, (tx) => activateModel(tx, model));
    await owner("analyze");
  }, 120_000);
  afterAll(() => opened.close());

  /** Runs a statement as the owner: what the service role may not. */
  async function owner(statement: string, values?: unknown[]): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: opened.url });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(statement, values).finally(() => client.end());
    return rows;
  }

  /** Uses up ids of corpora until the next one goes into the part that holds a tenant's vectors. */
  async function skipToPartOf({ tenantId }: Member) {
    await owner(
      `with part as (
         select substring(tableoid::regclass::text from '[0-9]+$')::int as remainder from app.chunk_embeddings_${model}
         where corpus_id = (select id from app.corpora where tenant_id = $1) limit 1
       ), next as (
         select min(id) as id from part, generate_series((select max(id) + 1 from app.corpora), 10000) id
         where satisfies_hash_partition('app.chunk_embeddings_${model}'::regclass, 32, remainder, id::int)
       )
       select setval(pg_get_serial_sequence('app.corpora', 'id'), id - 1) from next`,
      [tenantId],
    );
  }

  /** A tenant with so many passages, a few with words, all with vectors around a handful of centres. */
  async function createTenant(name: string, passages: number) {
    const member = await createMember(name);
    const documents = Array.from({ length: 40 }, (_, i) => ({
      tenantId: member.tenantId, source: "test", sourceId: String(i), title: `Report ${i}`, url: `/${i}`, tags: [],
      markdown: `The turbine number ${i} gives power to town ${i % 7}. Wind and water and weather ${i % 5} matter.`,
    }));
    await db.as(setUp, async (tx) => {
      await indexDocuments(tx, documents);
      await sql`
        with corpus as (select id from app.corpora where tenant_id = ${member.tenantId}), document as (select id from app.documents where tenant_id = ${member.tenantId} limit 1)
        insert into app.chunks (corpus_id, number, document_id, position, heading_path, anchor, content, start_offset, end_offset, length, term_ids, frequencies)
        select corpus.id, number, document.id, number, '', '', 'filler', 0, 1, 1, '{}', '{}' from corpus, document, generate_series(40, ${passages - 1}::int) number`.execute(tx);
      await sql`update app.corpora set chunk_count = ${passages}, total_length = ${passages * 10}, next_number = ${passages} where tenant_id = ${member.tenantId}`.execute(tx);
      await sql`select setseed(0.5)`.execute(tx);
      await sql`
        insert into ${sql.table(`app.chunk_embeddings_${model}`)}
        select corpus_id, number, (select array_agg(sin(at * (number % 9 + 1)) + 3 * random() - 1.5 order by at) from generate_series(1, ${dimensions}::int) at where number = number)::real[]::extensions.halfvec
        from app.chunks where corpus_id = (select id from app.corpora where tenant_id = ${member.tenantId})`.execute(tx);
    });
    return member;
  }

  const input = (over: Partial<SearchInput> = {}): SearchInput => ({
    slots: ["turbin", "power", "weather"].map((term, slot) => ({ question: 0, slot, term, weight: 1 })),
    languages: ["english"],
    vectors: { model: { id: model, dimensions, vector_type: "halfvec" }, of: [{ question: 0, vector: Array.from({ length: dimensions }, (_, at) => Math.sin((at + 1) * 3)) }] },
    limit: 10,
    filter: {},
    ...over,
  });

  async function nodesOf(principal: Principal, over: Partial<SearchInput> = {}): Promise<Node[]> {
    const { rows } = await db.as(principal, (tx) => sql<{ "QUERY PLAN": { Plan: Node }[] }>`explain (analyze, format json) ${searchStatement(input(over))}`.execute(tx), searchSettings);
    const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)];
    return rows.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan }) => flat(Plan)));
  }
  const executed = (nodes: Node[], relation: RegExp) => nodes.filter((node) => node["Actual Loops"] > 0 && relation.test(`${node["Relation Name"] ?? ""} ${node["Index Name"] ?? ""}`));
  const scans = (nodes: Node[]) => executed(nodes, /chunk_embeddings/).map((node) => `${node["Node Type"]} ${(node["Index Name"] ?? "").replace(/\d+_\d+/, "N")}`.trim());
  const parts = (nodes: Node[]) => new Set(executed(nodes, /chunk_embeddings/).map((node) => node["Relation Name"]).filter((name) => name !== undefined));
  const first = ([member]: Member[]): Member => {
    if (!member) throw new Error("There is no tenant");
    return member;
  };

  test.each(["large", "small"] as const)("a %s tenant's words are looked up by index", async (size) => {
    const nodes = await nodesOf(first(tenants[size]));
    expect(executed(nodes, /^(postings|terms|chunks) /).filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
    for (const index of ["postings_pkey", "terms_corpus_id_term_key", "chunks_pkey"]) expect(executed(nodes, new RegExp(` ${index}$`))).not.toEqual([]);
  });

  test("a large tenant's vectors are asked of the index, in one part of the table", async () => {
    const nodes = await nodesOf(first(tenants.large));
    expect(scans(nodes)).toEqual(["Index Scan chunk_embeddings_N_embedding_idx"]);
    expect(parts(nodes).size).toBe(1);
  });

  test("a small tenant's are all compared, found by their key, in one part", async () => {
    for (const tenant of tenants.small) {
      const nodes = await nodesOf(tenant);
      expect(scans(nodes).filter((scan) => scan.includes("embedding_idx"))).toEqual([]);
      expect(parts(nodes).size).toBe(1);
    }
  });

  test("where a filter leaves few passages, those are compared, in a large tenant as well", async () => {
    const nodes = await nodesOf(first(tenants.large), { filter: { languages: ["french"] } });
    expect(scans(nodes).filter((scan) => scan.includes("embedding_idx"))).toEqual([]);
  });

  test("without vectors no table of them is touched", async () => {
    expect(executed(await nodesOf(first(tenants.large), { vectors: null }), /chunk_embeddings/)).toEqual([]);
  });

  test.each(["a new connection", "a pooler in transaction mode"])("its settings hold in its unit of work on %s, and not in the next", async (place) => {
    const pooler = place === "a new connection" ? null : await startPgBouncer(opened.url ?? "");
    const database = await openServer({ url: pooler?.url ?? opened.url ?? "", poolMax: 1 });
    useDatabase(Promise.resolve(database));
    const shown = (tx: Tx) => sql`
      select current_setting('hnsw.iterative_scan', true) as scan, current_setting('hnsw.ef_search', true) as ef, current_setting('jit') as jit`.execute(tx);
    const inside = await db.as(first(tenants.large), async (tx) => {
      // The server loads the library with this statement, after the settings were made.
      await search(tx, input());
      return shown(tx);
    }, searchSettings);
    expect(inside.rows).toEqual([{ scan: "relaxed_order", ef: "100", jit: "off" }]);
    expect((await db.as(setUp, shown)).rows).toEqual([{ scan: "off", ef: "40", jit: "off" }]);
    useDatabase(Promise.resolve(opened.database));
    await database.close();
    await pooler?.stop();
  });

  test("two tenants that share a part each get as many neighbours as there is room for, though the index knows no tenant", async () => {
    const parts = await owner(`select distinct tableoid from app.chunk_embeddings_${model} where corpus_id in (select id from app.corpora where tenant_id = any ($1))`, [
      tenants.large.map(({ tenantId }) => tenantId)]);
    expect(parts).toHaveLength(1);
    for (const tenant of tenants.large) {
      const found = async (settings: Record<string, string>) =>
        (await db.as(tenant, (tx) => search(tx, input({ slots: [], limit: ranking.depth })), settings)).passages.length;
      expect(await found(searchSettings)).toBe(ranking.depth);
      expect(await found({ random_page_cost: searchSettings.random_page_cost })).toBeLessThan(ranking.depth * 0.9);
    }
  });

  test("a tenant finds what comparing all its vectors gives, whatever its size", async () => {
    for (const tenant of [...tenants.large, ...tenants.small]) {
      const recalls: number[] = [];
      for (let seed = 0; seed < 20; seed += 1) {
        const vector = Array.from({ length: dimensions }, (_, at) => Math.sin((at + 1) * (seed % 9 + 1)) + 1.5 * Math.sin(seed * 31 + at * at));
        const asked = input({ slots: [], vectors: { model: { id: model, dimensions, vector_type: "halfvec" }, of: [{ question: 0, vector }] } });
        const found = async (settings: Record<string, string>) => {
          const { passages } = await db.as(tenant, (tx) => search(tx, asked), settings);
          return passages.map(({ number }) => number);
        };
        const exact = await found({ enable_indexscan: "off" });
        expect(exact).toHaveLength(10);
        const got = await found(searchSettings);
        recalls.push(exact.filter((number) => got.includes(number)).length / 10);
      }
      expect(recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length).toBeGreaterThanOrEqual(0.95);
    }
  });
});
