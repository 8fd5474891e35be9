import { expect, test } from "vitest";
import { createSlugger } from "./slug.ts";

test("joins words by hyphens and drops accents", () => {
  expect(createSlugger()("Hydro-Québec: données")).toBe("hydro-quebec-donnees");
});

test("numbers a heading that stands twice on one page", () => {
  const slug = createSlugger();
  expect([slug("Limits"), slug("Limits"), slug("limits!")]).toEqual(["limits", "limits-2", "limits-3"]);
});

test("never answers an empty id", () => {
  expect(createSlugger()("—")).toBe("section");
});
