import { expect, test } from "vitest";
import { wholeCodePoints } from "./code-points.ts";

test("never parts a surrogate pair", () => {
  expect([0, 1, 2, 3, 4, 9].map((end) => wholeCodePoints("a🔌b", end))).toEqual([0, 1, 1, 3, 4, 9]);
});

test("leaves half a pair where it is", () => {
  expect([0, 1, 2].map((end) => wholeCodePoints("\ud83d\ud83d", end))).toEqual([0, 1, 2]);
});
