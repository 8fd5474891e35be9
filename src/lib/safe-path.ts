/** Stands for whatever site this is: what leaves it leads elsewhere. */
const here = "https://here.invalid";

/**
 * The path, query and fragment of an address on this site that a link asked to go to, else `otherwise`. Browsers take
 * backslashes for slashes and drop tabs and line breaks, so that `/\evil` and `/<tab>/evil` name other sites.
 */
export function safePath(asked: string | null | undefined, otherwise = "/"): string {
  if (asked == null || asked.length > 2_000) return otherwise;
  if (!asked.startsWith("/") || /[\\\u0000-\u0020\u007f-\u009f]/.test(asked) || /^\/(\/|%2f|%5c)/i.test(asked)) return otherwise;
  if (!URL.canParse(asked, here)) return otherwise;
  const { origin, pathname, search, hash } = new URL(asked, here);
  // Dots may bring two slashes to the front: /x/..//evil.
  if (origin !== here || pathname.startsWith("//")) return otherwise;
  return pathname + search + hash;
}
