import { valueScale } from "#ui/charts/ticks.ts";

export interface Dot {
  /** Beginning of its hour, in milliseconds. */
  at: number;
  x: number;
  y: number;
}

/** The scales of two measures against each other, and where a dot is between their ends: 0 to 1 from the left and from the top. */
export function scatterScale(dots: readonly Dot[]) {
  const [xs, ys] = [dots.map(({ x }) => x), dots.map(({ y }) => y)];
  const x = valueScale(Math.min(...xs), Math.max(...xs), { zero: false });
  const y = valueScale(Math.min(...ys), Math.max(...ys), { zero: false });
  return { x, y, across: (value: number) => (value - x.min) / (x.max - x.min), down: (value: number) => 1 - (value - y.min) / (y.max - y.min) };
}

/** The dot nearest to a place in pixels; -1 without any. */
export function nearestDot(dots: readonly Dot[], { across, down }: ReturnType<typeof scatterScale>, place: { x: number; y: number }, size: { width: number; height: number }): number {
  let [nearest, least] = [-1, Infinity];
  dots.forEach((dot, index) => {
    const far = Math.hypot(across(dot.x) * size.width - place.x, down(dot.y) * size.height - place.y);
    if (far < least) [nearest, least] = [index, far];
  });
  return nearest;
}

/** Where a key leads from a dot, from the lowest x to the highest; null for keys that don't move. Without one yet, it begins at the first. */
export function dotAfterKey(dots: readonly Dot[], from: number | null, key: string): number | null {
  const order = dots.map((_, index) => index).sort((a, b) => (dots[a]?.x ?? 0) - (dots[b]?.x ?? 0) || a - b);
  const moves: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: -10, PageDown: 10 };
  if (order.length === 0) return null;
  if (key === "Home") return order[0] ?? null;
  if (key === "End") return order.at(-1) ?? null;
  const move = moves[key];
  if (move === undefined) return null;
  const place = from === null ? (move > 0 ? -1 : order.length) : order.indexOf(from);
  return order[Math.min(order.length - 1, Math.max(0, place + move))] ?? null;
}
