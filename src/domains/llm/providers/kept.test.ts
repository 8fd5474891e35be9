import { expect, test } from "vitest";
import { keep } from "./kept.ts";

test("keeps the last 32 and makes each once", () => {
  const kept = keep<number, { key: number }>();
  const get = (key: number) => kept(key, () => ({ key }));
  const first = get(0);
  expect(get(0)).toBe(first);
  for (let key = 1; key < 32; key += 1) get(key);
  expect(get(0)).toBe(first);
  get(32);
  expect(get(0)).not.toBe(first);
});
