import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { annotate, requestContext } from "#platform/observability/request-context.ts";
import { call, captureLog, type LogLine } from "../../../tests/support/http.ts";
import { route } from "./route.ts";

let lines: LogLine[] = [];
beforeEach(() => {
  lines = captureLog();
});

const Entry = z.object({ id: z.string() });
const getEntry = route({
  summary: "One entry",
  auth: "anyone",
  limit: "default",
  params: Entry,
  result: Entry,
  handle: ({ params }) => {
    if (params.id === "missing") throw new AppError("NOT_FOUND");
    if (params.id === "broken") throw new Error("hunter2");
    return params;
  },
});

describe("the log line", () => {
  test("of a request says what happened, once, and nothing the client wrote", async () => {
    const handler = route({
      summary: "s",
      auth: "anyone",
      limit: "default",
      query: z.object({ q: z.string() }),
      body: z.object({ q: z.string() }),
      params: z.object({ id: z.string() }),
      result: Entry,
      handle: async () => {
        await Promise.resolve();
        const context = requestContext();
        if (context) context.statements += 3;
        annotate({ passages: 4, status: "overwritten?" });
        return { id: "a" };
      },
    });
    const response = await call(handler, "/api/secret-1/x?q=secret-2", {
      params: { id: "secret-1" },
      json: { q: "secret-3" },
      headers: {
        traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        cookie: "secret-4=1",
        "sec-fetch-site": "same-origin",
      },
      address: "192.0.2.77",
    });
    expect(lines).toEqual([
      {
        level: "info",
        time: expect.any(String),
        msg: "request",
        requestId: response.headers.get("x-request-id"),
        traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
        method: "POST",
        route: "/api/{id}/x",
        status: 200,
        durationMs: expect.any(Number),
        principal: "anonymous",
        clientAddress: "192.0.2.0/24",
        bytes: 10,
        clientLeft: false,
        statements: 3,
        unitsOfWork: 0,
        passages: 4,
      },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/secret|192\.0\.2\.77/);
  });

  test("of a defect is an error with its stack; of a refusal information with its code", async () => {
    await call(getEntry, "/api/help/broken", { params: { id: "broken" } });
    await call(getEntry, "/api/help/missing", { params: { id: "missing" } });
    expect(lines).toMatchObject([
      {
        level: "error",
        status: 500,
        errorCode: "INTERNAL",
        err: { message: "hunter2", stack: expect.stringContaining("exchange.test.ts") },
      },
      { level: "info", status: 404, errorCode: "NOT_FOUND" },
    ]);
    expect(lines[1]).not.toHaveProperty("err");
  });

  test("of a client that left is no error of ours", async () => {
    const leaving = new AbortController();
    const handler = route({
      summary: "s",
      auth: "anyone",
      limit: "none",
      result: Entry,
      handle: ({ signal }) => {
        leaving.abort();
        signal.throwIfAborted();
        return { id: "a" };
      },
    });
    const response = await call(handler, "/api/x", { signal: leaving.signal });
    expect(response.status).toBe(499);
    expect(lines).toMatchObject([{ level: "info", status: 499, clientLeft: true }]);
    expect(lines[0]).not.toHaveProperty("errorCode");
  });
});

test("metrics count requests by pattern, and none stays in flight", async () => {
  await call(getEntry, "/api/counted/a", { params: { id: "a" } });
  await call(getEntry, "/api/counted/b", { params: { id: "b" } });
  const labels = { method: "GET", route: "/api/counted/{id}", status: "200" };
  expect((await metrics().httpRequests.get()).values).toContainEqual({ value: 2, labels });
  expect((await metrics().httpRequestsInFlight.get()).values[0]?.value).toBe(0);
});
