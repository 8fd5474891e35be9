import { expect, test } from "vitest";
import { findUnstorable, isStorable, storableText } from "./storable-text.ts";

test("ordinary text of any script is storable", () => {
  for (const text of ["", "Ontario demand", "é 電力 🔌", "\u0001\t\n", "\ufffd"]) expect(isStorable(text)).toBe(true);
});

test("NUL characters and lone surrogates are not", () => {
  for (const text of ["\0", "a\0b", "\ud83d", "\udd0c", "a\ud83d b"]) expect(isStorable(text)).toBe(false);
});

test("finds the first such string by its path", () => {
  expect(findUnstorable({ a: ["ok", { b: "x\0" }] })).toEqual(["a", "1", "b"]);
  expect(findUnstorable("\ud800")).toEqual([]);
  expect(findUnstorable({ outer: { "k\0": 1 } })).toEqual(["outer"]);
});

test("passes values that hold none", () => {
  expect(findUnstorable({ a: [1, null, true, "text", undefined] })).toBeNull();
});

test("makes text storable without moving anything in it", () => {
  expect(storableText("a\0b\ud83d c\udd0c")).toBe("a\ufffdb\ufffd c\ufffd");
  expect(storableText("é 電力 🔌\n")).toBe("é 電力 🔌\n");
});
