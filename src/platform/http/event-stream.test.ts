import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { eventStream, heartbeatMs, type StreamEvent } from "./event-stream.ts";

type Events = AsyncGenerator<StreamEvent, void, undefined>;

const token = (text: string): StreamEvent => ({ event: "token", data: { text } });

/** A stream of what `source` yields, as routeStream opens it; `leaving` is the client. */
async function open(source: (signal: AbortSignal) => Events) {
  const leaving = new AbortController();
  const onLeave = vi.fn(() => leaving.abort());
  const events = source(leaving.signal);
  const describe = (error: unknown) => ({ said: String(error) });
  const first = await events.next();
  return { ...eventStream({ events, first, signal: leaving.signal, onLeave, describe }), leaving, onLeave };
}

/** Yields for ever; `state` tells how far it came and whether it was closed. */
function endless() {
  const state = { sent: 0, closed: false };
  async function* source(): Events {
    try {
      for (;;) {
        state.sent += 1;
        yield token(String(state.sent));
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      await Promise.resolve();
      state.closed = true;
    }
  }
  return { state, source };
}

async function* two(): Events {
  yield token("a");
  await Promise.resolve();
  yield token("é");
}

const text = (body: ReadableStream<Uint8Array>) => new Response(body).text();

test("sends every event, closes, and says how much that was", async () => {
  const { body, ended, onLeave } = await open(two);
  const sent = await text(body);
  expect(sent).toBe('event: token\nid: 1\ndata: {"text":"a"}\n\nevent: token\nid: 2\ndata: {"text":"é"}\n\n');
  expect(await ended).toEqual({ events: 2, bytes: new TextEncoder().encode(sent).byteLength, clientLeft: false });
  expect(onLeave).not.toHaveBeenCalled();
});

test("of nothing is an empty stream", async () => {
  const { body, ended } = await open(async function* () {});
  expect(await text(body)).toBe("");
  expect(await ended).toEqual({ events: 0, bytes: 0, clientLeft: false });
});

test("runs no further ahead than the reader", async () => {
  const { state, source } = endless();
  const { body } = await open(source);
  const reader = body.getReader();
  await reader.read();
  await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(state.sent).toBe(2);
  await reader.cancel();
});

test("an error closes the stream with an event that describes it", async () => {
  const failure = new Error("broken");
  const { body, ended } = await open(async function* () {
    yield token("a");
    throw failure;
  });
  expect(await text(body)).toContain('event: error\nid: 2\ndata: {"said":"Error: broken"}\n\n');
  expect(await ended).toMatchObject({ events: 2, clientLeft: false, error: failure });
});

test("the generator runs in the context that opened the stream, not in the reader's", async () => {
  const storage = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  async function* source(): Events {
    try {
      yield token("a");
      seen.push(storage.getStore());
      yield token("b");
    } finally {
      seen.push(storage.getStore());
    }
  }
  const { body } = await storage.run("request", () => open(source));
  const reader = body.getReader();
  await storage.run("reader", async () => {
    await reader.read();
    await reader.read();
    await reader.cancel();
  });
  expect(seen).toEqual(["request", "request"]);
});

describe("a client that leaves", () => {
  test("by cancelling closes the generator before the stream counts as ended", async () => {
    const { state, source } = endless();
    const { body, ended, leaving } = await open(source);
    const reader = body.getReader();
    await reader.read();
    await reader.cancel();
    expect(await ended).toMatchObject({ events: 1, clientLeft: true });
    expect(state.closed).toBe(true);
    expect(leaving.signal.aborted).toBe(true);
  });

  test("by aborting does the same, even if no one reads", async () => {
    const { state, source } = endless();
    const { ended, leaving } = await open(source);
    leaving.abort();
    expect(await ended).toEqual({ events: 0, bytes: 0, clientLeft: true });
    expect(state.closed).toBe(true);
  });

  test("before the stream is made does too", async () => {
    const { state, source } = endless();
    const events = source();
    const first = await events.next();
    const signal = AbortSignal.abort();
    const { body, ended } = eventStream({ events, first, signal, onLeave: () => {}, describe: String });
    expect(await text(body)).toBe("");
    expect(await ended).toMatchObject({ clientLeft: true });
    expect(state.closed).toBe(true);
  });

  test("interrupts a step that waits, whose complaint is no error", async () => {
    const { body, ended, leaving } = await open(async function* (signal) {
      yield token("a");
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted call"))));
    });
    const reading = text(body);
    await new Promise((resolve) => setImmediate(resolve));
    leaving.abort();
    await reading;
    expect(await ended).toEqual({ events: 1, bytes: expect.any(Number), clientLeft: true });
  });

  test("is not held up by a finally that fails", async () => {
    const { body, ended } = await open(async function* () {
      try {
        yield token("a");
      } finally {
        throw new Error("cleaning up failed");
      }
    });
    await body.cancel();
    expect(await ended).toMatchObject({ clientLeft: true });
  });
});

describe("the heartbeat", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is a comment every 15 seconds", async () => {
    const { body } = await open(async function* () {
      yield token("a");
      await new Promise((resolve) => setTimeout(resolve, 2.5 * heartbeatMs));
    });
    const sent = text(body);
    await vi.advanceTimersByTimeAsync(3 * heartbeatMs);
    expect(heartbeatMs).toBe(15_000);
    expect((await sent).split("\n\n").slice(1)).toEqual([":", ":", ""]);
  });

  test("waits in memory once at most, when the reader has stalled", async () => {
    const { body } = await open(two);
    await vi.advanceTimersByTimeAsync(100 * heartbeatMs);
    expect((await text(body)).match(/^:$/gm)).toHaveLength(1);
  });

  test("ends with its stream, however that ends", async () => {
    await text((await open(two)).body);
    await (await open(two)).body.cancel();
    (await open(endless().source)).leaving.abort();
    expect(vi.getTimerCount()).toBe(0);
  });
});
