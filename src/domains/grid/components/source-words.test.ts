import { expect, test } from "vitest";
import { sourceWords } from "./source-words.ts";

const now = new Date("2026-11-20T21:38:00Z");

test.each([
  ["on-time", "2026-11-20T21:35:00Z", 5, "On time"],
  ["late", "2026-11-20T21:28:00Z", 2, "6 min late"],
  ["late", "2026-11-18T21:38:00Z", 60, "2 days late"],
  ["late", null, 5, "No data yet"],
  ["not-answering", "2026-11-20T18:05:00Z", 5, "Not answering"],
  ["ended", "2025-05-01T05:00:00Z", 60, "Ended"],
] as const)("%s since %s, every %d min, reads %s", (state, dataUntil, cadenceMinutes, words) => {
  expect(sourceWords({ state, dataUntil, cadenceMinutes }, now)).toBe(words);
});
