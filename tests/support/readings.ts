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
 * Checks what a reader makes of damaged copies of a good document: each is refused, or gives for every interval the value
 * that the whole document gives, and none that it doesn't. Never another number. What has a name that the document doesn't
 * hold must be named in a warning. Answers with the reading, or null for what was refused.
 */
function checkAgainst(source: Source, text: string): (damaged: string | Uint8Array) => Reading | null {
  const right = new Map(readingOf(source, text).observations.map((observation) => [keyOf(observation), observation]));
  expect(right.size).toBeGreaterThan(0);
  return (damaged) => {
    let reading: Reading;
    try {
      reading = readingOf(source, damaged);
    } catch (error) {
      expect(error).toBeInstanceOf(SourceFormatError);
      return null;
    }
    for (const observation of reading.observations) {
      const whole = right.get(keyOf(observation));
      const { item } = observation;
      const named = item !== undefined && reading.warnings.some((warning) => warning.includes(item));
      if (whole === undefined && named) continue;
      expect([lineOf(observation), whole === undefined ? "an interval the document doesn't name" : null]).toEqual([lineOf(observation), null]);
      if (observation.value !== null) expect(lineOf(observation)).toBe(lineOf(whole ?? observation));
    }
    return reading;
  };
}

export interface Damage {
  /**
   * Parts of the text that are names which nobody can list, such as generators': a character more makes another name, which
   * no reader can tell, as with a digit more in a number.
   */
  names?: RegExp;
}

/**
 * Damages a good document in many ways (cut off, lines or bytes taken out, doubled or swapped, another encoding, a web page
 * instead): each is refused, or gives for every interval the value that the whole document gives, and none that it doesn't.
 * Never another number.
 */
export function expectNoWrongNumbers(source: Source, text: string, { names }: Damage = {}): void {
  const read = checkAgainst(source, text);
  const check = (damaged: string | Uint8Array) => void read(damaged);
  const nameSpans = names === undefined ? [] : [...text.matchAll(new RegExp(names, "g"))].map((match) => [match.index, match.index + match[0].length] as const);
  const inName = (at: number) => nameSpans.some(([from, to]) => at >= from && at <= to);
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
  fc.assert(fc.property(fc.nat(text.length), fc.constantFrom("x", "<", ",", '"', "\0", "&e;", "é"), (at, character) => {
    fc.pre(!inName(at));
    check(text.slice(0, at) + character + text.slice(at));
  }), { numRuns: 150 });
  check(lines.map((each) => `${each}\r`).join("\n"));
}

/**
 * Damages a JSON document as expectNoWrongNumbers does, and value by value besides: each taken away, renamed, doubled, cut off
 * with all that follow it in its array, or put by another of another kind.
 */
export function expectNoWrongNumbersInJson(source: Source, text: string, damage: Damage = {}): void {
  expectNoWrongNumbers(source, text, damage);
  const read = checkAgainst(source, text);
  type Container = Record<string, unknown> | unknown[];
  type Change = (container: Container, key: string) => void;
  const containersOf = (node: unknown): Container[] =>
    typeof node !== "object" || node === null ? [] : [node as Container, ...Object.values(node).flatMap(containersOf)];
  const isName = (value: unknown) => typeof value === "string" && damage.names !== undefined && new RegExp(damage.names).test(JSON.stringify(value));
  const put = (value: unknown): Change => (container, key) => {
    const record = container as Record<string, unknown>;
    fc.pre(typeof value !== "string" || !isName(record[key]));
    record[key] = value;
  };
  const changes: Change[] = [
    (container, key) => { if (Array.isArray(container)) container.splice(Number(key), 1); else delete container[key]; },
    (container, key) => {
      if (Array.isArray(container)) { container.splice(Number(key)); return; }
      container[`${key}_2`] = container[key];
      delete container[key];
    },
    (container, key) => { if (Array.isArray(container)) container.push(container[Number(key)]); },
    ...[null, "", "x", "-", {}, [], true, "12 MW"].map(put),
  ];
  const count = containersOf(JSON.parse(text)).length;
  fc.assert(fc.property(fc.nat(count - 1), fc.nat(40), fc.constantFrom(...changes), (at, pick, change) => {
    const document: unknown = JSON.parse(text);
    const container = containersOf(document)[at] ?? {};
    const keys = Object.keys(container);
    const key = keys[pick % Math.max(keys.length, 1)];
    if (key !== undefined) change(container, key);
    read(JSON.stringify(document));
  }), { numRuns: 400 });
}

/** An element's place in a text: its name, and where it, its content and it again end. */
interface Place {
  name: string;
  from: number;
  contentFrom: number;
  contentTo: number;
  to: number;
  parent: number;
}

/**
 * Damages an XML document as expectNoWrongNumbers does, and element by element besides: each taken out, emptied, doubled,
 * renamed, swapped with the next one of its parent. What a renamed element held must come out the same, be refused, or be
 * named in a warning.
 */
export function expectNoWrongNumbersInXml(source: Source, text: string, damage: Damage = {}): void {
  expectNoWrongNumbers(source, text, damage);
  const read = checkAgainst(source, text);
  const check = (damaged: string) => void read(damaged);
  const places = placesIn(text);
  const place = fc.constantFrom(...places);
  const put = (at: { from: number; to: number }, instead: string) => text.slice(0, at.from) + instead + text.slice(at.to);
  const whole = ({ from, to }: Place) => text.slice(from, to);
  const wholeLines = readingOf(source, text).observations.map(lineOf);
  fc.assert(fc.property(place, (at) => check(put(at, ""))), { numRuns: 150 });
  fc.assert(fc.property(place, (at) => check(put({ from: at.contentFrom, to: at.contentTo }, ""))), { numRuns: 100 });
  fc.assert(fc.property(place, (at) => check(put(at, whole(at) + whole(at)))), { numRuns: 100 });
  fc.assert(fc.property(place, (at) => {
    const renamed = whole(at).replace(at.name, `${at.name}X`).replace(new RegExp(`${at.name}>$`), `${at.name}X>`);
    const reading = read(put(at, renamed));
    if (reading && reading.warnings.length === 0) expect(reading.observations.map(lineOf)).toEqual(wholeLines);
  }), { numRuns: 150 });
  fc.assert(fc.property(place, (at) => {
    const next = places.find(({ parent, from }) => parent === at.parent && from >= at.to);
    fc.pre(next !== undefined);
    if (next) check(put({ from: at.from, to: next.to }, whole(next) + text.slice(at.to, next.from) + whole(at)));
  }), { numRuns: 150 });
}

function placesIn(text: string): Place[] {
  const places: Place[] = [];
  const open: number[] = [];
  for (const { index, 0: tag, 1: slash, 2: name } of text.matchAll(/<(\/?)([A-Za-z][\w:.-]*)(?:\s[^<>]*?)?>/g)) {
    const end = index + tag.length;
    if (slash) {
      const place = places[open.pop() ?? -1];
      if (place) Object.assign(place, { contentTo: index, to: end });
    } else {
      places.push({ name: name ?? "", from: index, contentFrom: end, contentTo: end, to: end, parent: open.at(-1) ?? -1 });
      if (!tag.endsWith("/>")) open.push(places.length - 1);
    }
  }
  return places;
}
