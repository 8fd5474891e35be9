import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { metrics } from "#platform/observability/metrics.ts";
import { call, captureLog, type LogLine, resetEnvironment, useEnvironment } from "../../../tests/support/http.ts";
import { forgetAnswers } from "./kept-answers.ts";
import { raw, route } from "./route.ts";

let lines: LogLine[] = [];
beforeEach(() => {
  lines = captureLog();
});
afterEach(resetEnvironment);

const Entry = z.object({ id: z.string() });

describe("an answer", () => {
  test("is what the handler made of the parsed input, as JSON", async () => {
    const handler = route({
      summary: "s",
      auth: "anyone",
      limit: "none",
      params: z.object({ id: z.string() }),
      query: z.object({ lang: z.enum(["en", "fr"]).default("en"), limit: z.coerce.number().default(10) }),
      body: z.object({ comment: z.string().trim() }),
      result: z.unknown(),
      handle: ({ principal, params, query, body }) => ({ principal, params, query, body }),
    });
    const response = await call(handler, "/api/help/ramp?lang=fr", {
      params: { id: "ramp" },
      json: { comment: " yes " },
    });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(await response.json()).toEqual({
      principal: { kind: "anonymous" },
      params: { id: "ramp" },
      query: { lang: "fr", limit: 10 },
      body: { comment: "yes" },
    });
  });

  test("takes the declared status", async () => {
    const handler = route({
      summary: "s",
      auth: "anyone",
      limit: "none",
      body: Entry,
      result: Entry,
      status: 201,
      handle: ({ body }) => body,
    });
    expect((await call(handler, "/api/help", { json: { id: "a" } })).status).toBe(201);
  });

  test("with 204 has no body", async () => {
    const handler = route({
      summary: "s",
      auth: "anyone",
      limit: "none",
      result: z.void(),
      status: 204,
      handle: () => undefined,
    });
    const response = await call(handler, "/api/x", { method: "DELETE" });
    expect([response.status, response.body]).toEqual([204, null]);
  });

  test("may be text of another type", async () => {
    const handler = route({
      summary: "s",
      auth: "anyone",
      limit: "none",
      result: raw("text/csv; charset=utf-8"),
      handle: () => "a,b\né,2\n",
    });
    const response = await call(handler, "/api/x.csv");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(await response.text()).toBe("a,b\né,2\n");
  });

  test("comes with 503 when it says that the service is unavailable", async () => {
    const handler = route({
      summary: "s",
      auth: "anyone",
      limit: "none",
      query: z.object({ state: z.string() }),
      result: z.object({ state: z.string() }),
      unavailable: ({ state }) => state === "down",
      handle: ({ query }) => query,
    });
    expect((await call(handler, "/api/ready?state=up")).status).toBe(200);
    const down = await call(handler, "/api/ready?state=down");
    expect([down.status, await down.json()]).toEqual([503, { state: "down" }]);
  });
});

describe("an entity tag", () => {
  const handle = vi.fn(() => ({ id: "a" }));
  const handler = route({
    summary: "s",
    auth: "anyone",
    limit: "none",
    result: Entry,
    etag: () => "version 1",
    handle,
  });
  beforeEach(() => handle.mockClear());

  test("comes with the answer, to be asked for again each time", async () => {
    const { headers } = await call(handler, "/api/x");
    expect(headers.get("etag")).toMatch(/^W\/".+"$/);
    expect(headers.get("cache-control")).toBe("no-cache");
  });

  test("that the client holds gives 304 without running the handler", async () => {
    const etag = (await call(handler, "/api/x")).headers.get("etag") ?? "";
    handle.mockClear();
    const response = await call(handler, "/api/x", { headers: { "if-none-match": etag } });
    expect([response.status, response.body, response.headers.get("etag")]).toEqual([304, null, etag]);
    expect(response.headers.get("x-request-id")).not.toBeNull();
    expect(handle).not.toHaveBeenCalled();
  });

  test("of another version runs it", async () => {
    expect((await call(handler, "/api/x", { headers: { "if-none-match": 'W/"old"' } })).status).toBe(200);
    expect(handle).toHaveBeenCalledOnce();
  });

  test("of an answer for one principal stays out of shared caches", async () => {
    useEnvironment({ METRICS_TOKEN: "a-metrics-token-of-32-characters" });
    const own = route({ summary: "s", auth: "metrics", limit: "none", result: Entry, etag: () => "1", handle });
    const headers = { authorization: "Bearer a-metrics-token-of-32-characters" };
    expect((await call(own, "/api/x", { headers })).headers.get("cache-control")).toBe("no-store");
  });
});

