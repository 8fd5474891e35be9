import { describe, expect, test } from "vitest";
import { z } from "zod";
import { openApiDocument, operationIdOf, type PlacedOperation } from "./openapi.ts";
import { type Operation, raw } from "./operation.ts";

const Source = z.object({ title: z.string(), url: z.url() });
const Entry = z.object({ id: z.string(), sources: z.array(Source) });
const Settings = z.object({ size: z.number().int().default(10) });
const Query = z.strictObject({ q: z.string().min(1), limit: z.coerce.number().int().default(10) });

const place = (method: string, path: string, change: Partial<Operation>): PlacedOperation => ({
  method,
  path,
  operation: {
    summary: `${method} ${path}`,
    auth: "anyone",
    limit: "default",
    status: 200,
    conditional: false,
    mayBeUnavailable: false,
    errors: [],
    ...change,
  },
});

const operations = [
  place("POST", "/api/ask", { body: Settings, events: { done: z.object({}) }, result: Entry, description: "Streams." }),
  place("GET", "/api/help/[id]", { params: z.object({ id: z.string().max(80) }), result: Entry, conditional: true }),
  place("DELETE", "/api/help/[id]", { result: z.void(), status: 204 }),
  place("GET", "/api/help/search", { query: Query, result: z.array(Entry) }),
  place("PUT", "/api/settings", { body: Settings.optional(), result: Settings }),
  place("GET", "/api/files/[id]/[...path]", { result: z.string() }),
  place("GET", "/api/metrics", { auth: "metrics", limit: "none", result: raw("text/plain") }),
];

const info = { title: "Tieline", version: "1.0.0", schemas: { Source, Entry, Settings, Query } };
const document = openApiDocument(operations, info);
const operationAt = (path: string, method: string) => {
  const operation = document.paths[path]?.[method];
  if (!operation) throw new Error(`${method} ${path} is not in the document`);
  return operation;
};

describe("the document", () => {
  test("is OpenAPI 3.1 and plain JSON", () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toEqual({ title: "Tieline", version: "1.0.0" });
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  test("resolves every reference", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = ""]) => target);
    expect(references.length).toBeGreaterThan(20);
    for (const target of references) {
      const keys = target.replace(/^#\//, "").split("/");
      const found = keys.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
      expect([target, typeof found]).toEqual([target, "object"]);
    }
  });

  test("names each operation once, and says what it and its responses are", () => {
    const all = Object.values(document.paths).flatMap((item) => Object.values(item));
    expect(all).toHaveLength(operations.length);
    expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
    for (const { summary, responses } of all) {
      expect(summary).not.toBe("");
      for (const { description } of Object.values(responses)) expect(description).not.toBe("");
    }
  });

  test("is the same in whatever order the operations come", () => {
    expect(JSON.stringify(openApiDocument(operations.toReversed(), info))).toBe(JSON.stringify(document));
  });
});

test.each([
  ["POST", "/api/ask", "postAsk"],
  ["GET", "/api/help/[id]", "getHelpById"],
  ["POST", "/api/help/[id]/feedback", "postHelpByIdFeedback"],
  ["POST", "/api/llm/explain-chart", "postLlmExplainChart"],
  ["GET", "/api/openapi.json", "getOpenapiJson"],
  ["GET", "/api/auth/[[...path]]", "getAuthByPath"],
  ["GET", "/api/apiary", "getApiary"],
])("%s %s is %s", (method, path, id) => {
  expect(operationIdOf(method, path)).toBe(id);
});

describe("parameters", () => {
  test("stand for each variable in a path, whether its schema is known or not", () => {
    expect(operationAt("/api/help/{id}", "get").parameters).toEqual([
      { name: "id", in: "path", required: true, schema: { type: "string", maxLength: 80 } },
    ]);
    expect(operationAt("/api/files/{id}/{path}", "get").parameters?.map(({ name }) => name)).toEqual(["id", "path"]);
  });

  test("of a query are required or not, as its schema says, named or not", () => {
    expect(operationAt("/api/help/search", "get").parameters).toEqual([
      { name: "q", in: "query", required: true, schema: { type: "string", minLength: 1 } },
      { name: "limit", in: "query", required: false, schema: { type: "integer", default: 10 } },
    ]);
  });
});

test("bodies are described as sent, results as received", () => {
  const { requestBody, responses } = operationAt("/api/settings", "put");
  expect(requestBody).toMatchObject({ required: false });
  expect(responses[200]?.content).toEqual({
    "application/json": { schema: { $ref: "#/components/schemas/Settings" } },
  });
  expect(operationAt("/api/ask", "post").requestBody).toEqual({
    required: true,
    content: { "application/json": { schema: { $ref: "#/components/schemas/SettingsInput" } } },
  });
});

test("an operation carries its description and the first part of its path as tag", () => {
  expect(operationAt("/api/ask", "post")).toMatchObject({ description: "Streams.", tags: ["ask"] });
});

test("credentials are asked for where the way in needs them", () => {
  expect(operationAt("/api/metrics", "get").security).toEqual([{ metrics: [] }]);
  expect(document.components.securitySchemes).toMatchObject({ metrics: { type: "http", scheme: "bearer" } });
  expect(operationAt("/api/ask", "post").security).toEqual([{}, { session: [] }]);
});
