import type { Window } from "#domains/insights/facts/fact.ts";
import type { Point } from "#domains/insights/facts/points.ts";

/** Points in a row from an instant on, each so many minutes long; null stands for an interval without a value. */
export function pointsFrom(start: string, minutes: number, values: readonly (number | null)[], over: Partial<Point> = {}): Point[] {
  const first = Date.parse(start);
  return values.map((value, i) => ({ start: first + i * minutes * 60_000, end: first + (i + 1) * minutes * 60_000, value, forecast: false, source: "ieso.demand", sample: false, ...over }));
}

/** A window of Ontario's demand over what its points cover. */
export function windowOf(points: Point[], over: Partial<Window> = {}): Window {
  const [from, to] = [points[0]?.start ?? 0, points.at(-1)?.end ?? 0];
  return {
    name: "Ontario demand", unit: "MW", points, from, to, expectedTo: to,
    zone: { name: "Etc/GMT+5", offsets: [{ from: "2026-01-01T00:00:00Z", minutes: -300 }] }, check: [{ label: "Values", href: "/api/grid/series?region=CA-ON" }], ...over,
  };
}
