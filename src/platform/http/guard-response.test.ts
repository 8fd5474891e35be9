import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { guardResponse } from "./guard-response.ts";
import { inertPolicy, securityHeaders } from "./security-headers.ts";

async function answered(listener: RequestListener): Promise<Headers> {
  const server = createServer((request, response) => {
    guardResponse(response);
    listener(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  server.close();
  return headers;
}

test.each<[string, RequestListener]>([
  ["ends without a word", (_, response) => response.end()],
  ["writes its head", (_, response) => response.writeHead(404).end("x")],
  ["writes its head with headers", (_, response) => response.writeHead(404, "Gone", { "content-type": "text/plain" }).end("x")],
  ["begins with its body", (_, response) => {
    response.write("x");
    response.end();
  }],
])("a response that %s gets every header", async (_, listener) => {
  const headers = await answered(listener);
  for (const { key, value } of securityHeaders) expect(headers.get(key)).toBe(value);
  expect([headers.get("content-security-policy"), headers.get("cache-control")]).toEqual([inertPolicy, "no-store"]);
});

test("what a response says itself stays", async () => {
  const headers = await answered((_, response) => response.setHeader("content-security-policy", "own").setHeader("cache-control", "public").writeHead(200, { "referrer-policy": "no-referrer" }).end());
  expect([headers.get("content-security-policy"), headers.get("cache-control"), headers.get("referrer-policy")]).toEqual(["own", "public", "no-referrer"]);
});
