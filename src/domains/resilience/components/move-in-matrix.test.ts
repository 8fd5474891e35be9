import { describe, expect, test } from "vitest";
import { cellAt } from "./move-in-matrix.ts";

/** Columns 0, 2 and 3; column 1 is empty. */
const places = [{ column: 0, row: 0 }, { column: 0, row: 1 }, { column: 0, row: 2 }, { column: 2, row: 0 }, { column: 3, row: 0 }, { column: 3, row: 1 }];

describe("cellAt", () => {
  test.each([
    ["ArrowDown", 0, 1], ["ArrowDown", 2, null], ["ArrowUp", 1, 0], ["ArrowUp", 0, null],
    ["ArrowRight", 0, 3], ["ArrowRight", 2, 3], ["ArrowRight", 3, 4], ["ArrowRight", 5, null],
    ["ArrowLeft", 5, 3], ["ArrowLeft", 3, 0], ["ArrowLeft", 1, null],
    ["Home", 2, 0], ["Home", 0, null], ["End", 0, 2], ["End", 4, 5],
    ["Enter", 0, null], ["ArrowDown", -1, null],
  ])("%s from %i leads to %s", (key, from, to) => expect(cellAt(places, from, key)).toBe(to));
});
