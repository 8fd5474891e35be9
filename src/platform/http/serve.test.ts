import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { call, captureLog, freshAddress, resetEnvironment, useEnvironment } from "../../../tests/support/http.ts";
import { LimitReached } from "./limit.ts";
import { route } from "./route.ts";
import { inertPolicy } from "./security-headers.ts";

beforeEach(() => void captureLog());
afterEach(resetEnvironment);

const Entry = z.object({ id: z.string() });
const getEntry = route({
  summary: "One entry",
  auth: "anyone",
  limit: "default",
  params: z.object({ id: z.string().max(10) }),
  query: z.object({ lang: z.enum(["en", "fr"]).default("en") }),
  result: Entry.extend({ lang: z.string() }),
  handle: ({ params, query }) => {
    if (params.id === "missing") throw new AppError("NOT_FOUND");
    if (params.id === "broken") throw new Error("hunter2");
    return { id: params.id, lang: query.lang };
  },
});
const postEntry = route({
  summary: "Make an entry",
  auth: "anyone",
  limit: "default",
  body: z.strictObject({ id: z.string() }),
  result: Entry,
  status: 201,
  handle: ({ body }) => ({ id: body.id }),
});

describe("every response", () => {
  test("carries a request id, its limit, and headers that forbid everything", async () => {
    const response = await call(getEntry, "/api/help/ramp?lang=fr", { params: { id: "ramp" } });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: "ramp", lang: "fr" });
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "application/json",
      "content-length": "25",
      "cache-control": "no-store",
      "content-security-policy": inertPolicy,
      "x-content-type-options": "nosniff",
      "x-request-id": expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/),
      "x-ratelimit-limit": "100",
      "x-ratelimit-remaining": "99",
      "x-ratelimit-reset": expect.stringMatching(/^\d{10}$/),
      "x-ratelimit-backend": "memory",
      "ratelimit-policy": '"default";q=100;w=60',
      ratelimit: expect.stringMatching(/^"default";r=99;t=\d+$/),
    });
  });

  test("the id is ours, and a new one each time, whatever the client sends", async () => {
    const ids = new Set<string | null>();
    for (let index = 0; index < 3; index += 1) {
      const response = await call(getEntry, "/api/help/a", {
        params: { id: "a" },
        headers: { "x-request-id": "mine" },
      });
      ids.add(response.headers.get("x-request-id"));
    }
    expect(ids.size).toBe(3);
    expect(ids).not.toContain("mine");
  });
});

describe("a refusal", () => {
  test.each([
    ["an AppError", "missing", 404, "NOT_FOUND"],
    ["any other error", "broken", 500, "INTERNAL"],
    ["a parameter its schema refuses", "x".repeat(11), 400, "INVALID_REQUEST"],
  ])("of %s is a problem with headers like any answer", async (_name, id, status, code) => {
    const response = await call(getEntry, `/api/help/${id}`, { params: { id } });
    const requestId = response.headers.get("x-request-id");
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("x-ratelimit-remaining")).toBe("99");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code, status, requestId });
    expect(text).not.toContain("hunter2");
  });

  test.each([
    [
      "a body too large",
      { body: JSON.stringify({ id: "x".repeat(262_144) }), headers: { "content-type": "application/json" } },
      413,
    ],
    ["a body of another type", { body: "id=a", headers: { "content-type": "text/plain" } }, 415],
    ["a body that is not JSON", { body: "{", headers: { "content-type": "application/json" } }, 400],
    ["a body its schema refuses", { json: { id: 1 } }, 400],
    ["no body", { method: "POST" }, 400],
    [
      "a cookie from another site",
      { json: { id: "a" }, headers: { cookie: "a=b", "sec-fetch-site": "cross-site" } },
      403,
    ],
    ["a cookie with Origin null", { json: { id: "a" }, headers: { cookie: "a=b", origin: "null" } }, 403],
  ])("of %s", async (_name, options, status) => {
    expect((await call(postEntry, "/api/help", options)).status).toBe(status);
  });
});

describe("a limit", () => {
  beforeEach(() => useEnvironment({ RATE_LIMIT_PER_MINUTE: "2" }));

  test("refuses what exceeds it, with Retry-After, and runs nothing", async () => {
    const address = freshAddress();
    for (const remaining of ["1", "0"]) {
      const response = await call(postEntry, "/api/help", { json: { id: "a" }, address });
      expect([response.status, response.headers.get("x-ratelimit-remaining")]).toEqual([201, remaining]);
    }
    const refused = await call(postEntry, "/api/help", { json: { id: "a" }, address });
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: "RATE_LIMITED" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(refused.headers.get("cache-control")).toBe("no-store");
    expect(refused.headers.get("ratelimit")).toMatch(/^"default";r=0;t=/);
  });

  test("that isn't the route's tells its own figures when it refuses; after a budget's refusal the route's stand, and when to come back", async () => {
    const day = { policy: { name: "day", limit: 9, windowMs: 86_400_000 }, decision: { allowed: false, limit: 9, remaining: 0, resetAt: Date.now() + 60_000, retryAfterMs: 60_000, backend: "database" as const } };
    const refusing = (error: AppError) => route({ summary: "s", auth: "anyone", limit: "default", result: Entry, handle: () => Promise.reject(error) });
    const ofDay = await call(refusing(new LimitReached(day)), "/api/x", { address: freshAddress() });
    expect([ofDay.status, ofDay.headers.get("retry-after"), ofDay.headers.get("x-ratelimit-limit"), ofDay.headers.get("ratelimit-policy")]).toEqual([429, "60", "9", '"day";q=9;w=86400']);
    const ofBudget = await call(refusing(new AppError("BUDGET_EXCEEDED", { retryAfterSeconds: 60 })), "/api/x", { address: freshAddress() });
    expect([ofBudget.status, ofBudget.headers.get("retry-after"), ofBudget.headers.get("x-ratelimit-limit"), ofBudget.headers.get("ratelimit")]).toEqual([429, "60", "2", expect.stringMatching(/^"default";r=1;/)]);
  });

  test("counts requests that are refused later as well", async () => {
    const address = freshAddress();
    const statuses = [];
    for (let index = 0; index < 3; index += 1) {
      const options = { body: "{", headers: { "content-type": "application/json" }, address };
      statuses.push((await call(postEntry, "/api/help", options)).status);
    }
    expect(statuses).toEqual([400, 400, 429]);
  });

  test("counts failed credentials by address", async () => {
    useEnvironment({ METRICS_TOKEN: "a-metrics-token-of-32-characters" });
    const handler = route({
      summary: "s",
      auth: "metrics",
      limit: "default",
      result: z.string(),
      handle: () => "secret",
    });
    const address = freshAddress();
    const statuses = [];
    for (let index = 0; index < 3; index += 1) {
      statuses.push((await call(handler, "/api/x", { headers: { authorization: "Bearer wrong" }, address })).status);
    }
    expect(statuses).toEqual([401, 401, 429]);
  });

  test("none sends no limit headers and never refuses", async () => {
    const handler = route({ summary: "s", auth: "anyone", limit: "none", result: z.string(), handle: () => "up" });
    const address = freshAddress();
    for (let index = 0; index < 5; index += 1) {
      const response = await call(handler, "/api/health", { address });
      expect([response.status, response.headers.has("ratelimit")]).toEqual([200, false]);
    }
  });
});
