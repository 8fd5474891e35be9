import { expect, test } from "vitest";
import { listChanges } from "./list-changes.ts";

test.each([
  [null, null, []],
  [{ role: "admin" }, { role: "viewer" }, [{ name: "role", before: "admin", after: "viewer" }]],
  [null, { name: "A", disabled: false }, [{ name: "name", before: null, after: "A" }, { name: "disabled", before: null, after: "false" }]],
  [{ gone: 1, kept: "" }, { kept: "x" }, [{ name: "gone", before: "1", after: null }, { name: "kept", before: "", after: "x" }]],
  [{ a: { b: 1, c: [1, 2] } }, { a: { b: 2 } }, [{ name: "a.b", before: "1", after: "2" }, { name: "a.c", before: "[1,2]", after: null }]],
  [{ a: {} }, { a: null }, [{ name: "a", before: "{}", after: "null" }]],
])("%j → %j", (before, after, changes) => {
  expect(listChanges(before, after)).toEqual(changes);
});
