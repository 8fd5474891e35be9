/** The side to compare with: LangChain's SupabaseVectorStore, and the schema that its documentation gives. */
import { Document, type DocumentInterface } from "@langchain/core/documents";
import { VectorStore } from "@langchain/core/vectorstores";
import { FakeEmbeddings } from "@langchain/core/utils/testing";
import type { SupabaseClient } from "@supabase/supabase-js";

type Metadata = Record<string, unknown>;

interface Matched {
  content: string;
  metadata: Metadata;
  similarity: number;
}

/**
 * What @langchain/community 1.1.29 does in a search, on LangChain's own VectorStore. The package itself can't be
 * installed beside zod 4: it demands @browserbasehq/stagehand 1, which demands zod 3.
 */
export class SupabaseVectorStore extends VectorStore {
  declare FilterType: Metadata;
  readonly #client: SupabaseClient;

  constructor(client: SupabaseClient) {
    super(new FakeEmbeddings(), {});
    this.#client = client;
  }

  override _vectorstoreType(): string {
    return "supabase";
  }

  override addVectors(): Promise<never> {
    return Promise.reject(new Error("The benchmark fills the table by COPY"));
  }

  override addDocuments(): Promise<never> {
    return this.addVectors();
  }

  override async similaritySearchVectorWithScore(query: number[], k: number, filter: Metadata = {}): Promise<[DocumentInterface, number][]> {
    const response = await this.#client.rpc("match_documents", { query_embedding: query, filter, match_count: k });
    if (response.error) throw new Error(`Error searching for documents: ${response.error.code} ${response.error.message}`);
    const found = response.data as Matched[];
    return found.map(({ content, metadata, similarity }) => [new Document({ metadata, pageContent: content }), similarity]);
  }
}

/** As docs.langchain.com gives it for JavaScript, with Supabase's name for the schema of extensions. */
export function langchainSchema(dimensions: number): string {
  return `
    create table public.documents (
      id bigserial primary key,
      content text,
      metadata jsonb,
      embedding extensions.vector(${dimensions})
    );
    ${langchainFunction(dimensions, "(embedding::text)::jsonb")}`;
}

/** Its function, with what it gives as the vector of a row: the documentation's casts every row that it sorts. */
export function langchainFunction(dimensions: number, embedding: string): string {
  return `
    create or replace function public.match_documents (
      query_embedding extensions.vector(${dimensions}),
      match_count int default null,
      filter jsonb default '{}'
    ) returns table (id bigint, content text, metadata jsonb, embedding jsonb, similarity float)
    language plpgsql set search_path = public, extensions as $$
    #variable_conflict use_column
    begin
      return query
      select id, content, metadata, ${embedding} as embedding,
        1 - (documents.embedding <=> query_embedding) as similarity
      from documents
      where metadata @> filter
      order by documents.embedding <=> query_embedding
      limit match_count;
    end;
    $$;`;
}
