import { expect, test } from "vitest";
import { AuditQuery } from "#domains/accounts/index.ts";
import { HelpListQuery } from "#domains/help/index.ts";
import { encodeCursor } from "#lib/cursor.ts";
import { readListFilters } from "./read-filters.ts";

test("filters come from the address; what isn't one is left out", () => {
  expect(readListFilters(HelpListQuery, { q: "ice ", status: "published", topic: "Gossip", colour: "red", language: "", limit: ["1", "2"] }).query).toEqual({ q: "ice", status: "published", limit: 50 });
  expect(readListFilters(HelpListQuery, { q: "a\0b", status: "gone" }).query).toEqual({ limit: 50 });
});

const id = "01a1fc5a-509c-7556-b9c4-e91a7eca033f";

test("the place in the list is read, and not among what links keep", () => {
  const cursor = encodeCursor(id);
  expect(readListFilters(AuditQuery, { cursor, action: "admin." })).toEqual({ query: { action: "admin.", cursor: [id], limit: 50 }, given: { action: "admin." }, cursor, refused: [] });
});

test("what makes no sense is named; what isn't ours isn't", () => {
  expect(readListFilters(AuditQuery, { from: "yesterday", cursor: "nonsense", utm: "x", target: "y", actor: ["a", "b"] })).toEqual({
    query: { target: "y", limit: 50 }, given: { target: "y" }, cursor: undefined, refused: ["from", "cursor"],
  });
});
