/**
 * The API for tests of components, at the seam where the browser would send: requests are real, answers are real responses
 * and streams, and an aborted request fails as it does on the network.
 */
import { vi } from "vitest";

type Answering = (request: Request) => Response | Promise<Response>;

/** Answers by "METHOD /path"; what isn't listed gets no connection. Answers every request that was sent, in order. */
export function serveApi(answers: Record<string, Answering>): Request[] {
  const requests: Request[] = [];
  vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    requests.push(request.clone());
    const answering = answers[`${request.method} ${new URL(request.url).pathname}`];
    return answering ? orAborted(request.signal, async () => answering(request)) : Promise.reject(new TypeError("Failed to fetch"));
  });
  return requests;
}

/** An error as the API answers it. */
export function problem(status: number, code: string, title: string, detail: string): Response {
  const requestId = "0199f3a0-0000-7000-8000-000000000001";
  return Response.json(
    { type: `https://tieline.test/problems/${code}`, title, status, code, detail, requestId },
    { status, headers: { "Content-Type": "application/problem+json", "X-Request-Id": requestId } },
  );
}

/** An answer that the test gives later. */
export function pending(): { answering: Answering; answer: (response: Response) => void } {
  const { promise, resolve } = Promise.withResolvers<Response>();
  return { answering: () => promise, answer: resolve };
}

/** A stream of server-sent events that the test writes while it is read. */
export class FakeStream {
  readonly answering: Answering;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #encoder = new TextEncoder();

  constructor() {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (this.#controller = controller) });
    this.answering = (request) => {
      request.signal.addEventListener("abort", () => this.#controller?.error(request.signal.reason));
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    };
  }

  send(event: string, data: unknown): void {
    this.sendText(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  sendText(text: string): void {
    this.#controller?.enqueue(this.#encoder.encode(text));
  }

  end(): void {
    this.#controller?.close();
  }

  /** The connection breaks. */
  break(): void {
    this.#controller?.error(new TypeError("network error"));
  }
}

async function orAborted(signal: AbortSignal, answer: () => Promise<Response>): Promise<Response> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => aborted.reject(signal.reason as Error));
  return Promise.race([answer(), aborted.promise]);
}
