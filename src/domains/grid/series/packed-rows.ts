import { qualities, type Quality } from "#domains/grid/schema.ts";

/**
 * Columns of a line as Postgres packs them: numbers as texts that JSON reads in one go, instants in binary. Null where what
 * is read doesn't have the column.
 */
export interface PackedRows {
  /** The first of its series. */
  line: number;
  count: number;
  /** Null where they are those of the line before. */
  starts: Uint8Array | null;
  /** Null where every row is as long as usual. */
  ends: Uint8Array | null;
  values: string;
  totals: string | null;
  lows: string | null;
  highs: string | null;
  /** How many seconds of each row have values, one number where they are all alike; null where that is its whole length. */
  seconds: string | null;
  /** One where they are all alike, else one for each row. */
  qualities: string;
}

type Numbers = (number | null)[];

/** Rows of a line, in order of time. Times in seconds since 1970. */
export interface Rows {
  start: number[];
  end: number[];
  value: Numbers;
  /** Of energies and precipitation the sum. */
  total: Numbers;
  low: Numbers;
  high: Numbers;
  /** How long each has values. */
  seconds: Numbers;
  /** Places in the list of qualities. */
  quality: Uint8Array;
}

/** Opens lines that were read together. */
export function unpackRows(packed: readonly PackedRows[], usualMinutes: number): { line: number; rows: Rows }[] {
  let start: number[] = [];
  let usualEnd: number[] = [];
  return packed.map((each) => {
    const { line, count, values, totals, lows, highs, seconds } = each;
    if (each.starts !== null) {
      start = timesOf(each.starts, count);
      usualEnd = start.map((at) => at + usualMinutes * 60);
    }
    const end = each.ends === null ? usualEnd : timesOf(each.ends, count);
    const value = numbersOf(values, count);
    return {
      line,
      rows: {
        start, end, value,
        total: totals === null ? value : numbersOf(totals, count),
        low: lows === null ? value : numbersOf(lows, count),
        high: highs === null ? value : numbersOf(highs, count),
        seconds: seconds === null ? end.map((at, i) => at - (start[i] ?? 0)) : numbersOf(seconds, count),
        quality: qualitiesOf(each.qualities, count),
      },
    };
  });
}

/** Bytes before an array's first element: dimensions, flags, type, length and lower bound. */
const headerBytes = 20;
/** Seconds from 1970 to 2000, where Postgres counts from. */
const epoch = 946_684_800;

function timesOf(bytes: Uint8Array, count: number): number[] {
  if (bytes.byteLength !== headerBytes + 12 * count) throw new Error(`A column of ${count} instants has ${bytes.byteLength} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, i) => {
    const at = headerBytes + 12 * i + 4;
    return (view.getInt32(at) * 4_294_967_296 + view.getUint32(at + 4)) / 1_000_000 + epoch;
  });
}

function numbersOf(text: string, count: number): Numbers {
  const numbers = JSON.parse(`[${text}]`) as Numbers;
  if (numbers.length === 1 && count > 1) return new Array<number | null>(count).fill(numbers[0] ?? null);
  if (numbers.length !== count) throw new Error(`A column of ${count} numbers has ${numbers.length}`);
  return numbers;
}

function qualitiesOf(text: string, count: number): Uint8Array {
  const names = text.slice(1, -1).split(",");
  if (names.length === 1) return new Uint8Array(count).fill(placeOf(names[0]));
  return Uint8Array.from(names, placeOf);
}

function placeOf(name: string | undefined): number {
  const place = qualities.findIndex((quality) => quality === name);
  if (place === -1) throw new Error(`${name} is no quality`);
  return place;
}

/** The quality at a place in their list. */
export function qualityAt(place: number | undefined): Quality {
  return qualities[place ?? 0] ?? "measured";
}
