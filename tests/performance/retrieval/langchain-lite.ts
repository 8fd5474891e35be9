/** Supabase Lite over a database with LangChain's table, which holds the same passages and vectors as the product's. */
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { vector } from "@electric-sql/pglite/vector";
import { App } from "@supabase/lite";
import { createPgliteConnection } from "@supabase/lite/pglite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { createClient } from "@supabase/supabase-js";
import { temporaryFolder } from "../../support/servers/exit.ts";
import type { Bench, Tenant } from "./bench.ts";
import { langchainFunction, langchainSchema, SupabaseVectorStore } from "./langchain-store.ts";
import { createDatabase, dropDatabase, type Store } from "./store.ts";

/** How a search is kept to its tenant: by LangChain's filter under the secret key, or by row security under a member's token. */
export const tenancies = ["filter", "row security"] as const;
export type Tenancy = (typeof tenancies)[number];

export interface Langchain {
  /** Finds passages of the tenant; ids as the product has them. */
  search(tenant: Tenant, tenancy: Tenancy, vector: number[], limit: number): Promise<string[]>;
  /** Adds the index that Supabase's documentation advises for many rows, and has the function give no vectors, which no search reads. */
  tune(): Promise<void>;
  close(): Promise<void>;
}

type Connection = ReturnType<typeof createPostgresConnection> | Awaited<ReturnType<typeof createPgliteConnection>>;

interface Opened {
  connection: Connection;
  run(statement: string, values?: unknown[]): Promise<unknown[]>;
  close(): Promise<void>;
}

// Reserved by RFC 6761: no request for it can leave the process by accident and arrive.
const url = "http://supabase.invalid";
const keys = { jwt: "the benchmark signs its tokens with this", publishable: "sb_publishable_bench", secret: "sb_secret_bench" };
const databaseName = `tieline_langchain_${process.pid}`;
const rowsPerStatement = 500;
const indexMemory = "1GB";

/** Makes and fills the database: beside the product's on the same server, or a PGlite of its own in the same process. */
export async function openLangchain({ store, model, tenants }: Bench): Promise<Langchain> {
  const { connection, run, close } = store.url === null ? await openPglite() : await openServer(store.url);
  const app = new App({
    connection,
    auth: { enabled: true, jwt_secret: keys.jwt, publishable_key: keys.publishable, secret_key: keys.secret },
    storage: { enabled: false },
    studio: { enabled: false },
    db: { migrations: { enabled: false } },
    options: { server: { admin: false, disableStudio: true, disableFallback: true } },
  });
  await app.ensureSystemSchema();
  await run(langchainSchema(model.dimensions));
  await run(`alter table public.documents enable row level security;
    create policy own on public.documents for select to authenticated using (metadata ->> 'tenant' = (select auth.jwt() ->> 'tenant_id'));
    create policy pass on public.documents to service_role using (true);
    grant usage on schema extensions to authenticated, service_role`);
  for (const tenant of tenants) await copyPassages(store, model.id, tenant, run);
  await run("analyze public.documents");
  const fetchLite = async (input: RequestInfo | URL, init?: RequestInit) => app.fetch(new Request(input, init));
  const storeOf = (tenant: Tenant, tenancy: Tenancy) => {
    const options = { global: { fetch: fetchLite }, auth: { persistSession: false, autoRefreshToken: false } };
    const client = tenancy === "filter" ? createClient(url, keys.secret, options)
      : createClient(url, keys.publishable, { ...options, accessToken: () => Promise.resolve(tokenOf(tenant)) });
    return new SupabaseVectorStore(client);
  };
  const stores = new Map<string, SupabaseVectorStore>();
  return {
    search: async (tenant, tenancy, query, limit) => {
      const name = `${tenancy} ${tenant.corpusId}`;
      const vectorStore = stores.get(name) ?? storeOf(tenant, tenancy);
      stores.set(name, vectorStore);
      const filter = tenancy === "filter" ? { tenant: tenant.member.tenantId } : {};
      const found = await vectorStore.similaritySearchVectorWithScore(query, limit, filter);
      return found.map(([{ metadata }]) => String(metadata["id"]));
    },
    tune: async () => {
      await run(`set maintenance_work_mem = '${indexMemory}'`);
      await run("create index on public.documents using hnsw (embedding extensions.vector_cosine_ops)");
      await run(langchainFunction(model.dimensions, "null::jsonb"));
    },
    close,
  };
}

