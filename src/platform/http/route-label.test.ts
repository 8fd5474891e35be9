import fc from "fast-check";
import { expect, test } from "vitest";
import { routeLabel } from "./route-label.ts";

test.each([
  ["/api/help", {}, "/api/help"],
  ["/api/help/ramp", { id: "ramp" }, "/api/help/{id}"],
  ["/api/help/help", { id: "help" }, "/api/help/{id}"],
  ["/api/help/help/feedback", { id: "help" }, "/api/help/{id}/feedback"],
  ["/api/usage/prompts/a/similar", { id: "a" }, "/api/usage/prompts/{id}/similar"],
  ["/api/a/x/b/x", { one: "x", two: "x" }, "/api/a/{one}/b/{two}"],
  ["/api/help/caf%C3%A9", { id: "café" }, "/api/help/{id}"],
  ["/api/help/a%2Fb", { id: "a/b" }, "/api/help/{id}"],
  ["/api/help/%E0%A4%A", { id: "%E0%A4%A" }, "/api/help/{id}"],
  ["/api/auth/v1/token", { path: ["v1", "token"] }, "/api/auth/{path}"],
  ["/api/auth", { path: undefined }, "/api/auth"],
])("%s with %j is %s", (pathname, params, label) => {
  expect(routeLabel(pathname, params)).toBe(label);
});

test("a value that is nowhere in the path shows nothing of it, nor of a path that can't be decoded", () => {
  expect(routeLabel("/api/help/secret", { id: "other" })).toBe("unmatched");
  expect(routeLabel("/api/help/%E0%A4%A", { id: "other" })).toBe("unmatched");
});

test("never holds what the client chose, whatever it chose", () => {
  const value = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => text !== "." && text !== "..");
  fc.assert(
    fc.property(value, (id) => {
      const pathname = new URL(`http://t/api/help/${encodeURIComponent(id)}/feedback`).pathname;
      expect(["/api/help/{id}/feedback", "/{id}/help", "/api/{id}"]).toContain(routeLabel(pathname, { id }));
    }),
  );
});
