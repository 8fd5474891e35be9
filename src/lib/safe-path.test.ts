import fc from "fast-check";
import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test.each(["/", "/ask?q=What%20is%20ramp%3F", "/help/hour-ending#outline", "/account", "/a//b", "/a%2F%2Fb"])("%s is kept", (path) => {
  expect(safePath(path)).toBe(path);
});

test.each([
  null, undefined, "", "ask", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example",
  "javascript:alert(1)", "data:text/html,x", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "/%2F%2Fevil.example",
  "/%2fevil.example", "/%5Cevil.example", "/a\u0000b", "/x/..//evil.example", "/.//evil.example", "/%2e//evil.example", `/${"a".repeat(2_001)}`, "?q=1", "#x",
])("%j leads home", (asked) => {
  expect(safePath(asked)).toBe("/");
  expect(safePath(asked, "/account")).toBe("/account");
});

test("whatever is asked for, a browser stays on this site", () => {
  const parts = fc.array(fc.constantFrom("/", "\\", "..", ".", "%2f", "%5c", "%2e", ":", "@", "?", "#", "\t", "\n", " ", "evil.example", "https:", "a"), { maxLength: 8 });
  fc.assert(
    fc.property(parts, (pieces) => {
      const path = safePath(pieces.join(""));
      expect(new URL(path, "https://tieline.test").origin).toBe("https://tieline.test");
      expect(path).toMatch(/^\/(?![/\\])/);
    }),
    { numRuns: 2_000 },
  );
});
