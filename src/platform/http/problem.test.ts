import { describe, expect, test } from "vitest";
import { AppError, errorCodes } from "#lib/errors.ts";
import { clientClosedResponse, codeOf, Problem, problemKinds, problemOf, problemResponse } from "./problem.ts";
import { inertPolicy } from "./security-headers.ts";

const requestId = "01890a5d-ac96-774b-bcce-b302099a8057";

test.each([
  ["INVALID_REQUEST", 400],
  ["UNAUTHENTICATED", 401],
  ["SAFETY_BLOCKED", 403],
  ["ADMIN_FORBIDDEN", 403],
  ["TENANT_FORBIDDEN", 403],
  ["CSRF_FAILED", 403],
  ["NOT_FOUND", 404],
  ["METHOD_NOT_ALLOWED", 405],
  ["CONFLICT", 409],
  ["BODY_TOO_LARGE", 413],
  ["UNSUPPORTED_MEDIA_TYPE", 415],
  ["RATE_LIMITED", 429],
  ["BUDGET_EXCEEDED", 429],
  ["CONSENT_REQUIRED", 451],
  ["LLM_DISABLED", 503],
  ["UPSTREAM_UNAVAILABLE", 503],
  ["DATABASE_UNAVAILABLE", 503],
  ["INTERNAL", 500],
] as const)("%s is answered with %i", (code, status) => {
  expect(problemResponse(new AppError(code), requestId).status).toBe(status);
});

test("every code has a problem document of the declared shape, with an anchor of its own in the help", () => {
  const documents = errorCodes.map((code) => problemOf(new AppError(code), requestId));
  for (const document of documents) expect(Problem.parse(document)).toEqual(document);
  expect(new Set(documents.map(({ type }) => type)).size).toBe(errorCodes.length);
  expect(problemOf(new AppError("RATE_LIMITED"), requestId).type).toBe("/help/api-errors#rate-limited");
});

test("a document says when to try again as its header does", () => {
  const error = new AppError("BUDGET_EXCEEDED", { retryAfterSeconds: 12.2 });
  expect([problemOf(error, requestId).retryAfterSeconds, problemResponse(error, requestId).headers.get("retry-after")]).toEqual([13, "13"]);
  expect(problemOf(new AppError("RATE_LIMITED"), requestId).retryAfterSeconds).toBe(60);
  expect(problemOf(new AppError("NOT_FOUND"), requestId)).not.toHaveProperty("retryAfterSeconds");
});

test("an AppError speaks for itself", () => {
  const errors = [{ path: "questions.3", message: "Write a question" }];
  expect(problemOf(new AppError("INVALID_REQUEST", { detail: "Correct it.", errors }), requestId)).toEqual({
    type: "/help/api-errors#invalid-request",
    title: "The request is not valid",
    status: 400,
    code: "INVALID_REQUEST",
    detail: "Correct it.",
    requestId,
    errors,
  });
});

describe("an error nobody meant to show", () => {
  const secret = "postgres://user:hunter2@db/app";

  test.each([
    ["an Error", new Error(secret)],
    ["a string", secret],
    ["null", null],
    ["an object", { code: "RATE_LIMITED", detail: secret }],
    [
      "an AppError with code INTERNAL",
      new AppError("INTERNAL", { detail: secret, errors: [{ path: secret, message: secret }] }),
    ],
  ])("%s shows the request id and nothing else", async (_name, error) => {
    const response = problemResponse(error, requestId);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain("hunter2");
    expect(JSON.parse(text)).toEqual({
      type: "/help/api-errors#internal",
      title: problemKinds.INTERNAL.title,
      status: 500,
      code: "INTERNAL",
      detail: problemKinds.INTERNAL.detail,
      requestId,
    });
  });

  test("nor does the cause of one that was meant", () => {
    const error = new AppError("DATABASE_UNAVAILABLE", { cause: new Error(secret) });
    expect(JSON.stringify(problemOf(error, requestId))).not.toContain("hunter2");
  });
});

test("an AppError of another copy of its module is recognised", () => {
  const foreign = { [Symbol.for("tieline.app-error")]: true, code: "CONFLICT", detail: "Taken." };
  expect(codeOf(foreign)).toBe("CONFLICT");
  expect(problemOf(foreign, requestId)).toMatchObject({ status: 409, detail: "Taken." });
});

describe("headers", () => {
  test("are those of an API response with problem+json", () => {
    const { headers } = problemResponse(new AppError("NOT_FOUND"), requestId);
    expect(Object.fromEntries(headers)).toEqual({
      "content-type": "application/problem+json",
      "content-length": expect.stringMatching(/^\d+$/),
      "x-request-id": requestId,
      "content-security-policy": inertPolicy,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
  });

  test.each([
    [0, "1"],
    [0.2, "1"],
    [1, "1"],
    [29.01, "30"],
  ])("Retry-After of %d seconds is the whole number %s", (retryAfterSeconds, header) => {
    const response = problemResponse(new AppError("RATE_LIMITED", { retryAfterSeconds }), requestId);
    expect(response.headers.get("retry-after")).toBe(header);
  });

  test("a 429 says when to come back, even if the error doesn't", () => {
    expect(problemResponse(new AppError("BUDGET_EXCEEDED"), requestId).headers.get("retry-after")).toBe("60");
    expect(problemResponse(new AppError("LLM_DISABLED"), requestId).headers.has("retry-after")).toBe(false);
  });

  test("a 401 names the scheme to authenticate with", () => {
    expect(problemResponse(new AppError("UNAUTHENTICATED"), requestId).headers.get("www-authenticate")).toMatch(
      /^Bearer /,
    );
  });
});

test("a client that left gets 499 and no body", async () => {
  const response = clientClosedResponse(requestId);
  expect([response.status, await response.text()]).toEqual([499, ""]);
});
