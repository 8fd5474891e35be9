import fc from "fast-check";
import { expect, test } from "vitest";
import { layoutLabels, spanOf, type BarPart } from "./bar-labels.ts";

const part = (share: number): BarPart => ({ share, twoLines: 90, oneLine: 120 });

test("wide parts are named below, narrow ones above with their leader at the middle", () => {
  const { labels, left } = layoutLabels([0.49, 0.24, 0.02, 0.21, 0.04].map(part), 960);
  expect(labels.map(({ part: index, side, lane, at }) => [index, side, lane, at.toFixed(2)])).toEqual([
    [0, "below", 0, "0.00"], [1, "below", 0, "0.49"], [2, "above", 0, "0.74"], [3, "below", 0, "0.75"], [4, "above", 0, "0.98"],
  ]);
  expect(left).toEqual([]);
});

test("a label at the right edge runs to the left", () => {
  expect(layoutLabels([0.99, 0.01].map(part), 500).labels[1]).toMatchObject({ anchor: "end", side: "above" });
});

test("neighbours at the right edge stand behind each other, the leader of the further one past the nearer", () => {
  const { labels, left } = layoutLabels([0.49, 0.24, 0.002, 0.16, 0.065, 0.001, 0.03, 0.012].map(part), 960);
  expect(labels.slice(5).map(({ part: index, side, lane, anchor }) => [index, side, lane, anchor])).toEqual([
    [5, "above", 0, "end"], [6, "above", 1, "end"], [7, "above", 2, "end"],
  ]);
  expect(left).toEqual([]);
});

test("what has no room is said, not drawn over something", () => {
  const { labels, left } = layoutLabels(Array.from({ length: 30 }, () => part(1 / 30)), 500);
  expect(labels.length + left.length).toBe(30);
  expect(left.length).toBeGreaterThan(0);
});

test("no label covers another or a leader, at this width and at wider ones", () => {
  const mixes = fc.array(fc.double({ min: 0.0005, max: 1, noNaN: true }), { minLength: 1, maxLength: 10 });
  fc.assert(fc.property(mixes, fc.integer({ min: 460, max: 1_100 }), fc.double({ min: 1, max: 2, noNaN: true }), (weights, width, wider) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const parts = weights.map((weight) => part(weight / sum));
    const { labels } = layoutLabels(parts, width);
    const shown = width * wider;
    const boxes = labels.map((label) => ({ ...label, ...spanOf(label, parts[label.part] ?? part(0), shown) }));
    for (const a of boxes) {
      expect(a.from >= 0 && a.to <= shown).toBe(true);
      for (const b of boxes) {
        if (a === b || a.side !== b.side) continue;
        if (a.lane === b.lane) expect(a.to <= b.from || b.to <= a.from).toBe(true);
        if (a.lane > b.lane) expect(a.at * shown <= b.from || a.at * shown >= b.to).toBe(true);
      }
    }
  }), { numRuns: 500 });
});
