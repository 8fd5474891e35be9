import { AsyncLocalStorage } from "node:async_hooks";
import type { DownloadResult } from "./operation.ts";
import type { Answer } from "./serve.ts";

type Step = IteratorResult<string, unknown>;
type Outcome = Awaited<NonNullable<Answer["ended"]>>;

/**
 * The answer that writes a file at the pace of its reader, one piece of it in memory at a time. What fails before the
 * first piece is thrown; a later failure breaks the connection off, so that half a file can't be taken for a whole one.
 * However it ends, the pieces' iterator is closed before `ended` resolves.
 */
export async function downloadAnswer(
  { contentType, filename }: DownloadResult,
  request: Request,
  start: (signal: AbortSignal) => AsyncIterable<string> | PromiseLike<AsyncIterable<string>>,
): Promise<Answer> {
  const headers = new Headers({
    "content-type": contentType,
    "content-disposition": `attachment; filename="${filename}"`,
    "cache-control": "no-store",
    // Keeps nginx from gathering the file on its disk.
    "x-accel-buffering": "no",
  });
  if (request.method === "HEAD") return { response: new Response(null, { headers }) };
  const left = new AbortController();
  const signal = AbortSignal.any([request.signal, left.signal]);
  const pieces = (await start(signal))[Symbol.asyncIterator]();
  const first = await pieces.next();
  const { promise: ended, resolve } = Promise.withResolvers<Outcome>();
  const source = new Pieces({ pieces, first, signal, onLeave: () => left.abort(), resolve });
  return { response: new Response(new ReadableStream<Uint8Array>(source, { highWaterMark: 0 }), { headers }), ended };
}

interface Parts {
  pieces: AsyncIterator<string>;
  first: Step;
  signal: AbortSignal;
  onLeave: () => void;
  resolve: (outcome: Outcome) => void;
}

const encoder = new TextEncoder();

class Pieces {
  readonly #parts: Parts;
  readonly #outcome: Outcome = { bytes: 0, clientLeft: false };
  /** The reader pulls from a context of its own; the pieces are made in the request's. */
  readonly #inContext = AsyncLocalStorage.snapshot();
  #first: Step | null;
  #open = true;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#first = parts.first;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const { signal } = this.#parts;
    const onAbort = () => {
      if (!this.#open) return;
      controller.error(signal.reason);
      this.#leave();
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      const step = await this.#next();
      if (!this.#open) return;
      if (!step.done) {
        const bytes = encoder.encode(step.value);
        this.#outcome.bytes += bytes.byteLength;
        return controller.enqueue(bytes);
      }
      controller.close();
    } catch (error) {
      if (!this.#open) return;
      this.#outcome.error = error;
      // The reader's side learns that it broke, not why.
      controller.error(new Error("The download broke off"));
    }
    await this.#finish();
  }

  cancel(): void {
    if (this.#open) this.#leave();
  }

  /** The next piece that holds something: an empty one would leave the reader's pull unanswered. */
  async #next(): Promise<Step> {
    const first = this.#first;
    this.#first = null;
    let step = first ?? (await this.#inContext(() => this.#parts.pieces.next()));
    while (!step.done && step.value === "") step = await this.#inContext(() => this.#parts.pieces.next());
    return step;
  }

  #leave(): void {
    this.#outcome.clientLeft = true;
    void this.#finish();
    this.#parts.onLeave();
  }

  async #finish(): Promise<void> {
    this.#open = false;
    const { pieces, resolve } = this.#parts;
    // Waits for a step that is still running. What fails while the reader is gone has no one left to be told.
    await this.#inContext(async () => pieces.return?.()).catch(() => undefined);
    resolve(this.#outcome);
  }
}
