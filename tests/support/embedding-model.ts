import { anonymous, type Principal } from "#platform/auth/principal.ts";
import { embedPassages, retrieve } from "#domains/knowledge/server.ts";
import { forgetQuestionVectors } from "#domains/knowledge/question-vectors.ts";
import { inspect } from "./database.ts";
import { withEnvironment } from "./environment.ts";
import { startFakeEmbeddings, type FakeEmbeddings } from "./fake-embeddings.ts";

export interface EmbeddingModel {
  fake: FakeEmbeddings;
  /** From now on this model of the fake is configured; undefined configures none. */
  configure(model: string | undefined, over?: Record<string, string | undefined>): void;
  close(): Promise<void>;
}

/** A fake embedding endpoint that the application is configured for, as model-a. */
export async function startEmbeddingModel(): Promise<EmbeddingModel> {
  const fake = await startFakeEmbeddings([["car", "automobile"], ["battery", "accumulator"], ["cheap", "inexpensive"]]);
  let restore = () => undefined as void;
  const configure: EmbeddingModel["configure"] = (model, over = {}) => {
    restore();
    restore = withEnvironment({
      OPENAI_API_KEY: "sk-of-another-server", EMBEDDING_MODEL: model, EMBEDDING_BASE_URL: fake.baseUrl, EMBEDDING_API_KEY: "sk-secret",
      EMBEDDING_DIMENSIONS: undefined, EMBEDDING_TIMEOUT_MS: "500", ...over,
    });
  };
  configure("model-a");
  forgetQuestionVectors();
  const close = () => {
    restore();
    return fake.close();
  };
  return { fake, configure, close };
}

/** Runs the job that embeds passages, as the queue does. */
export function embedNow(data: { corpusId?: number } = {}): Promise<Record<string, unknown> | null> {
  return embedPassages.run(data, new AbortController().signal);
}

/** How a question was searched, and the passages found, best first. */
export async function find(question: string, principal: Principal = anonymous): Promise<{ mode: string; found: string[] }> {
  const { mode, retrievals } = await retrieve(principal, [question], { limit: 5 });
  return { mode, found: retrievals[0]?.passages.map(({ content }) => content) ?? [] };
}

/** Every stored model, in the order they were made. */
export function storedModels(): Promise<{ id: number; name: string; dimensions: number; state: string }[]> {
  return inspect("select id, name, dimensions, state from app.embedding_models order by id");
}

/** How many vectors a stored model has. */
export async function countVectors(model = 1): Promise<number> {
  const [row] = await inspect<{ n: number }>(`select count(*)::int as n from app.chunk_embeddings_${model}`);
  return row?.n ?? 0;
}
