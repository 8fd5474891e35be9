import { visibleText } from "#lib/visible-text.ts";

/** A text as detectors read it, and where each of its characters stands in the original. */
export interface ReadableText {
  /** Compatibility forms, foreign digits and dashes as ASCII; without what no reader sees. */
  text: string;
  /** `text` in lower case without accents, underscores as spaces, as long as it is: words of context are looked for here. */
  folded: string;
  /** The stretch of the original that `text.slice(start, end)` was made from. */
  originalRange(start: number, end: number): { start: number; end: number };
}

interface Piece {
  text: string;
  folded: string;
}

/** Marks on one letter that are read with it. Ordering a long run of them takes more than linear time. */
const maxMarks = 4;
/** Some characters stand for a whole phrase. None that hides a digit or a letter of an address does. */
const maxExpansion = 4;

/** Reads a text for detectors: linear in its length, and the result never more than four times as long. */
export function readableText(original: string): ReadableText {
  if (/^[\t\n\r\x20-\x7e]*$/.test(original)) {
    return { text: original, folded: original.toLowerCase().replaceAll("_", " "), originalRange: (start, end) => ({ start, end }) };
  }
  const pieces = new Map<string, Piece>();
  const plain = new Map<number, Piece>();
  const isMark = rememberedTest(/^\p{M}/u);
  const texts: string[] = [];
  const folds: string[] = [];
  const [starts, ends] = [new Int32Array(original.length * maxExpansion), new Int32Array(original.length * maxExpansion)];
  let written = 0;
  for (let place = 0; place < original.length; ) {
    const code = original.codePointAt(place) ?? 0;
    const baseEnd = place + (code > 0xffff ? 2 : 1);
    const end = marksEnd(original, baseEnd, isMark);
    const piece = end === baseEnd ? remembered(plain, code, () => readPiece(String.fromCodePoint(code))) : remembered(pieces, original.slice(place, end), readPiece);
    texts.push(piece.text);
    folds.push(piece.folded);
    for (let unit = 0; unit < piece.text.length; unit += 1, written += 1) {
      starts[written] = place;
      ends[written] = end;
    }
    place = end;
  }
  return {
    text: texts.join(""),
    folded: folds.join(""),
    originalRange: (start, end) => ({ start: starts[start] ?? original.length, end: ends[end - 1] ?? original.length }),
  };
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: (key: Key) => Value): Value {
  const value = known.get(key) ?? make(key);
  known.set(key, value);
  return value;
}

/** Whether characters match, each looked at once. */
function rememberedTest(pattern: RegExp): (code: number) => boolean {
  const known = new Map<number, boolean>();
  return (code) => remembered(known, code, () => pattern.test(String.fromCodePoint(code)));
}

/** Where the combining marks end that begin at `place`. */
function marksEnd(text: string, place: number, isMark: (code: number) => boolean): number {
  let end = place;
  for (let marks = 0; marks < maxMarks && text.charCodeAt(end) > 0x2ff; marks += 1) {
    const code = text.codePointAt(end) ?? 0;
    if (!isMark(code)) break;
    end += code > 0xffff ? 2 : 1;
  }
  return end;
}

function readPiece(segment: string): Piece {
  if (/^[\n\u0085\u2028\u2029]$/.test(segment)) return { text: "\n", folded: "\n" };
  if (segment === "\r") return { text: "\r", folded: "\r" };
  // A digit in a frame or a circle is a digit.
  const seen = visibleText(segment).replace(/\p{Me}/gu, "");
  const composed = seen.normalize("NFKC");
  const text = [...(composed.length > maxExpansion * segment.length ? seen : composed)].map(asAscii).join("");
  return { text, folded: [...text].map(fold).join("") };
}

/** The ASCII character that a digit, dash or apostrophe of another script or type stands for; any other as it is. */
function asAscii(character: string): string {
  if (/^[\u2010-\u2015\u2212\uFE63\uFF0D]$/.test(character)) return "-";
  if (/^[\u2018\u2019\u02BC]$/.test(character)) return "'";
  if (character > "\x7f" && /^\p{Nd}$/u.test(character)) return String(digitValue(character));
  return character;
}

/** Unicode sets decimal digits in runs of ten, from zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (before < 90 && /^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}

/** In lower case without accents where that is of the same length; what joins words as a space. */
function fold(character: string): string {
  if (character === "_") return " ";
  const [base = character] = character.normalize("NFD");
  const lower = base.toLowerCase();
  return lower.length === character.length ? lower : character;
}
