import fc from "fast-check";
import { expect, test } from "vitest";
import { addDecimals, compareDecimals, formatDecimal, isDecimal, multiplyDecimal, parseDecimal, shiftDecimal } from "./decimal.ts";

const decimals = fc.record({ units: fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), scale: fc.integer({ min: 0, max: 24 }) });
const sum = (...texts: string[]) => formatDecimal(texts.map(parseDecimal).reduce(addDecimals));

test("sums are exact where floats aren't", () => {
  expect(sum("0.1", "0.2")).toBe("0.3");
  expect(sum("90071992547409.93", "0.01")).toBe("90071992547409.94");
  expect(formatDecimal(shiftDecimal(multiplyDecimal(parseDecimal("0.075"), 3), 6))).toBe("0.000000225");
});

test.each(["0.050", "000.5", "-0.25", "12"])("%s is written without needless zeros", (text) => expect(formatDecimal(parseDecimal(text))).toBe(String(Number(text))));
test.each(["", ".5", "1.", "1e3", "+1", " 1", "NaN", "1,5", "0x1", "--1"])("%j is no decimal", (text) => {
  expect(isDecimal(text)).toBe(false);
  expect(() => parseDecimal(text)).toThrow(TypeError);
});

test("what is written is read as the same number; adding is associative and commutes; order agrees with differences", () => {
  fc.assert(fc.property(decimals, decimals, decimals, (a, b, c) => {
    expect(compareDecimals(parseDecimal(formatDecimal(a)), a)).toBe(0);
    expect(compareDecimals(addDecimals(addDecimals(a, b), c), addDecimals(a, addDecimals(c, b)))).toBe(0);
    const difference = addDecimals(a, multiplyDecimal(b, -1)).units;
    expect(compareDecimals(a, b)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
  }));
});
