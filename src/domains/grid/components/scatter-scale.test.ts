import { expect, test } from "vitest";
import { dotAfterKey, nearestDot, scatterScale } from "./scatter-scale.ts";

const dots = [{ at: 1, x: 5, y: 100 }, { at: 2, x: -5, y: 300 }, { at: 3, x: 0, y: 200 }];

test("dots lie within the scales, the largest at the top and at the right", () => {
  const { across, down } = scatterScale(dots);
  expect(dots.every(({ x, y }) => across(x) >= 0 && across(x) <= 1 && down(y) >= 0 && down(y) <= 1)).toBe(true);
  expect([across(5) > across(-5), down(300) < down(100)]).toEqual([true, true]);
});

test("the pointer reads the dot nearest to it in pixels", () => {
  const scale = scatterScale(dots);
  const at = (index: number) => ({ x: scale.across(dots[index]?.x ?? 0) * 400 + 3, y: scale.down(dots[index]?.y ?? 0) * 200 - 2 });
  expect([0, 1, 2].map((index) => nearestDot(dots, scale, at(index), { width: 400, height: 200 }))).toEqual([0, 1, 2]);
  expect(nearestDot([], scale, { x: 0, y: 0 }, { width: 400, height: 200 })).toBe(-1);
});

test("keys go from the lowest to the highest, and stay within", () => {
  const after = (from: number | null, key: string) => dotAfterKey(dots, from, key);
  expect([after(null, "ArrowRight"), after(1, "ArrowRight"), after(2, "ArrowRight"), after(0, "ArrowRight"), after(1, "ArrowLeft")]).toEqual([1, 2, 0, 0, 1]);
  expect([after(2, "Home"), after(2, "End"), after(null, "ArrowLeft"), after(2, "a"), dotAfterKey([], null, "End")]).toEqual([1, 0, 0, null, null]);
});
