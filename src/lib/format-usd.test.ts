import { expect, test } from "vitest";
import { formatUsd } from "./format-usd.ts";

test.each([["0", "0"], ["0.000", "0"], ["12.5", "12.50"], ["1234.567", "1\u202f234.57"], ["0.1", "0.10"], ["0.0205", "0.0205"], ["0.00234567", "0.00235"], ["0.0000001", "0.0000001"], ["-3", "\u22123.00"]])("%s is shown as US$ %s", (amount, shown) => {
  expect(formatUsd(amount)).toBe(`US$\u00a0${shown}`);
});
test("what is next to nothing says so", () => expect(formatUsd("0.0000000000001")).toMatch(/^under/));
