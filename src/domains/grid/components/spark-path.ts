export interface Spark {
  /** Path in a box of 1000 by 1000; a gap in the values is a gap in it. */
  path: string;
  /** Where the newest value stands, as shares of the box from its left and its top; null without a value. */
  end: { x: number; y: number } | null;
}

/**
 * Values over a span of time as a small line that uses its whole height. `start` holds instants, ISO 8601; a step of more
 * than three times the usual one counts as a gap, like a value that is null.
 */
export function sparkOf(start: readonly string[], value: readonly (number | null)[], from: number, to: number): Spark {
  const points = start.map((time, index) => ({ at: Date.parse(time), value: value[index] ?? null })).filter(({ at }) => at >= from && at <= to);
  const known = points.flatMap(({ value: each }) => (each === null ? [] : [each]));
  if (known.length === 0) return { path: "", end: null };
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const steps = points.slice(1).map(({ at }, index) => at - (points[index]?.at ?? at)).sort((a, b) => a - b);
  const longest = 3 * (steps[Math.floor(steps.length / 2)] ?? Infinity);
  let path = "";
  let end: Spark["end"] = null;
  let before: number | null = null;
  for (const { at, value: each } of points) {
    if (each === null) {
      before = null;
      continue;
    }
    const x = to === from ? 1 : (at - from) / (to - from);
    const y = span === 0 ? 0.5 : 1 - (each - low) / span;
    path += `${before === null || at - before > longest ? "M" : "L"}${(x * 1_000).toFixed(1)} ${(y * 1_000).toFixed(1)}`;
    end = { x, y };
    before = at;
  }
  return { path, end };
}
