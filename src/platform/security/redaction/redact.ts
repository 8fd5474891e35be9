import { findClaims } from "./claims.ts";
import type { Claim, RedactionKind } from "./kinds.ts";
import { KnownValues } from "./known-values.ts";
import type { RedactionSession } from "./session.ts";

/** What can be written as JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

const maxDepth = 64;
/** Names of fields that say nothing of what stands in them, though they hold a word of context. */
const namelessField = /^(?:text|content|message|body|input|output|prompt|question|answer|calls?|value)$/i;

/**
 * Replaces what detectors find by the session's placeholders: the same value by the same one, in all strings and keys of a
 * structured value together, and wherever else it stands in them. The name of a field is context for what is in it; a number
 * that is replaced becomes a string. Throws RangeError for a value nested deeper than 64.
 */
export function redact(value: string, session: RedactionSession): string;
export function redact(value: JsonValue, session: RedactionSession): JsonValue;
export function redact(value: JsonValue, session: RedactionSession): JsonValue {
  const claims = new Map<string, Claim[]>();
  const kinds = new Map<string, RedactionKind>(session.values);
  mapTexts(value, (text, field, isText) => {
    const key = keyOf(text, field);
    if (claims.has(key)) return text;
    const found = isText ? claimsIn(text, field) : claimsInOften(text, field, key);
    claims.set(key, found);
    for (const { start, end, kind } of found) if (!kinds.has(text.slice(start, end))) kinds.set(text.slice(start, end), kind);
    return text;
  });
  const known = new KnownValues(kinds);
  return mapTexts(value, (text, field) => replaced(text, claims.get(keyOf(text, field)) ?? [], known, session));
}

/** Puts the values of the session's placeholders back, in all strings and keys of a structured value. */
export function restore(value: string, session: RedactionSession): string;
export function restore(value: JsonValue, session: RedactionSession): JsonValue;
export function restore(value: JsonValue, session: RedactionSession): JsonValue {
  return mapTexts(value, (text) => session.restore(text));
}

/** Names of fields, and numbers under them, that hold nothing: they come back at every call. Never a text, which is somebody's. */
const nothingIn = new Set<string>();
const most = { remembered: 2_000, length: 80 };

function claimsInOften(text: string, field: string, key: string): Claim[] {
  if (nothingIn.has(key)) return [];
  const found = claimsIn(text, field);
  if (found.length > 0 || key.length > most.length) return found;
  if (nothingIn.size >= most.remembered) nothingIn.clear();
  nothingIn.add(key);
  return found;
}

/** Tells field and text apart, whatever stands in them. */
const keyOf = (text: string, field: string) => `${field.length} ${field}${text}`;

function claimsIn(text: string, field: string): Claim[] {
  const context = field === "" || namelessField.test(field) ? "" : `${wordsOf(field)}: `;
  return findClaims(context + text)
    .filter(({ end }) => end > context.length)
    .map((claim) => ({ ...claim, start: Math.max(0, claim.start - context.length), end: claim.end - context.length }));
}

/** `socialInsuranceNumber` and `social_insurance_number` as words. */
function wordsOf(field: string): string {
  return field.slice(0, 80).replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_-]/g, " ");
}

/** The text with its claims, further places of known values and what reads as a placeholder already replaced. */
function replaced(text: string, claims: Claim[], known: KnownValues, session: RedactionSession): string {
  return cut(text, claims, ({ kind, start, end }) => session.issue(kind, text.slice(start, end)), (between) =>
    cut(between, known.in(between), ({ kind, start, end }) => session.issue(kind, between.slice(start, end)), (rest) =>
      cut(rest, session.lookalikes(rest), ({ start, end }) => session.issue("literal", rest.slice(start, end)), (plain) => plain)));
}

/** The text with its stretches, which are in order, made into something else, and what is between them too. */
function cut<T extends { start: number; end: number }>(text: string, stretches: Iterable<T>, make: (stretch: T) => string, between: (text: string) => string): string {
  const parts: string[] = [];
  let place = 0;
  for (const stretch of stretches) {
    parts.push(between(text.slice(place, stretch.start)), make(stretch));
    place = stretch.end;
  }
  parts.push(between(text.slice(place)));
  return parts.join("");
}

/** Makes each string, key and number anew; `field` is the name that a string or number stands under, `isText` tells a string. */
function mapTexts(value: JsonValue, make: (text: string, field: string, isText: boolean) => string, field = "", depth = 0): JsonValue {
  if (depth > maxDepth) throw new RangeError(`A value nested deeper than ${maxDepth} can't be redacted.`);
  if (typeof value === "string") return make(value, field, true);
  if (typeof value === "number") {
    const made = make(String(value), field, false);
    return made === String(value) ? value : made;
  }
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((item) => mapTexts(item, make, field, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [make(key, "", false), mapTexts(item, make, key, depth + 1)]));
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}
