/** An OpenAI-compatible embeddings endpoint on this machine that knows its vectors beforehand. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface EmbeddingEndpoint {
  baseUrl: string;
  /** Vectors by text; others are refused. */
  vectors: Map<string, number[]>;
  close(): Promise<void>;
}

/** Starts it on a free port; it does nothing but look up. */
export async function startEmbeddingEndpoint(): Promise<EmbeddingEndpoint> {
  const vectors = new Map<string, number[]>();
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const piece of request) body += String(piece);
    const { input } = JSON.parse(body) as { input: string[] };
    const data = input.flatMap((text, index) => {
      const embedding = vectors.get(text);
      return embedding ? [{ object: "embedding", index, embedding }] : [];
    });
    response.writeHead(data.length === input.length ? 200 : 400, { "content-type": "application/json" });
    response.end(JSON.stringify({ object: "list", data }));
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    vectors,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
