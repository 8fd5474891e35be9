import { setImmediate as nextTurn } from "node:timers/promises";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "#lib/errors.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { annotate, requestContext } from "#platform/observability/request-context.ts";
import { call, captureLog, type LogLine } from "../../../tests/support/http.ts";
import { download, route } from "./route.ts";

let lines: LogLine[] = [];
beforeEach(() => {
  lines = captureLog();
});

type Source = (signal: AbortSignal) => AsyncIterable<string>;

const saving = (source: Source) =>
  route({
    summary: "All rows",
    auth: "anyone",
    limit: "default",
    result: download("application/x-ndjson", "rows.ndjson"),
    handle: ({ signal }) => source(signal),
  });
const get = (source: Source, options: Parameters<typeof call>[2] = {}) => call(saving(source), "/api/rows", options);

async function* threePieces(): AsyncGenerator<string> {
  yield '{"a":1}\n';
  await nextTurn();
  yield "";
  yield '{"é":2}\n';
}

describe("a download", () => {
  test("is the pieces in order, under a name to be saved by, kept by nobody", async () => {
    const response = await get(threePieces);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/x-ndjson",
      "content-disposition": 'attachment; filename="rows.ndjson"',
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-ratelimit-limit": expect.any(String),
      "x-request-id": expect.any(String),
    });
    expect(await response.text()).toBe('{"a":1}\n{"é":2}\n');
    await vi.waitFor(() => expect(lines).toMatchObject([{ level: "info", status: 200, clientLeft: false, bytes: 17 }]));
    expect((await metrics().httpRequestsInFlight.get()).values[0]?.value).toBe(0);
  });

  test("of nothing is an empty file", async () => {
    const response = await get(async function* () {});
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  test("reads no further than its reader has read", async () => {
    let made = 0;
    const response = await get(async function* () {
      for (; made < 100; ) {
        made += 1;
        yield `${made}\n`;
      }
    });
    const reader = response.body?.getReader();
    await reader?.read();
    await nextTurn();
    await nextTurn();
    expect(made).toBeLessThanOrEqual(2);
    await reader?.cancel();
  });

  test("answers HEAD with headers alone, and starts nothing", async () => {
    const source = vi.fn(threePieces);
    const response = await get(source, { method: "HEAD" });
    expect([response.status, response.body, response.headers.get("content-disposition")]).toEqual([200, null, 'attachment; filename="rows.ndjson"']);
    expect(source).not.toHaveBeenCalled();
  });

  test("is made in the request's context, to its last finally", async () => {
    const ids: unknown[] = [];
    const response = await get(async function* () {
      try {
        for (const piece of ["a", "b", "c"]) {
          ids.push(requestContext()?.requestId);
          yield piece;
        }
      } finally {
        annotate({ finished: true });
      }
    });
    await response.text();
    expect(ids).toEqual(Array(3).fill(response.headers.get("x-request-id")));
    await vi.waitFor(() => expect(lines).toMatchObject([{ finished: true }]));
  });
});

describe("an error", () => {
  test("before the first piece is an ordinary problem response", async () => {
    const response = await get(async function* (): AsyncGenerator<string> {
      throw new AppError("DATABASE_UNAVAILABLE");
    });
    expect([response.status, response.headers.get("content-type")]).toEqual([503, "application/problem+json"]);
    expect(response.headers.has("content-disposition")).toBe(false);
  });

  test("of the handler itself is one too", async () => {
    const response = await get(() => {
      throw new AppError("NOT_FOUND");
    });
    expect(response.status).toBe(404);
  });

  test("after it breaks the download off, closes the source and is logged", async () => {
    let closed = false;
    const response = await get(async function* () {
      try {
        yield "first\n";
        throw new Error("hunter2");
      } finally {
        closed = true;
      }
    });
    const failure: unknown = await response.text().catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: "The download broke off" });
    await vi.waitFor(() => expect(lines).toMatchObject([{ level: "error", status: 200, errorCode: "INTERNAL", clientLeft: false, bytes: 6 }]));
    expect(closed).toBe(true);
  });
});

describe("a reader that leaves", () => {
  test("stops the reading: the signal aborts, the source is closed, and no error is counted", async () => {
    const state = { signal: undefined as AbortSignal | undefined, closed: false, made: 0 };
    const response = await get(async function* (signal) {
      state.signal = signal;
      try {
        for (;;) yield `${(state.made += 1)}\n`;
      } finally {
        state.closed = true;
      }
    });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await vi.waitFor(() => expect(lines).toMatchObject([{ level: "info", clientLeft: true }]));
    expect(lines[0]).not.toHaveProperty("errorCode");
    expect([state.signal?.aborted, state.closed]).toEqual([true, true]);
    const { made } = state;
    await nextTurn();
    expect(state.made).toBe(made);
  });

  test("as the request's signal tells it stops it as well", async () => {
    const leaving = new AbortController();
    let closed = false;
    const response = await get(async function* () {
      try {
        for (;;) yield "row\n";
      } finally {
        closed = true;
      }
    }, { signal: leaving.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    leaving.abort();
    await expect(reader?.read()).rejects.toThrow();
    await vi.waitFor(() => expect(lines).toMatchObject([{ clientLeft: true }]));
    expect(closed).toBe(true);
  });

  test("before the first piece gets 499", async () => {
    const leaving = new AbortController();
    const response = get(async function* (signal): AsyncGenerator<string> {
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
      yield "never";
    }, { signal: leaving.signal });
    await nextTurn();
    leaving.abort();
    expect((await response).status).toBe(499);
  });
});
