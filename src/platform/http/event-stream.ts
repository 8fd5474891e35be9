import { AsyncLocalStorage } from "node:async_hooks";
import { encodeEvent, encodeHeartbeat } from "./sse.ts";

export const heartbeatMs = 15_000;

export interface StreamEvent {
  event: string;
  /** What a client that comes back says in Last-Event-ID; unless given, the position in this response. */
  id?: string;
  data: unknown;
}

export interface StreamOutcome {
  events: number;
  bytes: number;
  clientLeft: boolean;
  error?: unknown;
}

export interface EventSource {
  events: AsyncGenerator<StreamEvent, void, undefined>;
  /** The first step of `events`, already taken: it decided that there is a stream at all. */
  first: IteratorResult<StreamEvent, void>;
  /** Aborts when the client has left. */
  signal: AbortSignal;
  /** Called when the client cancels the stream, which `signal` may not tell. */
  onLeave: () => void;
  /** Data of the `error` event that closes a stream whose source throws. */
  describe: (error: unknown) => unknown;
}

/**
 * Server-sent events from a generator, at the pace of the reader, with a heartbeat every 15 s. However the stream ends
 * (last event, error, client gone), the generator is closed, so that its `finally` runs, before `ended` resolves;
 * `ended` never rejects.
 */
export function eventStream(source: EventSource): { body: ReadableStream<Uint8Array>; ended: Promise<StreamOutcome> } {
  const { promise: ended, resolve } = Promise.withResolvers<StreamOutcome>();
  const body = new ReadableStream<Uint8Array>(new Pump(source, resolve), { highWaterMark: 0 });
  return { body, ended };
}

/** Events that name themselves, written out: many readers get the same ones. */
const written = new WeakMap<StreamEvent, Uint8Array>();

function bytesOf(given: StreamEvent, place: number): Uint8Array {
  const { event, id, data } = given;
  if (id === undefined) return encodeEvent({ event, id: place, data });
  const bytes = written.get(given) ?? encodeEvent({ event, id, data });
  written.set(given, bytes);
  return bytes;
}

class Pump {
  readonly #source: EventSource;
  readonly #resolve: (outcome: StreamOutcome) => void;
  readonly #outcome: StreamOutcome = { events: 0, bytes: 0, clientLeft: false };
  /** The reader pulls from a context of its own; the generator runs in the request's. */
  readonly #inContext = AsyncLocalStorage.snapshot();
  #first: IteratorResult<StreamEvent, void> | null;
  #heartbeat: NodeJS.Timeout | undefined;
  #open = true;

  constructor(source: EventSource, resolve: (outcome: StreamOutcome) => void) {
    this.#source = source;
    this.#first = source.first;
    this.#resolve = resolve;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#heartbeat = setInterval(() => this.#beat(controller), heartbeatMs).unref();
    const { signal } = this.#source;
    const onAbort = () => {
      if (!this.#open) return;
      controller.close();
      this.#leave();
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      const step = await this.#next();
      if (!this.#open) return;
      if (!step.done) return this.#send(controller, step.value);
    } catch (error) {
      if (!this.#open) return;
      this.#outcome.error = error;
      this.#send(controller, { event: "error", data: this.#source.describe(error) });
    }
    controller.close();
    await this.#finish();
  }

  cancel(): void {
    if (this.#open) this.#leave();
  }

  #next(): Promise<IteratorResult<StreamEvent, void>> {
    const first = this.#first;
    this.#first = null;
    return first ? Promise.resolve(first) : this.#inContext(() => this.#source.events.next());
  }

  #send(controller: ReadableStreamDefaultController<Uint8Array>, given: StreamEvent): void {
    this.#outcome.events += 1;
    this.#write(controller, bytesOf(given, this.#outcome.events));
  }

  #beat(controller: ReadableStreamDefaultController<Uint8Array>): void {
    // A reader that has stalled must not find hours of heartbeats in memory.
    if (controller.desiredSize === 0) this.#write(controller, encodeHeartbeat());
  }

  #write(controller: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array): void {
    this.#outcome.bytes += bytes.byteLength;
    controller.enqueue(bytes);
  }

  #leave(): void {
    this.#outcome.clientLeft = true;
    void this.#finish();
    this.#source.onLeave();
  }

  async #finish(): Promise<void> {
    this.#open = false;
    clearInterval(this.#heartbeat);
    // Waits for a step that is still running. What fails while the reader is gone has no one left to be told.
    await this.#inContext(() => this.#source.events.return()).catch(() => undefined);
    this.#resolve(this.#outcome);
  }
}
