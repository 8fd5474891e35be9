import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as alive } from "#app/api/health/route.ts";
import { GET as ready } from "#app/api/health/ready/route.ts";
import { GET as metrics } from "#app/api/metrics/route.ts";
import { GET as openapi } from "#app/api/openapi.json/route.ts";
import { Readiness } from "#platform/observability/health-schema.ts";
import { useDatabase } from "#platform/db/database.ts";
import { call } from "../support/http.ts";
import { engines, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { withEnvironment } from "../support/environment.ts";

describe("GET /api/health", () => {
  test("answers without a database", async () => {
    useDatabase(undefined);
    const response = await call(alive, "/api/health");
    expect([response.status, await response.json()]).toEqual([200, { state: "alive", version: expect.stringMatching(/^\d/) }]);
  });
});

describe.each(engines)("GET /api/health/ready on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase(engine)));
  afterAll(() => opened.close());

  test("checks database, migrations, queue and limits", async () => {
    const response = await call(ready, "/api/health/ready");
    expect(response.status).toBe(200);
    const readiness = Readiness.parse(await response.json());
    expect(readiness.state).toBe("ready");
    expect(readiness.checks.map(({ name, state }) => [name, state])).toEqual([["database", "ok"], ["migrations", "ok"], ["queue", "off"], ["limits", "ok"]]);
  });
});

describe("GET /api/health/ready without a database", () => {
  test("answers 503 and names what is down, without addresses", async () => {
    useDatabase(Promise.reject(Object.assign(new Error("connect ECONNREFUSED 10.1.2.3:5432"), { code: "ECONNREFUSED" })));
    const response = await call(ready, "/api/health/ready");
    useDatabase(undefined);
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(Readiness.parse(JSON.parse(text)).state).toBe("unavailable");
    expect(text).not.toContain("10.1.2.3");
  });
});

describe("GET /api/metrics", () => {
  const token = "a-token-of-sixteen-or-more";

  test("is not there unless a token is configured", async () => {
    expect((await call(metrics, "/api/metrics")).status).toBe(404);
  });

  test("asks for the token and answers the text format", async () => {
    const restore = withEnvironment({ METRICS_TOKEN: token });
    try {
      expect((await call(metrics, "/api/metrics")).status).toBe(401);
      expect((await call(metrics, "/api/metrics", { headers: { authorization: "Bearer wrong" } })).status).toBe(401);
      const response = await call(metrics, "/api/metrics", { headers: { authorization: `Bearer ${token}` } });
      expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
      const text = await response.text();
      expect(text).toMatch(/tieline_http_requests_total\{.*route="\/api\/health".*\} \d/);
      expect(text).toContain("process_cpu_seconds_total");
    } finally {
      restore();
    }
  });
});

describe("GET /api/openapi.json", () => {
  test("describes the API, itself included", async () => {
    const document = (await (await call(openapi, "/api/openapi.json")).json()) as { openapi: string; paths: Record<string, object> };
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toContain("/api/openapi.json");
    expect(Object.keys(document.paths)).toContain("/api/help/{id}/feedback");
  });
});
