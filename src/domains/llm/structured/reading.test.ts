import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readObject } from "./reading.ts";
import { jsonSchemaOf } from "./result-schema.ts";

const Result = z.strictObject({ headline: z.string().min(1), change: z.number().nullable(), hours: z.array(z.int()) });
const good = { headline: "Load rose", change: 3.5, hours: [7, 8] };
const text = JSON.stringify(good);

describe("readObject", () => {
  test.each([
    ["an object", text],
    ["one with space around it", `\n  ${text}\n`],
    ["one in a code fence", `\`\`\`json\n${text}\n\`\`\``],
    ["one in a nameless fence", `\`\`\`\n${JSON.stringify(good, null, 2)}\n\`\`\`\n`],
  ])("reads %s", (_, written) => {
    expect(readObject(Result, { text: written, finish: "stop" })).toEqual({ ok: true, value: good });
  });

  test.each([
    ["nothing", "", "stop", "not_json"],
    ["prose", "Load rose by 3.5 %.", "stop", "not_json"],
    ["prose around an object", `Here you are: ${text}`, "stop", "not_json"],
    ["prose around a fence", `Here you are:\n\`\`\`json\n${text}\n\`\`\``, "stop", "not_json"],
    ["two objects", `${text}\n${text}`, "stop", "not_json"],
    ["the beginning of an object", text.slice(0, -8), "unknown", "not_json"],
    ["an object cut at the limit", text.slice(0, -8), "length", "cut_off"],
    ["a tool called", "", "tool_calls", "tool_call"],
    ["an array", `[${text}]`, "stop", "not_in_form"],
    ["null", "null", "stop", "not_in_form"],
    ["wrong types", '{"headline":"Load rose","change":"3.5","hours":[7]}', "stop", "not_in_form"],
    ["a missing key", '{"headline":"Load rose","hours":[7]}', "stop", "not_in_form"],
    ["an extra key", JSON.stringify({ ...good, advice: "Sell" }), "stop", "not_in_form"],
    ["a key of every object's making", `{"__proto__":{"admin":true},${text.slice(1)}`, "stop", "not_in_form"],
    ["a refusal, whatever stands in it", text, "refusal", "refused"],
  ] as const)("gives nothing of %s", (_, written, finish, reason) => {
    const reading = readObject(Result, { text: written, finish });
    expect(reading).toEqual({ ok: false, reason, errors: expect.arrayContaining([expect.any(String)]) });
  });

  test("says where each fault is, and not more of them than a model reads", () => {
    const reading = readObject(Result, { text: JSON.stringify({ headline: "", change: 1, hours: Array.from({ length: 50 }, () => "x") }), finish: "stop" });
    expect(reading).toMatchObject({ errors: expect.arrayContaining([expect.stringMatching(/^headline: /), expect.stringMatching(/^hours\.0: /)]) });
    expect(!reading.ok && reading.errors.length).toBe(10);
  });
});

describe("jsonSchemaOf", () => {
  test("gives a closed object whose keys are all required", () => {
    expect(jsonSchemaOf(Result)).toMatchObject({ type: "object", required: ["headline", "change", "hours"], additionalProperties: false });
    expect(jsonSchemaOf(Result)).not.toHaveProperty("$schema");
  });

  test("refuses what isn't an object", () => {
    expect(() => jsonSchemaOf(z.array(z.string()))).toThrow("has to be an object");
  });
});
