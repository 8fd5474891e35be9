/** The largest of a list, in the list's order, and what to say of the rest: "8 of 27 shown". */
export function topOf<Item>(items: readonly Item[], count: number, sizeOf: (item: Item) => number): { shown: Item[]; rest: Item[]; words: string | null } {
  const chosen = new Set(items.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, count));
  const shown = items.filter((item) => chosen.has(item));
  const rest = items.filter((item) => !chosen.has(item));
  return { shown, rest, words: rest.length === 0 ? null : `${shown.length} of ${items.length} shown` };
}
