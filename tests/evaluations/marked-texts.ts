/** The labelled texts for redaction: each with its values marked as `<kind>value</kind>`. */
import { join } from "node:path";
import { z } from "zod";
import { redactionKinds, type RedactionKind } from "#platform/security/redaction/kinds.ts";
import type { TextSet } from "./text-sets.ts";
import { lineError, readJsonLines } from "./lines.ts";

const MarkedLine = z.strictObject({
  id: z.string().min(1),
  language: z.enum(["en", "fr"]),
  subject: z.string().min(1),
  text: z.string().min(1),
});

export interface Marked {
  kind: RedactionKind;
  start: number;
  end: number;
}

export interface MarkedText {
  id: string;
  language: "en" | "fr";
  subject: string;
  /** Without the marks. */
  text: string;
  values: Marked[];
}

export const redactionFolder = join(import.meta.dirname, "redaction");

/** Texts of a set, in their order. Throws with file and line where one can't be used. */
export async function readMarkedTexts(set: TextSet, folder = redactionFolder): Promise<MarkedText[]> {
  const path = join(folder, `${set}.jsonl`);
  const texts: MarkedText[] = [];
  const seen = new Set<string>();
  for await (const { number, value } of readJsonLines(path, MarkedLine)) {
    if (seen.has(value.id)) throw lineError(path, number, `the text ${value.id} is there already. Give each its own "id".`);
    seen.add(value.id);
    const marked = { ...value, ...unmarked(value.text) };
    if (value.subject.startsWith("clean-") !== (marked.values.length === 0)) {
      throw lineError(path, number, "a text without values has a subject that begins with clean-, any other hasn't. Correct the subject or the marks.");
    }
    texts.push(marked);
  }
  if (texts.length === 0) throw new Error(`${path} holds no text. Put one JSON object on each line.`);
  return texts;
}

/** The text without its marks, and the places that they stood at. */
export function unmarked(marked: string): { text: string; values: Marked[] } {
  const values: Marked[] = [];
  let text = "";
  let place = 0;
  for (const { 0: whole, 1: kind, 2: value = "", index } of marked.matchAll(new RegExp(`<(${redactionKinds.join("|")})>(.*?)</\\1>`, "gs"))) {
    text += marked.slice(place, index);
    const known = redactionKinds.find((candidate) => candidate === kind);
    if (known) values.push({ kind: known, start: text.length, end: text.length + value.length });
    text += value;
    place = index + whole.length;
  }
  return { text: text + marked.slice(place), values };
}
