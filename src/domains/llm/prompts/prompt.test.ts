import { expect, test } from "vitest";
import { definePrompt } from "./prompt.ts";

const version = (number: number) => ({ version: number, since: "2026-11-21", change: "Shorter", instructions: `Text ${number}` });

test("the newest version is the one that is sent", () => {
  const prompt = definePrompt({ id: "p", purpose: "Tests.", versions: [version(1), version(2)] });
  expect(prompt).toMatchObject({ version: 2, instructions: "Text 2" });
  expect(prompt.versions.map((each) => each.version)).toEqual([2, 1]);
});

test.each([["a gap", [version(1), version(3)]], ["no beginning", [version(2)]], ["none", []]])("versions with %s are refused", (_, versions) => {
  expect(() => definePrompt({ id: "p", purpose: "Tests.", versions })).toThrow(/prompt p/);
});
