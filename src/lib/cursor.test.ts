import { describe, expect, test } from "vitest";
import { decodeCursor, encodeCursor, pageOf } from "./cursor.ts";

describe("a cursor", () => {
  test.each([[["a"]], [["Énergie « éolienne » 💨", "x-1"]], [["", "+/=?"]]])("brings %j back", (key) => {
    const cursor = encodeCursor(...key);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(decodeCursor(cursor, key.length)).toEqual(key);
  });

  test("is none without one", () => expect(decodeCursor(undefined, 1)).toBeNull());

  test.each(["", "x", "%%%", btoa("[1]"), btoa("{}"), btoa('["a","b"]'), btoa('["a\\u0000"]'), btoa('["\\ud800"]'), "[\"a\"]"])(
    "is refused when it is %j", (cursor) => expect(() => decodeCursor(cursor, 1)).toThrow(/again without a cursor/));
});

test("a page ends where the next begins, and the last one has none", () => {
  expect(pageOf(["a", "b", "c"], 2, (row) => [row])).toEqual({ items: ["a", "b"], nextCursor: encodeCursor("b") });
  expect(pageOf(["a", "b"], 2, (row) => [row])).toEqual({ items: ["a", "b"], nextCursor: null });
  expect(pageOf([], 2, (row: string) => [row])).toEqual({ items: [], nextCursor: null });
});
