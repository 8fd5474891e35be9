import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the fake does with a request: pieces of text to stream, or a way to fail. */
export type Behaviour =
  | { kind: "stream"; pieces: string[]; pauseMs?: number; finishReason?: string | null }
  | { kind: "die-after"; pieces: string[] }
  | { kind: "refuse"; status: number }
  | { kind: "garbage" }
  | { kind: "web-page" }
  | { kind: "hang" };

export interface FakeOpenAi {
  baseUrl: string;
  /** Bodies of the requests received. */
  requests: { model: string; messages: { role: string; content: string }[] }[];
  /** Requests that are being answered now, and the most there were at one time. */
  load: { now: number; most: number };
  /** Resolves when a client has broken off its request. */
  clientLeft: Promise<void>;
  /** How it answers from now on, or how it answers each question. */
  behave(behaviour: Behaviour | ((question: string) => Behaviour)): void;
  close(): Promise<void>;
}

/** An OpenAI-compatible chat completions endpoint on this machine that streams as the real one does. */
export async function startFakeOpenAi(): Promise<FakeOpenAi> {
  let behaviour: Behaviour | ((question: string) => Behaviour) = { kind: "stream", pieces: ["Hello"] };
  const requests: FakeOpenAi["requests"] = [];
  const load = { now: 0, most: 0 };
  const left = Promise.withResolvers<void>();
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.parse(await read(request)) as FakeOpenAi["requests"][number];
    requests.push(body);
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    response.on("close", () => {
      load.now -= 1;
      if (!response.writableFinished) left.resolve();
    });
    await answer(typeof behaviour === "function" ? behaviour(questionOf(body)) : behaviour, response);
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    load,
    clientLeft: left.promise,
    behave: (next) => (behaviour = next),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function questionOf({ messages }: FakeOpenAi["requests"][number]): string {
  return (JSON.parse(messages.at(-1)?.content ?? "{}") as { question?: string }).question ?? "";
}

async function answer(behaviour: Behaviour, response: ServerResponse): Promise<void> {
  if (behaviour.kind === "hang") return;
  if (behaviour.kind === "refuse") {
    response.writeHead(behaviour.status, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message: "no", type: "server_error" } }));
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
  for (const content of behaviour.pieces) {
    response.write(`data: ${JSON.stringify(chunk({ delta: { content } }))}\n\n`);
    await new Promise((resume) => setTimeout(resume, "pauseMs" in behaviour ? behaviour.pauseMs : 1));
  }
  if (behaviour.kind === "die-after") {
    response.destroy();
    return;
  }
  const reason = behaviour.kind === "stream" && behaviour.finishReason !== undefined ? behaviour.finishReason : "stop";
  if (reason !== null) response.write(`data: ${JSON.stringify(chunk({ delta: {}, finish_reason: reason }))}\n\n`);
  const usage = { prompt_tokens: 321, completion_tokens: 45, total_tokens: 366 };
  response.write(`data: ${JSON.stringify({ ...chunk(), choices: [], usage })}\n\n`);
  response.end("data: [DONE]\n\n");
}

function chunk(choice: object = {}) {
  return {
    id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "fake-model-2026-01-01",
    choices: [{ index: 0, finish_reason: null, ...choice }],
  };
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request) text += String(piece);
  return text;
}
