import { describe, expect, test } from "vitest";
import { z } from "zod";
import { schemaWriter } from "./openapi-schemas.ts";

const Source = z.object({ title: z.string() });
const Entry = z.object({ id: z.string(), sources: z.array(Source) });
const Settings = z.object({ size: z.number().int().default(10) });
const Holder = z.object({ settings: Settings, entry: Entry });
const Comment: z.ZodType = z.object({
  text: z.string(),
  get replies() {
    return z.array(Comment);
  },
});
const named = { Source, Entry, Settings, Holder, Comment };
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test("a named schema is a reference, and what it names inside as well", () => {
  const writer = schemaWriter(named);
  expect(writer.write(Entry, "output")).toEqual(refTo("Entry"));
  expect(writer.write(z.array(Entry), "output")).toEqual({ type: "array", items: refTo("Entry") });
  expect(writer.components()).toEqual({
    Entry: {
      type: "object",
      properties: { id: { type: "string" }, sources: { type: "array", items: refTo("Source") } },
      required: ["id", "sources"],
    },
    Source: { type: "object", properties: { title: { type: "string" } }, required: ["title"] },
  });
});

test("only what was referred to becomes a component", () => {
  const writer = schemaWriter(named);
  writer.write(z.object({ other: z.string() }), "output");
  expect(writer.components()).toEqual({});
});

test("inline writes a named schema out", () => {
  expect(schemaWriter(named).inline(Entry, "input")).toMatchObject({
    properties: { sources: { items: refTo("Source") } },
  });
});

test("what reads differently in requests and responses, itself or inside, is two components", () => {
  const writer = schemaWriter(named);
  expect(writer.write(Holder, "input")).toEqual(refTo("HolderInput"));
  expect(writer.write(Holder, "output")).toEqual(refTo("Holder"));
  const { Holder: sent, HolderInput: received, Settings: full, SettingsInput: partial } = writer.components();
  expect(sent).toMatchObject({ properties: { settings: refTo("Settings"), entry: refTo("Entry") } });
  expect(received).toMatchObject({ properties: { settings: refTo("SettingsInput"), entry: refTo("Entry") } });
  expect(full).toMatchObject({ required: ["size"] });
  expect(partial).not.toHaveProperty("required");
});

test("a recursive schema needs a name", () => {
  const writer = schemaWriter(named);
  writer.write(Comment, "output");
  expect(writer.components().Comment).toMatchObject({ properties: { replies: { items: refTo("Comment") } } });
  for (const anonymous of [Comment, z.array(Comment)]) {
    expect(() => schemaWriter({}).write(anonymous, "output")).toThrow(/needs a name/);
  }
});

describe("leaves out", () => {
  const writer = schemaWriter({});

  test("patterns that only repeat a format, and the bounds of what JSON can count", () => {
    expect(writer.write(z.uuid(), "output")).toEqual({ type: "string", format: "uuid" });
    expect(writer.write(z.number().int(), "output")).toEqual({ type: "integer" });
    expect(writer.write(z.number().int().min(1).max(50), "output")).toEqual({
      type: "integer",
      minimum: 1,
      maximum: 50,
    });
    expect(writer.write(z.string().regex(/^a$/), "output")).toEqual({ type: "string", pattern: "^a$" });
  });

  test("what would forbid responses to grow, not what requests refuse", () => {
    expect(writer.write(z.object({}), "output")).not.toHaveProperty("additionalProperties");
    expect(writer.write(z.strictObject({}), "input")).toMatchObject({ additionalProperties: false });
  });
});

test("keeps descriptions", () => {
  expect(schemaWriter({}).write(z.string().describe("In MW"), "output")).toEqual({
    type: "string",
    description: "In MW",
  });
});
