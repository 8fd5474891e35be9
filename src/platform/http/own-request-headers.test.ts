import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ownRequestHeaders, ownRequestTarget } from "./own-request-headers.ts";

let hops = 0;
const server = createServer((request, response) => {
  ownRequestHeaders(request, hops);
  response.setHeader("connection", "close").end(JSON.stringify(request.headers));
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => void server.close());

/** The headers a handler sees after `lines` went over a real socket, repeated and odd ones included. */
async function seenHeaders(trustedHops: number, lines: string[]): Promise<IncomingHttpHeaders> {
  hops = trustedHops;
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(["GET / HTTP/1.1", "Host: tieline.test", ...lines, "", ""].join("\r\n"));
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  return JSON.parse(text.slice(text.indexOf("\r\n\r\n") + 4)) as IncomingHttpHeaders;
}

describe("x-forwarded-for", () => {
  test("is the socket's address when no proxy is trusted", async () => {
    for (const spoof of [
      ["X-Forwarded-For: 198.51.100.7"],
      ["x-forwarded-for: a", "X-FORWARDED-FOR: 198.51.100.7"],
      [],
    ]) {
      expect((await seenHeaders(0, spoof))["x-forwarded-for"]).toBe("127.0.0.1");
    }
  });

  test("is the entry our proxy appended when one is trusted, repeated headers taken together", async () => {
    const headers = await seenHeaders(1, ["X-Forwarded-For: 198.51.100.7", "X-Forwarded-For: 203.0.113.9"]);
    expect(headers["x-forwarded-for"]).toBe("203.0.113.9");
  });
});

test("removes what only a server may say, in any case and number", async () => {
  const forged = [
    "X-Real-IP: 198.51.100.7",
    "Forwarded: for=198.51.100.7",
    "x-request-id: mine",
    "X-Matched-Path: /admin",
    "X-Middleware-Subrequest: proxy",
    "x-middleware-rewrite: /admin",
    "x-middleware-set-cookie: a=b",
    "X-Invoke-Path: /admin",
    "x-nextjs-data: 1",
    "x-now-route-matches: 1=admin",
    "x-prerender-revalidate: secret",
    "x-next-revalidated-tags: all",
    "x-action-forwarded: 1",
    "x-vercel-ip-country: CA",
    "x-http-method-override: DELETE",
    "next-resume: 1",
  ];
  const names = Object.keys(await seenHeaders(1, forged));
  expect(names.toSorted()).toEqual(["host", "x-forwarded-for"]);
});

test("removes x-forwarded-host, -proto and -port unless a proxy is trusted", async () => {
  const lines = ["X-Forwarded-Host: evil.test", "X-Forwarded-Proto: https", "X-Forwarded-Port: 444"];
  expect(await seenHeaders(0, lines)).not.toHaveProperty("x-forwarded-host");
  expect(await seenHeaders(0, lines)).not.toHaveProperty("x-forwarded-proto");
  expect(await seenHeaders(0, lines)).not.toHaveProperty("x-forwarded-port");
  expect(await seenHeaders(1, lines)).toMatchObject({ "x-forwarded-host": "evil.test", "x-forwarded-proto": "https" });
});

test("leaves everything else as it came", async () => {
  const lines = [
    "Accept: text/event-stream",
    "Cookie: a=b",
    "X-CSRF-Token: t",
    "RSC: 1",
    "Traceparent: 00-x",
    "Next-Url: /",
  ];
  expect(await seenHeaders(0, lines)).toEqual({
    host: "tieline.test",
    accept: "text/event-stream",
    cookie: "a=b",
    "x-csrf-token": "t",
    rsc: "1",
    traceparent: "00-x",
    "next-url": "/",
    "x-forwarded-for": "127.0.0.1",
  });
});

test("a client can't plant the policy that the nonce of a page's scripts is taken from", async () => {
  const headers = await seenHeaders(1, ["Content-Security-Policy: script-src 'nonce-planted'", "content-security-policy-report-only: script-src 'nonce-planted'"]);
  expect(JSON.stringify(headers)).not.toContain("planted");
});

test.each([
  ["/help?q=http://x", "/help?q=http://x"],
  ["http://evil.example/help/?a", "/help/?a"],
  ["HTTPS://evil.example", "/"],
  ["http://user@evil.example:80?q", "/?q"],
  ["http:///help", "/help"],
  ["*", "*"],
  [undefined, undefined],
])("a request for %s is one for %s", (url, own) => {
  const request = { url };
  ownRequestTarget(request);
  expect(request.url).toBe(own);
});
