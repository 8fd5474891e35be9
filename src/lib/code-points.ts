/** The nearest place at or before `end` where a text can be cut without parting a surrogate pair. */
export function wholeCodePoints(text: string, end: number): number {
  const parts = /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(end - 1, 0), end + 1));
  return parts ? end - 1 : end;
}
