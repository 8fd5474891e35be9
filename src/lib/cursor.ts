import { AppError } from "./errors.ts";

/** A place in a list as its client holds it: the sort key of the last row, as base64url. */
export function encodeCursor(...key: string[]): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(key)))).replaceAll("+", "-").replaceAll("/", "_").replace(/={1,2}$/, "");
}

/** The key of `parts` strings inside a cursor, null without one. Throws INVALID_REQUEST for what encodeCursor didn't make. */
export function decodeCursor(cursor: string | undefined, parts: number): string[] | null {
  if (cursor === undefined) return null;
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
    const key: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (Array.isArray(key) && key.length === parts && key.every((part): part is string => typeof part === "string" && !part.includes("\0") && part.isWellFormed())) return key;
  } catch {
    // Falls through to the refusal.
  }
  throw new AppError("INVALID_REQUEST", { detail: "Start the list again without a cursor.", errors: [{ path: "cursor", message: "This cursor is not one of this list" }] });
}

/** The rows of a page out of one row more than it holds, and where the next page begins; null on the last one. */
export function pageOf<Row>(rows: Row[], limit: number, keyOf: (row: Row) => string[]): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(...keyOf(last)) : null };
}