describe("a result", () => {
  const handler = route({
    summary: "s",
    auth: "anyone",
    limit: "none",
    result: Entry,
    // What a careless query returns.
    handle: () => ({ id: "a", tenantId: "secret" }),
  });
  const wrong = route({
    summary: "s",
    auth: "anyone",
    limit: "none",
    result: Entry,
    handle: () => ({ id: 1 }) as unknown as { id: string },
  });

  test("shows declared fields only", async () => {
    expect(await (await call(handler, "/api/x")).json()).toEqual({ id: "a" });
  });

  test("that breaks its schema throws in tests", async () => {
    await expect(call(wrong, "/api/wrong")).rejects.toThrow(/does not match its schema/);
  });

  test("that breaks its schema is counted, logged and answered elsewhere", async () => {
    useEnvironment({ NODE_ENV: "production" });
    const response = await call(wrong, "/api/wrong");
    expect([response.status, await response.json()]).toEqual([200, { id: 1 }]);
    const { values } = await metrics().resultSchemaFailures.get();
    expect(values).toContainEqual({ value: 1, labels: { route: "/api/wrong" } });
    expect(lines[0]).toMatchObject({ level: "error", route: "/api/wrong", issues: ["id: invalid_type"] });
  });
});

test("the declaration is attached, without its functions", () => {
  const declared = { summary: "s", auth: "anyone", limit: "default", result: Entry } as const;
  expect(route({ ...declared, handle: () => ({ id: "a" }), etag: () => "1", errors: ["CONFLICT"] }).operation).toEqual({
    ...declared,
    status: 200,
    errors: ["CONFLICT"],
    conditional: true,
    mayBeUnavailable: false,
  });
});

describe("an answer that is kept", () => {
  const declare = (version: () => string, made: () => string, kept = true) =>
    route({ summary: "s", auth: "anyone", limit: "none", result: Entry, etag: version, kept, handle: () => ({ id: made() }) });

  test("is made once a version", async () => {
    let [version, times] = ["one", 0];
    const handler = declare(() => version, () => `made ${(times += 1)}`);
    const ask = async (): Promise<unknown[]> => {
      const response = await call(handler, "/api/help/kept");
      const body: unknown = await response.json();
      return [response.status, response.headers.get("content-type"), response.headers.get("content-length"), body];
    };
    const first = [200, "application/json", "15", { id: "made 1" }];
    expect([await ask(), await ask()]).toEqual([first, first]);
    version = "two";
    expect(await ask()).toEqual([200, "application/json", "15", { id: "made 2" }]);
    forgetAnswers();
    expect(await ask()).toEqual([200, "application/json", "15", { id: "made 3" }]);
  });

  test("is made anew where a route doesn't keep its answers, and isn't kept when it fails", async () => {
    let times = 0;
    const unkept = declare(() => "unkept", () => `made ${(times += 1)}`, false);
    await call(unkept, "/api/help/unkept");
    expect(await (await call(unkept, "/api/help/unkept")).json()).toEqual({ id: "made 2" });
    let broken = true;
    const failing = declare(() => "failing", () => { if (broken) throw new Error("away"); return "there"; });
    expect((await call(failing, "/api/help/failing")).status).toBe(500);
    broken = false;
    expect(await (await call(failing, "/api/help/failing")).json()).toEqual({ id: "there" });
  });
});
