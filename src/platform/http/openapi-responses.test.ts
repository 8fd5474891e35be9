import { expect, test } from "vitest";
import { z } from "zod";
import { codesOf, responsesOf } from "./openapi-responses.ts";
import { schemaWriter } from "./openapi-schemas.ts";
import { byFormat, download, type Operation, raw } from "./operation.ts";
import { Problem } from "./problem.ts";

const Entry = z.object({ id: z.string() });

const operation = (change: Partial<Operation> = {}): Operation => ({
  summary: "One entry",
  auth: "anyone",
  limit: "default",
  result: Entry,
  status: 200,
  conditional: false,
  mayBeUnavailable: false,
  errors: [],
  ...change,
});
const responses = (change: Partial<Operation> = {}, method = "GET") =>
  responsesOf(operation(change), method, schemaWriter({ Problem, Entry }));

test.each<[string, string, Partial<Operation>, string[]]>([
  ["a plain read", "GET", {}, ["200", "400", "401", "403", "429", "500", "503"]],
  ["an unlimited one", "GET", { limit: "none" }, ["200", "400", "401", "403", "500", "503"]],
  [
    "one with parameters and a tag",
    "GET",
    { params: Entry, conditional: true },
    ["200", "304", "400", "401", "403", "404", "429", "500", "503"],
  ],
  ["a write", "POST", { body: Entry, status: 201 }, ["201", "400", "401", "403", "413", "415", "429", "500", "503"]],
  ["a write without a body", "DELETE", { status: 204 }, ["204", "400", "401", "403", "429", "500", "503"]],
  ["one for a scraper", "GET", { auth: "metrics", limit: "none" }, ["200", "400", "401", "404", "500", "503"]],
  [
    "one with codes of its own",
    "GET",
    { errors: ["CONFLICT", "CONSENT_REQUIRED"] },
    ["200", "400", "401", "403", "409", "429", "451", "500", "503"],
  ],
])("%s gives its statuses", (_name, method, change, statuses) => {
  expect(Object.keys(responses(change, method))).toEqual(statuses);
});

test("a code is listed once, whoever gives it", () => {
  const codes = codesOf(operation({ params: Entry, errors: ["NOT_FOUND", "INTERNAL"] }), "GET");
  expect(new Set(codes).size).toBe(codes.length);
});

test("errors are problems that name their codes", () => {
  const forbidden = responses({ errors: ["SAFETY_BLOCKED"] }, "POST")[403];
  expect(forbidden?.description).toMatch(/`TENANT_FORBIDDEN`: .+\n\n`SAFETY_BLOCKED`: .+\n\n`CSRF_FAILED`: .+/);
  expect(forbidden?.content).toEqual({
    "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
  });
});

test("headers of the limit come with every response of a limited operation, Retry-After with the refusal", () => {
  const limited = responses();
  expect(limited[200]?.headers).toHaveProperty("RateLimit");
  expect(limited[500]?.headers).toHaveProperty("X-RateLimit-Remaining");
  expect(limited[200]?.headers).not.toHaveProperty("Retry-After");
  expect(limited[429]?.headers).toHaveProperty("Retry-After");
  expect(Object.keys(responses({ limit: "none" })[200]?.headers ?? {})).toEqual(["X-Request-Id"]);
});

test("a readiness check may hold its result with 503 too", () => {
  const content = responses({ mayBeUnavailable: true })[503]?.content;
  expect(content).toMatchObject({ "application/json": { schema: { $ref: "#/components/schemas/Entry" } } });
  expect(content).toHaveProperty(["application/problem+json"]);
});

test("a stream is documented event by event, its error included, beside its JSON", () => {
  const events = { token: z.object({ text: z.string() }), done: z.object({}) };
  const content = responses({ events })[200]?.content ?? {};
  expect(Object.keys(content)).toEqual(["application/json", "text/event-stream"]);
  expect(content["text/event-stream"]?.schema.oneOf).toEqual([
    expect.objectContaining({
      title: "token",
      required: ["event", "id", "data"],
      properties: expect.objectContaining({
        event: { const: "token" },
        data: expect.objectContaining({ required: ["text"] }),
      }),
    }),
    expect.objectContaining({ title: "done" }),
    expect.objectContaining({
      title: "error",
      properties: expect.objectContaining({ data: { $ref: "#/components/schemas/Problem" } }),
    }),
  ]);
  expect(Object.keys(responses({ events, result: undefined })[200]?.content ?? {})).toEqual(["text/event-stream"]);
});

test("other types are text, and 204 is nothing", () => {
  expect(responses({ result: raw("text/csv") })[200]?.content).toEqual({ "text/csv": { schema: { type: "string" } } });
  expect(responses({ status: 204 })[204]).not.toHaveProperty("content");
});

test("a result by format is JSON or text under a name", () => {
  const { content, headers } = responses({ result: byFormat(z.object({ a: z.int() }), { csv: { contentType: "text/csv", filename: () => "a.csv" } }) })[200] ?? {};
  expect(content).toMatchObject({ "application/json": { schema: { type: "object" } }, "text/csv": { schema: { type: "string" } } });
  expect(headers).toHaveProperty("Content-Disposition");
});

test("a download is text under a name", () => {
  const { content, headers } = responses({ result: download("application/x-ndjson", "rows.ndjson") })[200] ?? {};
  expect(content).toEqual({ "application/x-ndjson": { schema: { type: "string" } } });
  expect(headers).toMatchObject({ "Content-Disposition": { $ref: "#/components/headers/Content-Disposition" } });
});
