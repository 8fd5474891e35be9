import { expect, test } from "vitest";
import { encodeCursor } from "#lib/cursor.ts";
import { FeedbackQuery, HelpListQuery, HelpRevisionsQuery } from "./edit-schema.ts";

const id = "01a1fc5a-509c-7556-b9c4-e91a7eca033f";

// Pages leave out what the schema refuses; what it let pass would break them.
test("a place in a list is one of that list, or a mistake of whoever wrote the address", () => {
  expect(HelpListQuery.parse({ cursor: encodeCursor("Énergie", "energie-fr") }).cursor).toEqual(["Énergie", "energie-fr"]);
  expect(HelpRevisionsQuery.parse({ cursor: encodeCursor("12") }).cursor).toEqual(["12"]);
  expect(FeedbackQuery.parse({ cursor: encodeCursor(id) }).cursor).toEqual([id]);
  for (const cursor of ["abc", encodeCursor(), encodeCursor("x\0"), encodeCursor("x", "y\0"), encodeCursor("99999999999")]) {
    for (const schema of [HelpListQuery, HelpRevisionsQuery, FeedbackQuery]) expect([cursor, schema.safeParse({ cursor }).success]).toEqual([cursor, false]);
  }
});
