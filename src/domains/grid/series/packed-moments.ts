import type { Rows } from "./packed-rows.ts";

/** What a line observed, as the hours of app.rollups hold it: those of one after the other, in order. */
export interface PackedMoments {
  /** Its series. */
  line: number;
  /** Of each hour: which one, how many intervals, and these; null where they are those of the line before. */
  times: Uint8Array | null;
  /** Big-endian doubles; NaN for null. */
  values: Uint8Array;
}

interface Moments {
  /** The place of the first that counts, and how many do. */
  first: number;
  start: number[];
  end: number[];
  seconds: number[];
  quality: Uint8Array;
}

/** Opens lines that were read together, of each what begins in [from, to), in milliseconds. */
export function unpackMoments(packed: readonly PackedMoments[], from: number, to: number): { line: number; rows: Rows }[] {
  let moments: Moments = { first: 0, start: [], end: [], seconds: [], quality: new Uint8Array() };
  return packed.map(({ line, times, values }) => {
    if (times !== null) moments = momentsOf(times, from / 1_000, to / 1_000);
    const { first, ...rest } = moments;
    const value = valuesOf(values, first, rest.start.length);
    return { line, rows: { ...rest, value, total: value, low: value, high: value } };
  });
}

function momentsOf(bytes: Uint8Array, from: number, to: number): Moments {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [start, end, seconds, quality]: [number[], number[], number[], number[]] = [[], [], [], []];
  let [first, place] = [0, 0];
  for (let at = 0; at < bytes.byteLength;) {
    const [hour, count] = [view.getInt32(at) * 3_600, view.getInt32(at + 4)];
    at += 8;
    for (let i = 0; i < count; i += 1, at += 4, place += 1) {
      const packed = view.getInt32(at);
      const begin = hour + (packed & 0xfff);
      if (begin < from) first = place + 1;
      if (begin < from || begin >= to) continue;
      const length = packed >>> 15;
      start.push(begin);
      end.push(begin + length);
      seconds.push(length);
      quality.push((packed >>> 12) & 7);
    }
  }
  return { first, start, end, seconds, quality: Uint8Array.from(quality) };
}

function valuesOf(bytes: Uint8Array, first: number, count: number): (number | null)[] {
  if (bytes.byteLength < (first + count) * 8) throw new Error(`${first + count} values are ${bytes.byteLength} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: (number | null)[] = [];
  for (let i = first; i < first + count; i += 1) {
    const value = view.getFloat64(i * 8);
    values.push(Number.isNaN(value) ? null : value);
  }
  return values;
}
