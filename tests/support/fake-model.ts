import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a fake does with a request: pieces of text to stream, or a way to fail. */
export type Behaviour =
  /** `usage` in the vendor's own form, null for none; `finishReason` null for a stream that ends without saying why. */
  | { kind: "stream"; pieces: string[]; pauseMs?: number; finishReason?: string | null; usage?: object | null; tier?: string; refusal?: string; toolCall?: string; asProse?: boolean }
  | { kind: "die-after"; pieces: string[] }
  | { kind: "error-after"; pieces: string[] }
  | { kind: "refuse"; status: number; retryAfter?: string }
  | { kind: "garbage" }
  | { kind: "web-page" }
  | { kind: "hang" };
export type Stream = Extract<Behaviour, { kind: "stream" }>;

/** How a vendor says things. */
export interface Wire<Body> {
  /** Of a request, the text of the user's side. */
  inputOf(body: Body): string;
  begin(body: Body, behaviour: Behaviour): object[];
  piece(text: string): object[];
  end(behaviour: Stream, body: Body): object[];
  /** One event as it goes over the wire. */
  frame(event: object): string;
  /** After the last event. */
  last: string;
  refusal(status: number, retryAfter: string | undefined): { headers: OutgoingHttpHeaders; body: object };
  /** An error in the middle of a stream. */
  error: object;
}

export interface FakeModelOptions {
  /** Where it listens; a free port unless given. */
  port?: number;
  /** Told the question of each answer before its end is sent. */
  onEnd?: (question: string) => void;
}

type Choice = Behaviour | ((question: string, request: number) => Behaviour);

export interface FakeModel<Body> {
  origin: string;
  /** Bodies, paths and headers of the requests received. */
  requests: Body[];
  paths: string[];
  headers: IncomingMessage["headers"][];
  /** Requests that are being answered now, and the most there were at one time. */
  load: { now: number; most: number };
  /** Resolves when a client has broken off its request. */
  clientLeft: Promise<void>;
  /** How it answers from now on, or how it answers each question, and the how manieth request from 1. */
  behave(behaviour: Choice): void;
  /** Headers that all its answers have from now on. */
  tell(headers: Record<string, string>): void;
  close(): Promise<void>;
}

/** A vendor's endpoint on this machine: real HTTP, streaming as the real one does. */
export async function startFakeModel<Body>(wire: Wire<Body>, { port = 0, onEnd }: FakeModelOptions = {}): Promise<FakeModel<Body>> {
  let behaviour: Choice = { kind: "stream", pieces: ["Hello"] };
  let told: Record<string, string> = {};
  const requests: Body[] = [];
  const paths: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const load = { now: 0, most: 0 };
  const left = Promise.withResolvers<void>();
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(told)) response.setHeader(name, value);
    const body = JSON.parse(await read(request)) as Body;
    requests.push(body);
    paths.push(request.url ?? "");
    headers.push(request.headers);
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    response.on("close", () => {
      load.now -= 1;
      if (!response.writableFinished) left.resolve();
    });
    const question = questionOf(wire.inputOf(body));
    await answer(wire, typeof behaviour === "function" ? behaviour(question, requests.length) : behaviour, body, response, () => onEnd?.(question));
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    paths,
    headers,
    load,
    clientLeft: left.promise,
    behave: (next) => (behaviour = next),
    tell: (next) => (told = next),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function questionOf(input: string): string {
  try {
    return (JSON.parse(input || "{}") as { question?: string }).question ?? "";
  } catch {
    return "";
  }
}

async function answer<Body>(wire: Wire<Body>, behaviour: Behaviour, body: Body, response: ServerResponse, onEnd: () => void): Promise<void> {
  if (behaviour.kind === "hang") return;
  if (behaviour.kind === "refuse") {
    const refusal = wire.refusal(behaviour.status, behaviour.retryAfter);
    response.writeHead(behaviour.status, { "content-type": "application/json", ...refusal.headers });
    response.end(JSON.stringify(refusal.body));
    return;
  }
  if (behaviour.kind === "web-page") {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<html><body>Sign in to the network</body></html>");
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  if (behaviour.kind === "garbage") {
    response.end("data: {not json\n\ndata: \u0000\u0001\n\n");
    return;
  }
  const send = (events: object[]) => events.forEach((event) => response.write(wire.frame(event)));
  send(wire.begin(body, behaviour));
  for (const text of behaviour.pieces) {
    send(wire.piece(text));
    await new Promise((resume) => setTimeout(resume, "pauseMs" in behaviour ? behaviour.pauseMs : 1));
  }
  if (behaviour.kind === "die-after") {
    response.destroy();
    return;
  }
  if (behaviour.kind === "error-after") {
    send([wire.error]);
    response.end();
    return;
  }
  onEnd();
  send(wire.end(behaviour, body));
  response.end(wire.last);
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request) text += String(piece);
  return text;
}
