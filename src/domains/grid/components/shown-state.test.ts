import { expect, test } from "vitest";
import { makeGridSource } from "../../../../tests/support/grid-status.ts";
import { asShown } from "./shown-state.ts";

test.each([["off", 3, "not-answering"], ["off", 0, "off"], ["late", 1, "late"], ["ended", 2, "ended"]] as const)("%s after %d failures is shown as %s", (state, failures, shown) => {
  expect(asShown(makeGridSource("ieso.demand", { state, failures })).state).toBe(shown);
});
