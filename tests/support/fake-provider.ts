import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createHash } from "node:crypto";

/** What a provider does when it is asked for a document. */
export type Behaviour =
  | { kind: "document"; text: string }
  | { kind: "status"; status: number; retryAfter?: string; text?: string }
  | { kind: "page" }
  | { kind: "cut"; text: string }
  | { kind: "slow"; text: string; afterMs: number };

export interface FakeProvider {
  /** host:port, for OUTBOUND_ALLOWED_HOSTS. */
  host: string;
  url: (path: string) => string;
  /** From now on, what a path answers: each behaviour once, the last one for good. */
  serve: (path: string, ...behaviours: Behaviour[]) => void;
  /** Requests so far, with what they were conditional on. */
  requests: { path: string; conditional: boolean; at: number }[];
  close: () => Promise<void>;
}

/** A web server that plays a provider: documents with an ETag, and all that goes wrong with one. */
export async function startFakeProvider(): Promise<FakeProvider> {
  const behaviours = new Map<string, Behaviour[]>();
  const requests: FakeProvider["requests"] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const given = request.headers["if-none-match"];
    requests.push({ path, conditional: given !== undefined, at: Date.now() });
    const queue = behaviours.get(path) ?? [{ kind: "status", status: 404, text: "<html><body>Not found</body></html>" }];
    const behaviour = queue.length > 1 ? queue.shift() : queue[0];
    if (behaviour) answer(behaviour, response, given);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: (path) => `http://${host}${path}`,
    serve: (path, ...list) => void behaviours.set(path, list),
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function answer(behaviour: Behaviour, response: ServerResponse, given: string | undefined): void {
  switch (behaviour.kind) {
    case "document": {
      const etag = `"${createHash("sha256").update(behaviour.text).digest("hex").slice(0, 16)}"`;
      response.setHeader("etag", etag);
      if (given === etag) return void response.writeHead(304).end();
      return void response.end(behaviour.text);
    }
    case "status":
      if (behaviour.retryAfter !== undefined) response.setHeader("retry-after", behaviour.retryAfter);
      return void response.writeHead(behaviour.status).end(behaviour.text ?? "");
    case "page":
      return void response.setHeader("content-type", "text/html").end("<!DOCTYPE html><html><body>We are doing maintenance.</body></html>");
    case "cut":
      response.setHeader("content-length", String(behaviour.text.length));
      return void response.write(behaviour.text.slice(0, behaviour.text.length / 2), () => response.socket?.destroy());
    case "slow":
      return void setTimeout(() => response.end(behaviour.text), behaviour.afterMs);
  }
}
