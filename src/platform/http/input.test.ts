import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseInput } from "./input.ts";
import type { Operation } from "./operation.ts";

const operation = (parts: Partial<Operation>): Operation => ({
  summary: "s",
  auth: "anyone",
  limit: "none",
  status: 200,
  conditional: false,
  mayBeUnavailable: false,
  errors: [],
  ...parts,
});

function parse(
  parts: Partial<Operation>,
  sent: { params?: Record<string, string>; search?: string; body?: string } = {},
) {
  const request = new Request(`http://t/api/x${sent.search ?? ""}`, {
    headers: { "content-type": "application/json" },
  });
  const bytes = sent.body === undefined ? null : new TextEncoder().encode(sent.body);
  return parseInput(operation(parts), { params: sent.params ?? {}, request, bytes });
}

function errorsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    const { code, errors } = error as { code: string; errors?: { path: string }[] };
    expect(code).toBe("INVALID_REQUEST");
    return errors?.map(({ path }) => path) ?? [];
  }
  return [];
}

test("parts are what their schemas make of them, and undefined without one", () => {
  const parts = {
    params: z.object({ id: z.string() }),
    query: z.object({ limit: z.coerce.number().default(10) }),
    body: z.object({ comment: z.string().trim() }),
  };
  const sent = { params: { id: "ramp" }, search: "?limit=5", body: '{"comment":" yes ","other":1}' };
  expect(parse(parts, sent)).toEqual({ params: { id: "ramp" }, query: { limit: 5 }, body: { comment: "yes" } });
  expect(parse({}, { ...sent, search: "" })).toEqual({ params: undefined, query: undefined, body: undefined });
});

test("collects the errors of all parts", () => {
  const Short = z.object({ id: z.string().max(1), q: z.string().max(1) }).partial();
  const sent = { params: { id: "long" }, search: "?q=long", body: '{"id":"long","q":"long"}' };
  expect(errorsOf(() => parse({ params: Short, query: Short, body: Short }, sent))).toEqual(["id", "q", "id", "q"]);
});

describe("query", () => {
  const query = z.strictObject({ q: z.string() });

  test("a parameter that the route doesn't know is refused by its name, also where the route knows none", () => {
    expect(errorsOf(() => parse({ query }, { search: "?q=a&region=ontario" }))).toEqual(["region"]);
    expect(errorsOf(() => parse({}, { search: "?q=a&region=ontario" }))).toEqual(["q", "region"]);
  });

  test("decodes percent signs and plus signs", () => {
    expect(parse({ query }, { search: "?q=a%20b+c%C3%A9" }).query).toEqual({ q: "a b cé" });
  });

  test("a name given twice is a list, which a schema for text refuses", () => {
    expect(errorsOf(() => parse({ query }, { search: "?q=a&q=b" }))).toEqual(["q"]);
    const lists = z.object({ q: z.array(z.string()) });
    expect(parse({ query: lists }, { search: "?q=a&q=b" }).query).toEqual({ q: ["a", "b"] });
  });

  test("a name of the object's own machinery is a name like others", () => {
    expect(errorsOf(() => parse({ query }, { search: "?q=a&__proto__=b" }))).toEqual(["__proto__"]);
  });
});

test("a missing body is refused unless its schema may do without", () => {
  expect(errorsOf(() => parse({ body: z.object({}) }, { body: "" }))).toEqual([""]);
  expect(parse({ body: z.object({}).optional() }, { body: "" }).body).toBeUndefined();
});

test("text that Postgres can't store is refused by its path, wherever it comes from", () => {
  const text = z.object({ a: z.string() });
  expect(errorsOf(() => parse({ params: text }, { params: { a: "x\0" } }))).toEqual(["a"]);
  expect(errorsOf(() => parse({ query: text }, { search: "?a=%00" }))).toEqual(["a"]);
  expect(
    errorsOf(() => parse({ body: z.object({ a: z.array(z.string()) }) }, { body: '{"a":["ok","\\u0000"]}' })),
  ).toEqual(["a.1"]);
  expect(errorsOf(() => parse({ body: text }, { body: '{"a":"\\ud83d"}' }))).toEqual(["a"]);
});

test("paired surrogates and other scripts pass", () => {
  expect(parse({ body: z.object({ a: z.string() }) }, { body: '{"a":"\\ud83d\\udd0c 電力"}' }).body).toEqual({
    a: "🔌 電力",
  });
});
