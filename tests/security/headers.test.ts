import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApp, type AppServer } from "../support/app-server.ts";
import { callableOperations, pagePaths, paramsFor, pathWith } from "../support/operations.ts";

const operations = await callableOperations();
const pages = [...pagePaths({ id: "ramp" }), "/no/such/page", "/help/no-such-entry", "/help?q=ramp", "/_next/no-such-thing.js", "/api", "/apple-touch-icon.png"];

let app: AppServer;
beforeAll(async () => {
  app = await startApp({ RATE_LIMIT_PER_MINUTE: "100000", RATE_LIMIT_LLM_PER_MINUTE: "100000", METRICS_TOKEN: "a-token-for-the-metrics" });
}, 90_000);
afterAll(() => app.end("SIGKILL"));

const get = (path: string, init: RequestInit = {}) => fetch(app.url + path, { redirect: "manual", ...init });

/** Sends the lines as they are, which fetch would tidy up; answers the head of the response. */
async function raw(...lines: string[]): Promise<{ status: number; headers: Headers }> {
  const socket = connect(Number(new URL(app.url).port), "127.0.0.1");
  socket.write([...lines, "Connection: close", "", ""].join("\r\n"));
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  const [first = "", ...rest] = (text.split("\r\n\r\n", 1)[0] ?? "").split("\r\n");
  return { status: Number(first.split(" ")[1]), headers: new Headers(rest.map((line) => line.split(/: ?(.*)/s, 2) as [string, string])) };
}

/** The directives of a policy, by name. Two policies in one header would be both in force, which no page here wants. */
function policyOf(headers: Headers): Record<string, string> {
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).not.toContain(",");
  return Object.fromEntries(policy.split(";").map((directive) => directive.trim().split(/ (.*)/s, 2) as [string, string]));
}

const nonceOf = (headers: Headers) => /'nonce-([^']+)'/.exec(policyOf(headers)["script-src"] ?? "")?.[1] ?? "";

