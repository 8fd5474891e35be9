import { expect, test } from "vitest";
import { hostileText, hostileUnits, redactionMs } from "./hostile-texts.ts";

/** Linear code takes 25 ms at most on the slowest machine so far; quadratic code takes seconds. */
const mostMs = 300;

test.each(hostileUnits)("60 kB of %j", (unit) => expect(redactionMs(hostileText(unit))).toBeLessThan(mostMs));

test("as many different values as a text can hold", () => {
  expect(redactionMs(Array.from({ length: 3_000 }, (_, index) => `user${index}@example.com`).join(" "))).toBeLessThan(mostMs);
});
