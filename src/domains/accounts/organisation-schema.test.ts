import { expect, test } from "vitest";
import { encodeCursor } from "#lib/cursor.ts";
import { ActivityQuery, MemberQuery, PageQuery } from "./organisation-schema.ts";

const id = "01a1fc5a-509c-7556-b9c4-e91a7eca033f";

// Pages leave out what the schema refuses; what it let pass would break them.
test("a place in a list is one of that list, or a mistake of whoever wrote the address", () => {
  expect(PageQuery.parse({ cursor: encodeCursor(id) }).cursor).toEqual([id]);
  expect(MemberQuery.parse({ cursor: encodeCursor("2026-11-21 15:00:00.123456+00", id) }).cursor).toEqual(["2026-11-21 15:00:00.123456+00", id]);
  for (const cursor of ["abc", "", encodeCursor("x"), encodeCursor(id, id), encodeCursor(), `${encodeCursor(id)}x\0`]) {
    for (const schema of [PageQuery, MemberQuery, ActivityQuery]) expect([cursor, schema.safeParse({ cursor }).success]).toEqual([cursor, false]);
  }
});

test("an actor is an id or the name of a part of the system", () => {
  for (const actor of [id, "accounts.delete_login", "admin:create"]) expect(ActivityQuery.safeParse({ actor }).success).toBe(true);
  for (const actor of ["a\0", "\ud800", "a b", ""]) expect(ActivityQuery.safeParse({ actor }).success).toBe(false);
});
