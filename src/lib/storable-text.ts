/** False for text that Postgres cannot store: a NUL character, or half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** The text with U+FFFD for every character that Postgres cannot store; as long as it was, so that places in it stay. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

/**
 * The path of the first string, or key, inside `value` that Postgres cannot store, or null when there is none.
 * Recursive: bound the depth of `value` first.
 */
export function findUnstorable(value: unknown, path: readonly string[] = []): readonly string[] | null {
  if (typeof value === "string") return isStorable(value) ? null : path;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    // The key itself can't be named in a response: it is what can't be written.
    const found = isStorable(key) ? findUnstorable(item, [...path, key]) : path;
    if (found) return found;
  }
  return null;
}
