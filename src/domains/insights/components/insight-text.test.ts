import { expect, test } from "vitest";
import { makeExplanation, makeWritten } from "../../../../tests/support/insights.ts";
import { insightText, unbroken } from "./insight-text.ts";

test("says what was found, how, whose numbers they are, and where it was read", () => {
  const text = insightText(makeExplanation({ sample: true }), null, "https://tieline.test/grid/ontario?explain=demand");
  expect(text.split("\n")).toEqual([
    "Ontario demand, 20 Nov 2026", "", "- The highest value is 18 196 MW.", "", "Sample data: made-up numbers, true of nothing.", "Computed from the values; no model was used.",
    "Numbers are rounded.", "Sources: Hourly demand (IESO terms)", "https://tieline.test/grid/ontario?explain=demand",
  ]);
  expect(insightText(makeExplanation(), null, "x")).not.toContain("Sample data");
});

test("of a model's sentences it says whose they are, and what was asked", () => {
  const text = insightText(makeWritten(), "When was it highest?", "x");
  expect(text.split("\n").slice(0, 2)).toEqual(["Ontario demand, 20 Nov 2026", "When was it highest?"]);
  expect(text).toContain("Written by gpt-4.1-mini from 1 computed number. What they don’t bear out is left out.");
  expect(insightText(makeWritten({ cached: true }), null, "x")).toContain("from 1 computed number, from the cache.");
});

test("numbers stay on one line, and nothing else is joined", () => {
  expect(unbroken("From 17\u2009747 to 1 234 567 MW on 20 Nov 2026, 16:35")).toBe("From 17\u202f747 to 1\u202f234\u202f567 MW on 20 Nov 2026, 16:35");
});