async function openServer(productUrl: string): Promise<Opened> {
  const serverUrl = await createDatabase(productUrl, databaseName);
  const owner = createPostgresConnection({ url: serverUrl, postgresOptions: { onnotice: () => undefined, max: 1 } });
  await owner.driver.unsafe("create schema extensions; create extension vector schema extensions");
  const [type] = await owner.driver.unsafe<{ oid: number }[]>(vectorType);
  if (!type) throw new Error("There is no vector type");
  // Lite hands on vectors as arrays, and filters as JSON that its own serializer would quote again.
  const types = {
    jsonb: { to: 3802, from: [3802], serialize: (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)), parse: (text: string): unknown => JSON.parse(text) },
    vector: { to: type.oid, from: [type.oid], serialize: vectorText, parse: (text: string) => text },
  };
  const connection = createPostgresConnection({ url: serverUrl, postgresOptions: { onnotice: () => undefined, types } });
  return {
    connection,
    run: async (statement, values = []) => owner.driver.unsafe(statement, values as never[]),
    close: async () => {
      await connection.close();
      await owner.close();
      await dropDatabase(productUrl, databaseName);
    },
  };
}

async function openPglite(): Promise<Opened> {
  const folder = temporaryFolder("bench-langchain", null);
  const connection = await createPgliteConnection({ url: join(folder.path, "postgres"), pgliteOptions: { extensions: { vector } } });
  const { driver } = connection;
  await driver.exec(`create schema extensions; create extension vector schema extensions;
    create role anon; create role authenticated; create role service_role bypassrls`);
  const [type] = (await driver.query<{ oid: number }>(vectorType)).rows;
  if (!type) throw new Error("There is no vector type");
  driver.serializers[type.oid] = vectorText;
  return {
    connection,
    run: async (statement, values) => (values ? (await driver.query(statement, values)).rows : driver.exec(statement)),
    close: async () => {
      await connection.close();
      await folder.remove();
    },
  };
}

const vectorType = "select 'extensions.vector'::regtype::oid::int as oid";

function vectorText(value: unknown): string {
  return typeof value === "string" ? value : `[${(value as number[]).join(",")}]`;
}

async function copyPassages(store: Store, model: number, { corpusId, member }: Tenant, run: Opened["run"]): Promise<void> {
  for (let after = -1; ; ) {
    const rows = await store.owner<{ number: number; content: string; title: string; url: string; embedding: string }>(`
      select number, content, title, url, embedding::text from app.chunks chunk join app.chunk_embeddings_${model} using (corpus_id, number)
        join app.documents document on document.id = document_id
      where chunk.corpus_id = $1 and number > $2 order by number limit ${rowsPerStatement}`, [corpusId, after]);
    const last = rows.at(-1);
    if (!last) return;
    const metadata = rows.map(({ number, title, url: page }) => JSON.stringify({ tenant: member.tenantId, id: `${corpusId}:${number}`, title, url: page }));
    await run(
      `insert into public.documents (content, metadata, embedding)
        select content, metadata::jsonb, embedding::extensions.vector from unnest($1::text[], $2::text[], $3::text[]) as input (content, metadata, embedding)`,
      [rows.map(({ content }) => content), metadata, rows.map(({ embedding }) => embedding)]);
    after = last.number;
  }
}

/** A member's token as Supabase Auth would sign it. */
function tokenOf({ member }: Tenant): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1_000);
  const claims = { sub: member.userId, role: "authenticated", aud: "authenticated", tenant_id: member.tenantId, iat: now, exp: now + 86_400 };
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", keys.jwt).update(signed).digest("base64url")}`;
}
