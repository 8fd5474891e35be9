import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketOf } from "./flags.ts";

test("a subject has the same number for a flag each time, another for another flag", () => {
  expect(bucketOf("sign-up", "a")).toBe(bucketOf("sign-up", "a"));
  const subjects = Array.from({ length: 50 }, (_, i) => `subject ${i}`);
  expect(subjects.some((subject) => bucketOf("sign-up", subject) !== bucketOf("generated-answers", subject))).toBe(true);
});

test("numbers are 0 to 99, and about as many subjects have each", () => {
  fc.assert(fc.property(fc.string(), (subject) => [0, 99].every((edge) => Math.sign(bucketOf("sign-up", subject) - edge) !== (edge === 0 ? -1 : 1))));
  const counts = new Map<number, number>();
  for (let i = 0; i < 20_000; i += 1) counts.set(bucketOf("sign-up", `subject ${i}`), (counts.get(bucketOf("sign-up", `subject ${i}`)) ?? 0) + 1);
  expect(counts.size).toBe(100);
  expect(Math.max(...counts.values())).toBeLessThan(300);
  expect(Math.min(...counts.values())).toBeGreaterThan(120);
});
