/** The part of a range that is looked at, in milliseconds. */
export interface View {
  from: number;
  to: number;
}

/** The least that can be looked at: two intervals of five minutes. */
const leastMs = 10 * 60_000;

/** Moves a view by a share of its width, within the whole. */
export function pan(view: View, whole: View, share: number): View {
  const width = view.to - view.from;
  const from = Math.min(Math.max(view.from + share * width, whole.from), whole.to - width);
  return { from, to: from + width };
}

/** Makes a view narrower (factor below 1) or wider about a place in it, 0 left to 1 right, within the whole. */
export function zoom(view: View, whole: View, factor: number, place: number): View {
  const width = view.to - view.from;
  const wanted = Math.min(Math.max(width * factor, Math.min(leastMs, whole.to - whole.from)), whole.to - whole.from);
  const from = Math.min(Math.max(view.from + (width - wanted) * place, whole.from), whole.to - wanted);
  return { from, to: from + wanted };
}

/** The view moved as little as needed to show an instant. */
export function showing(view: View, whole: View, at: number): View {
  const width = view.to - view.from;
  if (at < view.from) return pan(view, whole, (at - view.from) / width - 0.1);
  if (at > view.to) return pan(view, whole, (at - view.to) / width + 0.1);
  return view;
}

export function isWhole(view: View, whole: View): boolean {
  return view.from <= whole.from && view.to >= whole.to;
}
