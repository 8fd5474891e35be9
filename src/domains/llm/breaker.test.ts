import { expect, test } from "vitest";
import { createBreaker } from "./breaker.ts";

test("pauses after failures in a row, lets one through, and pauses again unless that one succeeds", () => {
  let time = 0;
  const breaker = createBreaker({ failures: 3, pauseMs: 100, now: () => time });
  breaker.failed();
  breaker.failed();
  breaker.succeeded();
  breaker.failed();
  breaker.failed();
  expect(breaker.allows()).toBe(true);
  breaker.failed();
  expect(breaker.allows()).toBe(false);
  time = 99;
  expect(breaker.allows()).toBe(false);
  time = 100;
  expect([breaker.allows(), breaker.allows()]).toEqual([true, false]);
  breaker.failed();
  time = 199;
  expect(breaker.allows()).toBe(false);
  time = 200;
  expect(breaker.allows()).toBe(true);
  breaker.succeeded();
  expect([breaker.allows(), breaker.allows()]).toEqual([true, true]);
});
