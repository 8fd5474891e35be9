import { expect, test } from "vitest";
import { asShare, table } from "./table.ts";

test("a table lines up", () => {
  expect(table(["half", "n"], [["tuning", "84"], ["all", "168"]])).toBe("| half   |   n |\n| ------ | --: |\n| tuning |  84 |\n| all    | 168 |");
});

test("a share has three decimals", () => expect([0.25, 1, null].map(asShare)).toEqual(["0.250", "1.000", "–"]));
