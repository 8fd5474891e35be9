import fc from "fast-check";
import { expect } from "vitest";
import type { Observation } from "#domains/grid/schema.ts";
import { SourceFormatError, type Reading, type Source } from "#domains/grid/sources/source.ts";

/** What a source reads from a text. */
export function readingOf(source: Source, text: string | Uint8Array): Reading {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return source.read({ bytes, origin: "fixture", fetchedAt: new Date("2026-11-21T12:00:00Z") });
}

/** One observation as a short line: what, when, how much. */
export function lineOf({ region, metric, fuel, item, start, end, value, unit, quality }: Observation): string {
  const subject = [region, metric, fuel, item].filter((part) => part !== undefined).join(" ");
  return `${subject}: ${start.toISOString()}/${end.toISOString()} ${value} ${unit} ${quality}`;
}

/** What identifies an observation beside its value. */
const keyOf = ({ region, metric, fuel, item, start }: Observation) => [region, metric, fuel, item, start.toISOString()].join("|");

/**
 * Damages a good document in many ways (cut off, lines or bytes taken out, doubled or swapped, another encoding, a web page
 * instead): each is refused, or gives for every interval the value that the whole document gives, and none that it doesn't.
 * Never another number.
 */
export function expectNoWrongNumbers(source: Source, text: string): void {
  const right = new Map(readingOf(source, text).observations.map((observation) => [keyOf(observation), observation]));
  expect(right.size).toBeGreaterThan(0);
  const check = (damaged: string | Uint8Array) => {
    let reading: Reading;
    try {
      reading = readingOf(source, damaged);
    } catch (error) {
      expect(error).toBeInstanceOf(SourceFormatError);
      return;
    }
    for (const observation of reading.observations) {
      const whole = right.get(keyOf(observation));
      expect([lineOf(observation), whole === undefined ? "an interval the document doesn't name" : null]).toEqual([lineOf(observation), null]);
      if (observation.value !== null) expect(lineOf(observation)).toBe(lineOf(whole ?? observation));
    }
  };
  for (const page of ["<!DOCTYPE html><html><body>404</body></html>", "", " \n", "{}", "[]", "null", "<Document/>", "a,b\n1,2\n"]) check(page);
  check(Buffer.from(`\ufeff${text}`, "utf16le"));
  check(new Uint8Array([...new TextEncoder().encode(text), 0xff, 0xfe]));
  const lines = text.split("\n");
  const line = fc.nat(lines.length - 1);
  // What a broken transfer does. A changed digit is a valid number: no reader can tell.
  fc.assert(fc.property(fc.nat(text.length), (at) => check(text.slice(0, at))), { numRuns: 150 });
  fc.assert(fc.property(line, (at) => check(lines.toSpliced(at, 1).join("\n"))), { numRuns: 100 });
  fc.assert(fc.property(line, fc.nat(20), (at, count) => check(lines.toSpliced(at, count).join("\n"))), { numRuns: 60 });
  fc.assert(fc.property(line, line, (a, b) => check(lines.with(a, lines[b] ?? "").with(b, lines[a] ?? "").join("\n"))), { numRuns: 60 });
  fc.assert(fc.property(line, (at) => check(lines.toSpliced(at, 0, lines[at] ?? "").join("\n"))), { numRuns: 60 });
  fc.assert(fc.property(fc.nat(text.length), fc.constantFrom("x", "<", ",", '"', "\0", "&e;", "é"), (at, character) => check(text.slice(0, at) + character + text.slice(at))), { numRuns: 150 });
  check(lines.map((each) => `${each}\r`).join("\n"));
}
