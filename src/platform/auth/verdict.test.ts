import { expect, test, vi } from "vitest";
import { isVerdict, watchVerdicts } from "./verdict.ts";

test.each([
  [200, '{"id":"1"}', true],
  [204, "", true],
  [403, '{"code":"bad_jwt","message":"x"}', true],
  [403, '{"code":403,"error_code":"session_not_found","msg":"x"}', true],
  [400, '{"error":"invalid_grant","error_description":"x"}', true],
  [401, '{"message":"Invalid API key","hint":"x"}', false],
  [404, '{"message":"no Route matched with those values"}', false],
  [408, '{"code":"x"}', false],
  [429, '{"code":"over_request_rate_limit"}', false],
  [500, '{"code":"unexpected_failure"}', false],
  [200, "<html></html>", false],
  [200, "", false],
  [200, "null", false],
  [200, '"text"', false],
  [302, "", false],
])("%i with %j is GoTrue's own word: %j", (status, body, expected) => {
  expect(isVerdict(status, body)).toBe(expected);
});

const never = new AbortController().signal;

test("a verdict passes through as it is", async () => {
  const watched = watchVerdicts(() => Promise.resolve(Response.json({ id: "1" }, { headers: { "x-a": "b" } })), never);
  const response = await watched.fetch("http://t/");
  expect([response.status, response.headers.get("x-a"), await response.json()]).toEqual([200, "b", { id: "1" }]);
  expect(watched.failure()).toBeNull();
});

test("after a failure the plane isn't called again, and the caller gets what isn't worth retrying", async () => {
  const call = vi.fn(() => Promise.reject(new Error("ECONNREFUSED")));
  const watched = watchVerdicts(call, never);
  for (let i = 0; i < 3; i += 1) expect((await watched.fetch("http://t/")).status).toBe(400);
  expect(call).toHaveBeenCalledTimes(1);
  expect(watched.failure()).toMatchObject({ message: "The auth plane can't be reached", cause: { message: "ECONNREFUSED" } });
});

test("a failure says what was answered, in short", async () => {
  const watched = watchVerdicts(() => Promise.resolve(new Response("x".repeat(1_000), { status: 502 })), never);
  await watched.fetch("http://t/");
  expect(watched.failure()?.message).toBe(`The auth plane answered 502: ${"x".repeat(200)}`);
});
