import { expect, test } from "vitest";
import { currentState } from "#ui/shell/current-route.ts";

test.each([
  ["/", "/", "page"],
  ["/help", "/", undefined],
  ["/help", "/help", "page"],
  ["/help/hour-ending", "/help", "true"],
  ["/helpful", "/help", undefined],
])("on %s, the link to %s is %s", (pathname, href, state) => {
  expect(currentState(pathname, href)).toBe(state);
});
