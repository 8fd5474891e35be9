import { expect, test } from "vitest";
import { HelpListQuery } from "#domains/help/index.ts";
import { readFilters } from "./read-filters.ts";

test("filters come from the address; what isn't one is left out", () => {
  expect(readFilters(HelpListQuery, { q: "ice ", status: "published", topic: "Gossip", colour: "red", language: "", limit: ["1", "2"] })).toEqual({ q: "ice", status: "published", limit: 50 });
  expect(readFilters(HelpListQuery, { q: "a\0b", status: "gone" })).toEqual({ limit: 50 });
});
