import { expect, test } from "vitest";
import { consolePath } from "./console-path.ts";

test.each(["/admin", "/admin/audit", "/admin/audit?actor=a&q=b%20c", "/admin/users/01a1fc5a-509c-7556-b9c4-e91a7eca033f"])("%s is one", (path) => {
  expect(consolePath(path)).toBe(path);
});

test.each([
  undefined, "", "/", "/ask", "//evil.example", "/\\evil.example", "https://evil.example", "https:evil.example", "/adminx", "/admin//evil.example", "/admin/\\evil",
  "javascript:alert(1)", "/%2F/evil.example", "/admin/..//evil.example", "/admin/../ask", "/admin/login", "/admin/login?next=/admin/login", " /admin", "/admin\n", "/admin#x", "\t//evil",
])("%j leads to the console's beginning", (path) => {
  expect(consolePath(path)).toBe("/admin");
});
