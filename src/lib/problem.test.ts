import { expect, test } from "vitest";
import { expectOk, ProblemError, problemOf, toProblem } from "./problem.ts";

const limited = { title: "Too many requests", status: 429, code: "RATE_LIMITED", detail: "Wait 20 s.", requestId: "r-1", retryAfterSeconds: 20 };

test("a problem document is kept as it is", async () => {
  const failed = expectOk(Response.json(limited, { status: 429 }));
  await expect(failed).rejects.toThrow(ProblemError);
  expect(problemOf(await failed.catch((error: unknown) => error))).toEqual(limited);
});

test("a response without a document still says its status and request id", async () => {
  const response = new Response("<html>", { status: 502, headers: { "X-Request-Id": "r-2" } });
  const error: unknown = await expectOk(response).catch((thrown: unknown) => thrown);
  expect(problemOf(error)).toMatchObject({ status: 502, code: "INTERNAL", requestId: "r-2" });
});

test("fields of another type are not shown", () => {
  expect(toProblem({ title: 3, detail: { a: 1 }, retryAfterSeconds: "soon" }, 500)).toMatchObject({ status: 500, detail: undefined, retryAfterSeconds: undefined });
});

test("a failed connection is a problem too", () => {
  expect(problemOf(new TypeError("Failed to fetch"))).toMatchObject({ status: 0, code: "UNREACHABLE" });
});

test("what is wrong with parts of the request is read by path, and nothing else", () => {
  const errors = [{ path: "email", message: "Write an address." }, { path: 1 }, null, { message: "x" }];
  expect(toProblem({ errors }, 400).errors).toEqual([errors[0]]);
  expect(toProblem({ errors: "x" }, 400).errors).toBeUndefined();
});
