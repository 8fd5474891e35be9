import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { captureLog } from "../../../tests/support/http.ts";
import { identifyResponse } from "./identify-response.ts";

async function answered(listener: RequestListener, path: string): Promise<Response> {
  const server = createServer((request, response) => {
    identifyResponse(request, response);
    listener(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  await response.text();
  server.close();
  return response;
}

test("gives a response an id, however its head is written", async () => {
  for (const listener of [(_, response) => response.end("x"), (_, response) => response.writeHead(405).end()] satisfies RequestListener[]) {
    expect((await answered(listener, "/")).headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test("leaves the id of a route handler", async () => {
  const response = await answered((_, response) => response.setHeader("x-request-id", "own").end(), "/api/help");
  expect(response.headers.get("x-request-id")).toBe("own");
});

test("writes a line for a page, without its query, and none for files and the API", async () => {
  const lines = captureLog();
  const response = await answered((_, response) => response.end("x"), "/ask?q=secret");
  await answered((_, response) => response.end("x"), "/_next/static/a.js");
  await answered((_, response) => response.end("x"), "/api/help");
  await vi.waitFor(() => expect(lines).not.toEqual([]));
  expect(lines).toMatchObject([{ msg: "page", path: "/ask", status: 200, requestId: response.headers.get("x-request-id"), clientLeft: false }]);
});
