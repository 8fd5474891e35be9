/** A stretch of text, marked or not. Joined again, stretches give the text they were cut from. */
export interface Stretch {
  text: string;
  marked: boolean;
}

/** Marks spans of `text`, given in order. */
export function markSpans(text: string, spans: { start: number; end: number }[]): Stretch[] {
  return cut(text, spans.map(({ start, end }) => [start, end] as const));
}

/** Marks the first place of each quote in `text`; a quote that isn't there is passed over. */
export function markQuotes(text: string, quotes: string[]): Stretch[] {
  const ranges = quotes
    .map((quote) => [text.indexOf(quote), quote.length] as const)
    .filter(([start, length]) => start >= 0 && length > 0)
    .map(([start, length]) => [start, start + length] as const);
  return cut(text, ranges.sort(([a], [b]) => a - b));
}

/** Cuts `text` at ranges that are in order; those that overlap are joined. */
function cut(text: string, ranges: (readonly [start: number, end: number])[]): Stretch[] {
  const stretches: Stretch[] = [];
  let position = 0;
  for (const [from, end] of ranges) {
    const start = Math.max(from, position);
    if (end <= start) continue;
    if (start > position) stretches.push({ text: text.slice(position, start), marked: false });
    const last = stretches.at(-1);
    if (last?.marked) last.text += text.slice(start, end);
    else stretches.push({ text: text.slice(start, end), marked: true });
    position = end;
  }
  if (position < text.length) stretches.push({ text: text.slice(position), marked: false });
  return stretches;
}
