import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What the fake does with a request: gives vectors, or a way to fail. */
export type EmbeddingBehaviour =
  | { kind: "vectors" }
  | { kind: "slow"; ms: number }
  /** Begins to answer at once and never ends. */
  | { kind: "stall" }
  | { kind: "refuse"; status: number }
  | { kind: "dimensions"; count: number }
  | { kind: "wrong-count"; by: 1 | -1 }
  /** Numbers as JSON can't hold them, or as it can and mustn't. */
  | { kind: "number"; as: "NaN" | "null" | "1e999" | '"x"' }
  | { kind: "zeros" }
  | { kind: "garbage" };

export interface EmbeddingRequest {
  model: string;
  input: string[];
  dimensions?: number;
  encoding_format?: string;
}

export interface FakeEmbeddings {
  baseUrl: string;
  /** Requests received, with the key that they came with. */
  requests: (EmbeddingRequest & { authorization: string | undefined })[];
  /** Requests whose connection was closed before they had their whole answer. */
  readonly abandoned: number;
  /** How it answers from now on, or how it answers each request. */
  behave(behaviour: EmbeddingBehaviour | ((request: EmbeddingRequest) => EmbeddingBehaviour | Promise<EmbeddingBehaviour>)): void;
  /** Headers that all its answers have from now on. */
  tell(headers: Record<string, string>): void;
  close(): Promise<void>;
}

/**
 * An OpenAI-compatible embeddings endpoint on this machine. A text's vector is made from its words alone, so texts with
 * the same words are near; words of one group of `synonyms` count as the same word. Vectors of two models have nothing
 * to do with each other. Models have 64 dimensions unless asked for others.
 */
export async function startFakeEmbeddings(synonyms: string[][] = []): Promise<FakeEmbeddings> {
  let behaviour: Parameters<FakeEmbeddings["behave"]>[0] = { kind: "vectors" };
  const meanings = new Map(synonyms.flatMap((group) => group.map((word) => [word, group[0] ?? word] as const)));
  let told: Record<string, string> = {};
  const requests: FakeEmbeddings["requests"] = [];
  let abandoned = 0;
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    response.on("close", () => (abandoned += Number(!response.writableFinished)));
    const body = JSON.parse(await read(request)) as EmbeddingRequest;
    requests.push({ ...body, authorization: request.headers.authorization });
    const vectors = body.input.map((text) => vectorOf(text, body.model, body.dimensions ?? 64, meanings));
    for (const [name, value] of Object.entries(told)) response.setHeader(name, value);
    await answer(typeof behaviour === "function" ? await behaviour(body) : behaviour, vectors, body.model, response);
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    get abandoned() {
      return abandoned;
    },
    behave: (next) => (behaviour = next),
    tell: (next) => (told = next),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

async function answer(behaviour: EmbeddingBehaviour, vectors: number[][], model: string, response: ServerResponse): Promise<void> {
  if (behaviour.kind === "refuse") {
    response.writeHead(behaviour.status, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message: "Incorrect API key provided: sk-secret", type: "error" } }));
    return;
  }
  if (behaviour.kind === "slow") await sleep(behaviour.ms, undefined, { ref: false });
  response.writeHead(200, { "content-type": "application/json" });
  if (behaviour.kind === "stall") return void response.write("{");
  if (behaviour.kind === "garbage") return void response.end("<html>{not json");
  const text = JSON.stringify(bodyOf(changed(behaviour, vectors), model));
  response.end(behaviour.kind === "number" ? text.replace(/"embedding":\[[^,]+/, `"embedding":[${behaviour.as}`) : text);
}

function changed(behaviour: EmbeddingBehaviour, vectors: number[][]): number[][] {
  if (behaviour.kind === "dimensions") return vectors.map(() => new Array<number>(behaviour.count).fill(1));
  if (behaviour.kind === "wrong-count") return behaviour.by === 1 ? [...vectors, ...vectors.slice(0, 1)] : vectors.slice(1);
  if (behaviour.kind === "zeros") return vectors.map((vector) => vector.map(() => 0));
  return vectors;
}

/** Last one first: what counts is the index. Each text is said to have ten tokens. */
function bodyOf(vectors: number[][], model: string): object {
  const data = vectors.map((embedding, index) => ({ object: "embedding", index, embedding })).reverse();
  return { object: "list", model, data, usage: { prompt_tokens: 10 * vectors.length, total_tokens: 10 * vectors.length } };
}

function vectorOf(text: string, model: string, dimensions: number, meanings: Map<string, string>): number[] {
  const sum = new Array<number>(dimensions).fill(1e-3);
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    for (const [at, value] of wordVector(meanings.get(word) ?? word, model, dimensions).entries()) sum[at] = (sum[at] ?? 0) + value;
  }
  return sum;
}

function wordVector(word: string, model: string, dimensions: number): number[] {
  const values: number[] = [];
  for (let block = 0; values.length < dimensions; block += 1) {
    for (const byte of createHash("sha512").update(`${model} ${block} ${word}`).digest()) values.push(byte - 127.5);
  }
  return values.slice(0, dimensions);
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request) text += String(piece);
  return text;
}
