import { expect, test } from "vitest";
import { z } from "zod";
import { fieldErrors } from "./field-errors.ts";

function errorsOf(schema: z.ZodType, value: unknown) {
  const { error } = schema.safeParse(value);
  if (!error) throw new Error("The value is valid");
  return fieldErrors(error);
}

const Question = z.string().min(1, "Write a question");
const Ask = z.union([z.strictObject({ question: Question }), z.strictObject({ questions: z.array(Question).min(1) })]);

test("names each place by its path", () => {
  expect(errorsOf(Ask, { questions: ["a", "", ""] })).toEqual([
    { path: "questions.1", message: "Write a question" },
    { path: "questions.2", message: "Write a question" },
  ]);
});

test("the whole has the empty path", () => {
  expect(errorsOf(z.object({}), null)).toEqual([{ path: "", message: expect.stringContaining("expected object") }]);
});

test("names fields that aren't known", () => {
  expect(errorsOf(z.object({ a: z.strictObject({}) }), { a: { b: 1, c: 2 } }).map(({ path }) => path)).toEqual([
    "a.b",
    "a.c",
  ]);
});

test("of a union, the branch that came nearest speaks", () => {
  expect(errorsOf(z.object({ ask: Ask }), { ask: { questions: [1] } })).toEqual([
    { path: "ask.questions.0", message: expect.stringContaining("expected string") },
  ]);
});

test("of a discriminated union without a match, the discriminator", () => {
  const Action = z.discriminatedUnion("action", [
    z.object({ action: z.literal("retry") }),
    z.object({ action: z.literal("cancel") }),
  ]);
  expect(errorsOf(Action, { action: "x" })).toEqual([{ path: "action", message: expect.any(String) }]);
});

test("shows no value that was sent", () => {
  const schemas = [z.string().max(3), z.email(), z.enum(["a"]), z.literal("a"), z.iso.datetime(), z.uuid(), z.number()];
  for (const schema of schemas) expect(JSON.stringify(errorsOf(schema, "hunter2-secret"))).not.toContain("hunter2");
});

test("stays small for a large request", () => {
  expect(errorsOf(z.array(z.string()), Array(1_000).fill(1))).toHaveLength(50);
  expect(errorsOf(z.strictObject({}), { ["k".repeat(10_000)]: 1 })[0]?.path).toHaveLength(200);
});
