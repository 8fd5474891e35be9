import { expect, test } from "vitest";
import { runsByLook } from "./line-runs.ts";

test("estimates and the forecast are stretches of their own, and meet", () => {
  const runs = runsByLook({ start: ["a", "b", "c", "d"], end: ["b", "c", "d", "e"], value: [1, 2, 3, 4], quality: ["measured", "preliminary", "estimated", "forecast"] });
  expect(runs.map(({ look, value }) => [look, value])).toEqual([["measured", [1, 2]], ["estimated", [2, 3]], ["forecast", [3, 4]]]);
});

test("over a gap they don't", () => {
  const runs = runsByLook({ start: ["a", "x"], end: ["b", "y"], value: [1, 2], quality: ["measured", "forecast"] });
  expect(runs.map(({ value }) => value)).toEqual([[1], [2]]);
});
