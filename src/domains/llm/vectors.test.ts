import { expect, test } from "vitest";
import { checkedVectors, requestsOf } from "./vectors.ts";

test("vectors come to length 1, however large or small their numbers are", () => {
  for (const scale of [1, 1e300, 1e-300]) {
    const [vector = []] = checkedVectors([[3 * scale, 4 * scale]], 1, 2);
    expect(vector[0]).toBeCloseTo(0.6);
    expect(vector[1]).toBeCloseTo(0.8);
  }
});

test.each([
  ["too few", [[1]], 2, null, "1 vectors for 2 texts"],
  ["too many", [[1], [1]], 1, null, "2 vectors for 1 texts"],
  ["another number of dimensions", [[1, 0]], 1, 3, "2 dimensions where 3 were expected"],
  ["two lengths", [[1, 0], [1]], 2, null, "1 dimensions where 2 were expected"],
  ["nothing in them", [[]], 1, null, "0 dimensions where 0 were expected"],
  ["NaN", [[1, NaN]], 1, 2, "isn't finite"],
  ["Infinity", [[1, -Infinity]], 1, 2, "isn't finite"],
  ["only zeros", [[0, 0]], 1, 2, "nothing but zeros"],
] satisfies [string, number[][], number, number | null, string][])("vectors with %s are refused", (_, vectors, texts, dimensions, reason) => {
  expect(() => checkedVectors(vectors, texts, dimensions)).toThrow(reason);
});

test("batches keep the order, 96 texts or 200,000 characters each, and a longer text is alone", () => {
  const texts = [...Array.from({ length: 100 }, (_, i) => String(i)), "x".repeat(150_000), "y".repeat(150_000), "z".repeat(300_000), "end"];
  const batches = requestsOf(texts);
  expect(batches.flat()).toEqual(texts);
  expect(batches.map((batch) => batch.length)).toEqual([96, 5, 1, 1, 1]);
  expect(requestsOf([])).toEqual([]);
});
