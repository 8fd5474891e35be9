import { expect, test } from "vitest";
import { completionTokens, promptTokens, Usage } from "./usage.ts";

test("prompt and completion are the sums of their leaf buckets", () => {
  const usage = { input: 10, cache_read: 200, cache_write_5m: 3, cache_write_1h: 4, audio_input: 5, output: 60, reasoning: 700, web_search: 2 };
  expect([promptTokens(usage), completionTokens(usage)]).toEqual([222, 760]);
  expect([promptTokens({}), completionTokens({})]).toEqual([0, 0]);
});

test("usage is whole and not negative, in known buckets alone", () => {
  expect(Usage.safeParse({ input: 1, output: 0 }).success).toBe(true);
  for (const wrong of [{ input: -1 }, { input: 1.5 }, { input: null }, { tokens: 1 }]) expect(Usage.safeParse(wrong).success).toBe(false);
});
