import { beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { annotate, requestContext } from "#platform/observability/request-context.ts";
import { allEvents, call, captureLog, type LogLine, receivedEvents } from "../../../tests/support/http.ts";
import { type EventOf, routeStream } from "./route-stream.ts";
import { inertPolicy } from "./security-headers.ts";

const events = { token: z.object({ text: z.string() }), done: z.object({ tokens: z.number() }) };
type Event = EventOf<typeof events>;
type Source = (signal: AbortSignal) => AsyncGenerator<Event, void, undefined>;

let lines: LogLine[] = [];
beforeEach(() => {
  lines = captureLog();
});

const asStream = { headers: { accept: "text/event-stream" }, method: "POST" };

const answering = (source: Source) =>
  routeStream({
    summary: "Tokens",
    auth: "anyone",
    limit: "llm",
    events,
    result: z.object({ text: z.string() }),
    collect: (all) => ({ text: all.map((event) => (event.event === "token" ? event.data.text : ".")).join("") }),
    handle: ({ signal }) => source(signal),
  });

async function* threeEvents(): AsyncGenerator<Event, void, undefined> {
  yield { event: "token", data: { text: "a" } };
  await Promise.resolve();
  yield { event: "token", data: { text: "b" } };
  yield { event: "done", data: { tokens: 2 } };
}

describe("for a client that asks for events", () => {
  test("sends them in order, with ids, and closes", async () => {
    const received = await allEvents(await call(answering(threeEvents), "/api/ask", asStream));
    expect(received).toEqual([
      { event: "token", id: "1", data: { text: "a" } },
      { event: "token", id: "2", data: { text: "b" } },
      { event: "done", id: "3", data: { tokens: 2 } },
    ]);
  });

  test("an event that names itself is checked once, however many readers get it", async () => {
    let checks = 0;
    const counted = z.object({ text: z.string() }).refine(() => (checks += 1) > 0);
    const [named, plain] = [{ event: "token", id: "81", data: { text: "named" } }, { event: "token", data: { text: "plain" } }] as const;
    const route = routeStream({
      summary: "Tokens", auth: "anyone", limit: "none", events: { token: counted },
      handle: async function* () {
        yield plain;
        yield named;
        yield* await Promise.resolve([]);
      },
    });
    const readers = [await call(route, "/api/streams/x", asStream), await call(route, "/api/streams/x", asStream), await call(route, "/api/streams/x", asStream)];
    for (const reader of readers) {
      expect(await allEvents(reader)).toEqual([{ event: "token", id: "1", data: { text: "plain" } }, { event: "token", id: "81", data: { text: "named" } }]);
    }
    expect(checks).toBe(4);
  });

  test("with headers that keep caches, compressors and proxies from holding events back", async () => {
    const { headers, body } = await call(answering(threeEvents), "/api/ask", asStream);
    await body?.cancel();
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      vary: "Accept",
      "x-request-id": expect.any(String),
      "x-ratelimit-limit": "30",
      "content-security-policy": inertPolicy,
    });
  });

  test("answers HEAD with headers alone, and starts nothing", async () => {
    const source = vi.fn(threeEvents);
    const response = await call(answering(source), "/api/streams/a", { ...asStream, method: "HEAD" });
    expect([response.status, response.body, response.headers.get("content-type")]).toEqual([
      200,
      null,
      "text/event-stream",
    ]);
    expect(source).not.toHaveBeenCalled();
    expect(lines).toHaveLength(1);
  });
});

describe("for a client that doesn't", () => {
  test.each([undefined, "*/*", "application/json", "text/event-stream;q=0.1, application/json"])(
    "Accept %s gets one document",
    async (accept) => {
      const response = await call(answering(threeEvents), "/api/ask", {
        method: "POST",
        headers: accept === undefined ? {} : { accept },
      });
      expect(response.headers.get("content-type")).toBe("application/json");
      expect(response.headers.get("vary")).toBe("Accept");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.json()).toEqual({ text: "ab." });
    },
  );

  test("an error at any point is a problem", async () => {
    async function* failing(): AsyncGenerator<Event, void, undefined> {
      yield { event: "token", data: { text: "a" } };
      throw new AppError("UPSTREAM_UNAVAILABLE");
    }
    const response = await call(answering(failing), "/api/ask", { method: "POST" });
    expect([response.status, await response.json()]).toMatchObject([503, { code: "UPSTREAM_UNAVAILABLE" }]);
  });

  test("the handler's signal is the request's", async () => {
    const leaving = new AbortController();
    async function* waiting(signal: AbortSignal): AsyncGenerator<Event, void, undefined> {
      leaving.abort();
      signal.throwIfAborted();
      yield { event: "done", data: { tokens: 0 } };
    }
    expect((await call(answering(waiting), "/api/ask", { method: "POST", signal: leaving.signal })).status).toBe(499);
  });

  test("a route without a document streams all the same", async () => {
    const handler = routeStream({ summary: "s", auth: "anyone", limit: "none", events, handle: threeEvents });
    expect(await allEvents(await call(handler, "/api/streams/a"))).toHaveLength(3);
  });
});

