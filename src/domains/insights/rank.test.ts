import { expect, test } from "vitest";
import { pointsFrom, windowOf } from "../../../tests/support/fact-window.ts";
import { factOf } from "./facts/fact.ts";
import { rankInsights } from "./rank.ts";

const window = windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, [1]));
const fact = (id: string, value: number) => factOf({ id, title: id, value, unit: "MW", from: 0, to: 1, sentence: `${id} is ${value}.`, of: [window] });
const mean = fact("mean", 1_000);

test("what lies farthest beyond its rule comes first, and what its rule says nothing of is left out", () => {
  const insights = rankInsights([mean, fact("before", 40), fact("rise", 300), fact("fall", -10), fact("missing", 0), fact("lowest", 5)]);
  expect(insights.map(({ title, weight, facts }) => [title, weight, facts.join()])).toEqual([["Ramps", "notable", "rise,fall"], ["Against the time before", "ordinary", "before"]]);
  expect(insights[0]?.text).toBe("rise is 300. fall is -10.");
});

test("values below zero are notable where the mean isn't below", () => {
  expect(rankInsights([mean, fact("lowest", -3)]).map(({ title }) => title)).toEqual(["Below zero"]);
  expect(rankInsights([fact("mean", -5), fact("lowest", -9)])).toEqual([]);
});

test("of a mean of zero nothing is a share", () => {
  expect(rankInsights([fact("mean", 0), fact("change", 500)])).toEqual([]);
});
