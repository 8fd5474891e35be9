import { expect, test } from "vitest";
import { beginningWith, containing } from "./like-pattern.ts";

test("signs that mean something in a pattern mean themselves", () => {
  expect(containing("50%_a\\b")).toBe("%50\\%\\_a\\\\b%");
  expect(beginningWith("admin_session.")).toBe("admin\\_session.%");
});
