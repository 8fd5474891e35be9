import { describe, expect, test } from "vitest";
import { continuedTraceId } from "./trace.ts";

const id = "4bf92f3577b34da6a3ce929d0e0e4736";
const parent = "00f067aa0ba902b7";

test.each([`00-${id}-${parent}-01`, `00-${id}-${parent}-00`, `01-${id}-${parent}-01`, `cc-${id}-${parent}-01-more`])(
  "continues %s",
  (header) => {
    expect(continuedTraceId(header)).toBe(id);
  },
);

describe("starts a trace of its own for", () => {
  test.each([
    null,
    "",
    id,
    `ff-${id}-${parent}-01`,
    `00-${"0".repeat(32)}-${parent}-01`,
    `00-${id}-${"0".repeat(16)}-01`,
    `00-${id.toUpperCase()}-${parent}-01`,
    `00-${id}-${parent}-01-more`,
    `00-${id}-${parent}-0`,
    ` 00-${id}-${parent}-01`,
    `00-${id}-${parent}-01\nx`,
  ])("%j", (header) => {
    const traceId = continuedTraceId(header);
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(traceId).not.toBe(id);
    expect(traceId).not.toBe(continuedTraceId(header));
  });
});