/** One response of each kind that the process gives, however it came about. */
const kinds: Record<string, () => Promise<{ status: number; headers: Headers }>> = {
  "a page": () => get("/help"),
  "HEAD of a page": () => get("/help", { method: "HEAD" }),
  "a page that isn't there": () => get("/no/such/page"),
  "data of a page": () => get("/help?_rsc=x", { headers: { rsc: "1" }, redirect: "follow" }),
  "a prefetch": () => get("/help?_rsc=x", { headers: { rsc: "1", "next-router-prefetch": "1" }, redirect: "follow" }),
  "a redirect to the right data of a page": () => get("/help", { headers: { rsc: "1" } }),
  "a redirect of a trailing slash": () => get("/help/"),
  "a redirect of two slashes": () => get("//help"),
  "a method that a page doesn't answer": () => get("/help", { method: "POST", body: "x" }),
  "OPTIONS of a page": () => get("/help", { method: "OPTIONS" }),
  "an answer of the API": () => get("/api/help/manifest"),
  "an address that the API doesn't have": () => get("/api/no/such/thing"),
  "a method that the API doesn't answer": () => get("/api/health", { method: "DELETE" }),
  "a method nobody answers": () => raw("TRACE / HTTP/1.1", "Host: x"),
  "OPTIONS of the API": () => get("/api/ask", { method: "OPTIONS" }),
  "a refusal of the API": () => get("/api/ask", { method: "POST", body: "x" }),
  "bad encoding": () => raw("GET /%E0%A4%A HTTP/1.1", "Host: x"),
  "an unfinished address": () => raw("GET /help/%ff HTTP/1.1", "Host: x"),
  "an image": () => get("/icon.svg"),
  "the image that is asked for unasked": () => get("/favicon.ico"),
  "a file of the build that isn't there": () => get("/_next/static/no-such-file.js"),
  "an image to be resized": () => get("/_next/image?url=%2Ficon.svg&w=64&q=75"),
  "a file of the build": async () => get(/\/_next\/static\/chunks\/[^"]+\.js/.exec(await (await get("/help")).text())?.[0] ?? ""),
};

describe("1 every response has a content security policy, and pages run scripts with their nonce alone", () => {
  test.each(Object.entries(kinds))("%s", async (_, answer) => {
    const policy = policyOf((await answer()).headers);
    expect(policy["frame-ancestors"]).toBe("'none'");
    expect(policy["base-uri"]).toBe("'none'");
    expect(policy["object-src"] ?? policy["default-src"]).toBe("'none'");
    expect(policy["script-src"] ?? policy["default-src"]).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
  });

  test.each(operations.map(({ name, method, pattern }) => [name, method, pattern] as const))("%s lets nothing run", async (_, method, pattern) => {
    const { headers } = await get(pathWith(pattern, paramsFor(pattern)), { method });
    expect(policyOf(headers)).toMatchObject({ "default-src": "'none'", "frame-ancestors": "'none'" });
  });

  test.each(pages)("%s: every script and style carries the nonce of its response", async (path) => {
    const response = await get(path);
    const policy = policyOf(response.headers);
    const nonce = nonceOf(response.headers);
    expect(policy["script-src"]).toBe(`'nonce-${nonce}' 'strict-dynamic'`);
    expect(Buffer.from(nonce, "base64").length).toBeGreaterThanOrEqual(16);
    const html = await response.text();
    const elements = [...html.matchAll(/<(?:script|style)\b[^>]*>/g)].map(([element]) => element);
    if (![307, 308].includes(response.status)) expect(elements.length).toBeGreaterThan(3);
    expect(elements.filter((element) => !element.includes(`nonce="${nonce}"`) && !/type="application\/(ld\+)?json"/.test(element))).toEqual([]);
    expect(html).not.toMatch(/<[a-z][^>]*\son[a-z]+=|href="javascript:/i);
  });

  test("a nonce is never used again, and isn't the client's to choose", async () => {
    const planted = { "content-security-policy": "script-src 'nonce-planted'", "content-security-policy-report-only": "script-src 'nonce-planted'", "x-nonce": "planted" };
    const seen = new Set<string>();
    for (const path of ["/help", "/help", "/status", "/no/such/page", "/_next/no-such-thing.js"]) {
      const response = await get(path, { headers: planted });
      seen.add(nonceOf(response.headers));
      expect(await response.text()).not.toContain("planted");
    }
    expect(seen.size).toBe(5);
  });

  test.each([
    "/%68elp", "/%2e%2e/help", "/./help", "/_next/../help", "/_next/static/../../help", "/icon.svg/../help", "/icon.svg/help", "/icon.svgx", "/api/../help", "/api/%2e%2e/help",
    "/_next/..%2fhelp", "/_next/data/build/help.json", "/_Next/help", "/API/help", "/Help", "/apix", "/_nextx", "//help", "/help/", "/help?_rsc=1", "/%5fnext/help", "/%61pi/help",
  ])("no spelling of an address leads past the policy of pages: %s", async (path) => {
    const { headers } = await raw(`GET ${path} HTTP/1.1`, "Host: x", "Next-Router-Prefetch: 1", "Purpose: prefetch", "X-Middleware-Subrequest: src/proxy:src/proxy:src/proxy:src/proxy:src/proxy");
    const policy = policyOf(headers);
    if (headers.get("content-type")?.includes("html")) expect(policy["script-src"]).toMatch(/^'nonce-[^']+' 'strict-dynamic'$/);
    expect(policy["frame-ancestors"]).toBe("'none'");
  });
});

describe("2, 3 every response has the headers that browsers obey", () => {
  test.each(Object.entries(kinds))("%s", async (_, answer) => {
    const { headers } = await answer();
    const [, age, ...rest] = /^max-age=(\d+); (includeSubDomains)$/.exec(headers.get("strict-transport-security") ?? "") ?? [];
    expect([Number(age) >= 31_536_000, rest]).toEqual([true, ["includeSubDomains"]]);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
    expect(headers.get("permissions-policy")).toMatch(/camera=\(\), microphone=\(\), geolocation=\(\)/);
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect([headers.get("x-powered-by"), headers.get("server")]).toEqual([null, null]);
  });
});

describe("4 what may differ from reader to reader is kept by no cache", () => {
  const shared = new Set(["an image", "the image that is asked for unasked", "a file of the build"]);
  test.each(Object.entries(kinds).filter(([kind]) => !shared.has(kind)))("%s", async (_, answer) => {
    expect((await answer()).headers.get("cache-control")).toMatch(/no-store/);
  });
});

describe("8 no other site may read what is answered", () => {
  const origins = ["https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1", "https://tieline.test.evil.example"];

  test.each([...new Set(operations.map(({ pattern }) => pattern)), "/", "/help", "/icon.svg", "/_next/static/x.js"])("%s", async (pattern) => {
    const path = pathWith(pattern, paramsFor(pattern));
    for (const origin of [...origins, app.url]) {
      for (const method of ["GET", "OPTIONS", "POST"]) {
        const preflight = { "access-control-request-method": "POST", "access-control-request-headers": "content-type,x-csrf-token,authorization" };
        const { headers } = await get(path, { method, headers: { origin, ...preflight } });
        expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
      }
    }
  });
});

describe("a page is read, not written to", () => {
  test.each(["POST", "PUT", "PATCH", "DELETE"])("%s is refused before Next reads the body", async (method) => {
    for (const headers of [{}, { "next-action": "0".repeat(42), "content-type": "text/plain" }, { "content-type": "multipart/form-data; boundary=x" }] as Record<string, string>[]) {
      const response = await get("/help", { method, body: "[]", headers });
      expect([response.status, response.headers.get("allow"), (await response.json()).code]).toEqual([405, "GET, HEAD", "METHOD_NOT_ALLOWED"]);
    }
  });
});
