import { expect, test } from "vitest";
import { pointsFrom, windowOf } from "../../../../tests/support/fact-window.ts";
import { priceFacts, priceHours, spreadFact } from "./price-facts.ts";

const plain = (text = "") => text.replaceAll(/[\u00a0\u2009\u202f]/g, " ");
const price = (values: (number | null)[], name = "Ontario price") => windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, values), { name, unit: "CAD/MWh" });

test("median, hours below zero and standard deviation", () => {
  const window = price([10, -5, null, 40, 15, 0]);
  expect(priceHours(window)).toEqual({ known: 5, negative: 1 });
  // Mean 12; squares 4 + 289 + 784 + 9 + 144 = 1230 over 5.
  expect(priceFacts(window).map(({ id, value }) => [id, value])).toEqual([["median", 10], ["negative-hours", 1], ["volatility", 15.684387]]);
  expect(priceFacts(window).map(({ sentence }) => plain(sentence))).toEqual([
    "Half of the hours had a price of $10.00/MWh or less.",
    "1 hour of 5 hours had a price below zero.",
    "Ontario price scattered around its mean with a standard deviation of $15.68/MWh over 5 hours.",
  ]);
  expect(priceFacts(price([null]))).toEqual([]);
});

test("the spread is the mean difference of the hours that both have", () => {
  const fact = spreadFact("spread-day-ahead", price([10, 20, null, 40]), price([12, 10, 5, 25], "the day-ahead price"));
  expect(fact?.value).toBe(7.666667);
  expect(plain(fact?.sentence)).toBe("Ontario price was on average $7.67/MWh above the day-ahead price, and above it in 66.7 % of 3 hours that both have.");
  expect(spreadFact("spread-day-ahead", price([10]), price([null]))).toBeNull();
});
