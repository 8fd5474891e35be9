import { expect, test } from "vitest";
import { memoryKey } from "./memory-key.ts";

test("a key is the same for the same parts alone, and holds none of them", () => {
  const key = memoryKey([null, "my SIN is 046 454 286"]);
  expect(memoryKey([null, "my SIN is 046 454 286"])).toBe(key);
  expect(new Set([key, memoryKey(["a", "my SIN is 046 454 286"]), memoryKey([null, "my SIN", " is 046 454 286"])]).size).toBe(3);
  expect(key).toMatch(/^[\w-]{43}$/);
});
