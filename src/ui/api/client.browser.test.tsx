import { expect, test } from "vitest";
import { ProblemError, problemOf } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import { problem, serveApi } from "../../../tests/support/fake-api.ts";

const thrownBy = (call: Promise<unknown>) => call.then(() => undefined, (error: unknown) => error);

test("parameters go into the path, escaped, and the body as JSON", async () => {
  const requests = serveApi({ "POST /api/help/a%2Fb/feedback": () => Response.json({ id: "1" }, { status: 201 }) });
  const { data } = await api.POST("/api/help/{id}/feedback", { params: { path: { id: "a/b" } }, body: { rating: 4 } });
  expect(data).toEqual({ id: "1" });
  expect(requests[0]?.headers.get("content-type")).toBe("application/json");
  expect(await requests[0]?.json()).toEqual({ rating: 4 });
});

test("an answer without content is a success", async () => {
  serveApi({ "POST /api/ask/feedback": () => new Response(null, { status: 204 }) });
  const { response } = await api.POST("/api/ask/feedback", { body: { answerId: "1", helpful: true } });
  expect(response.status).toBe(204);
});

test("a refusal is thrown as the problem that the server tells", async () => {
  serveApi({ "GET /api/help/manifest": () => problem(429, "RATE_LIMITED", "Too many requests", "Wait a minute.") });
  const error = await thrownBy(api.GET("/api/help/manifest"));
  expect(error).toBeInstanceOf(ProblemError);
  expect(problemOf(error)).toEqual({
    title: "Too many requests",
    status: 429,
    code: "RATE_LIMITED",
    detail: "Wait a minute.",
    requestId: "0199f3a0-0000-7000-8000-000000000001",
  });
});

test("an error that isn't a problem document keeps its status and the request's id", async () => {
  serveApi({ "GET /api/help/manifest": () => new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "X-Request-Id": "r-1" } }) });
  expect(problemOf(await thrownBy(api.GET("/api/help/manifest")))).toMatchObject({ status: 502, code: "INTERNAL", requestId: "r-1" });
});

test("without a connection, what fetch throws comes through", async () => {
  serveApi({});
  const error = await thrownBy(api.GET("/api/help/manifest"));
  expect(error).toBeInstanceOf(TypeError);
  expect(problemOf(error)).toMatchObject({ code: "UNREACHABLE", status: 0 });
});