describe("an error", () => {
  test("before the first event is an ordinary problem response", async () => {
    async function* failing(): AsyncGenerator<Event, void, undefined> {
      throw new AppError("LLM_DISABLED");
    }
    const response = await call(answering(failing), "/api/ask", asStream);
    expect(response.status).toBe(503);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("x-ratelimit-limit")).toBe("30");
  });

  test("after it is an error event with the problem, and the end", async () => {
    async function* failing(): AsyncGenerator<Event, void, undefined> {
      yield { event: "token", data: { text: "a" } };
      throw new Error("hunter2");
    }
    const response = await call(answering(failing), "/api/ask", asStream);
    const received = await allEvents(response);
    expect(received.slice(1)).toEqual([
      {
        event: "error",
        id: "2",
        data: expect.objectContaining({
          code: "INTERNAL",
          status: 500,
          requestId: response.headers.get("x-request-id"),
        }),
      },
    ]);
    expect(JSON.stringify(received)).not.toContain("hunter2");
    await vi.waitFor(() =>
      expect(lines).toMatchObject([
        { level: "error", status: 200, errorCode: "INTERNAL", events: 2, clientLeft: false },
      ]),
    );
  });

  test("in the shape of an event is one too", async () => {
    async function* wrong(): AsyncGenerator<Event, void, undefined> {
      yield { event: "token", data: { text: 1 as unknown as string } };
    }
    await expect(call(answering(wrong), "/api/ask", asStream)).rejects.toThrow(/token does not match its schema/);
  });
});

test("an event that isn't declared is a defect, answered as one", async () => {
  async function* undeclared(): AsyncGenerator<Event, void, undefined> {
    yield { event: "surprise", data: {} } as unknown as Event;
  }
  expect((await call(answering(undeclared), "/api/ask", asStream)).status).toBe(500);
  expect(lines[0]).toMatchObject({ err: { message: "/api/ask sent an event it does not declare: surprise" } });
});

describe("a client that leaves", () => {
  test("aborts the signal and closes the generator; the log says so, and counts no error", async () => {
    const state = { signal: undefined as AbortSignal | undefined, closed: false };
    async function* waiting(signal: AbortSignal): AsyncGenerator<Event, void, undefined> {
      state.signal = signal;
      try {
        yield { event: "token", data: { text: "a" } };
        await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
      } finally {
        state.closed = true;
      }
    }
    const reader = receivedEvents(await call(answering(waiting), "/api/ask", asStream));
    await reader.next();
    await reader.return();
    expect(state.signal?.aborted).toBe(true);
    await vi.waitFor(() => expect(lines).toMatchObject([{ level: "info", status: 200, clientLeft: true, events: 1 }]));
    expect(lines[0]).not.toHaveProperty("errorCode");
    expect(state.closed).toBe(true);
  });

  test("before the first event gets 499, and the generator is closed", async () => {
    const leaving = new AbortController();
    let cleaned = false;
    async function* waiting(signal: AbortSignal): AsyncGenerator<Event, void, undefined> {
      try {
        await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
        yield { event: "done", data: { tokens: 0 } };
      } finally {
        cleaned = true;
      }
    }
    const response = call(answering(waiting), "/api/ask", { ...asStream, signal: leaving.signal });
    await new Promise((resolve) => setImmediate(resolve));
    leaving.abort();
    expect((await response).status).toBe(499);
    expect(cleaned).toBe(true);
  });
});

test("the handler keeps the request's context from the first event to its finally", async () => {
  const ids: unknown[] = [];
  async function* aware(): AsyncGenerator<Event, void, undefined> {
    try {
      for (let index = 0; index < 3; index += 1) {
        ids.push(requestContext()?.requestId);
        yield { event: "token", data: { text: "a" } };
      }
    } finally {
      annotate({ finished: true });
    }
  }
  const response = await call(answering(aware), "/api/ask", asStream);
  await allEvents(response);
  expect(ids).toEqual(Array(3).fill(response.headers.get("x-request-id")));
  await vi.waitFor(() => expect(lines).toMatchObject([{ finished: true }]));
});

test("the log line and metrics come when the stream has ended", async () => {
  const response = await call(answering(threeEvents), "/api/ask/line", asStream);
  expect(lines).toEqual([]);
  expect((await metrics().httpRequestsInFlight.get()).values[0]?.value).toBe(1);
  const text = await response.text();
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  expect(lines[0]).toMatchObject({
    msg: "request",
    route: "/api/ask/line",
    status: 200,
    events: 3,
    clientLeft: false,
    bytes: text.length,
  });
  expect((await metrics().httpRequestsInFlight.get()).values[0]?.value).toBe(0);
});
