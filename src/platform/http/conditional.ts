import { createHash } from "node:crypto";

/**
 * A weak entity tag for a version of something, in any text: hashed, so it may hold anything and shows nothing. Weak,
 * since the same content may travel compressed or not.
 */
export function entityTag(version: string): string {
  return `W/"${createHash("sha256").update(version).digest("base64url").slice(0, 27)}"`;
}

/** Whether `If-None-Match` holds the tag, by the weak comparison that RFC 9110, section 13.1.2 asks for. */
export function matchesTag(ifNoneMatch: string | null, tag: string | null): boolean {
  if (ifNoneMatch === null || tag === null) return false;
  if (ifNoneMatch.trim() === "*") return true;
  const opaque = (text: string) => text.trim().replace(/^W\//, "");
  return ifNoneMatch.split(",").some((candidate) => opaque(candidate) === opaque(tag));
}
