import { expect, test } from "vitest";
import { makeExplanation } from "../../../../tests/support/insights.ts";
import { insightText } from "./insight-text.ts";

test("says what was found, how, whose numbers they are, and where it was read", () => {
  const text = insightText(makeExplanation({ sample: true }), "https://tieline.test/grid/ontario?explain=demand");
  expect(text.split("\n")).toEqual([
    "Ontario demand, 20 Nov 2026", "", "- The highest value is 18 196 MW.", "", "Sample data: made-up numbers, true of nothing.", "Computed from the values; no model was used.",
    "Numbers are rounded.", "Sources: Hourly demand (IESO terms)", "https://tieline.test/grid/ontario?explain=demand",
  ]);
  expect(insightText(makeExplanation(), "x")).not.toContain("Sample data");
});
