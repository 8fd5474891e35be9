/** A text as filters compare it: without accents, marks and case, so that "Quebec" finds "Québec". */
export function foldText(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** The words of a filter, each of which must stand in a row's text. */
export function wordsOf(query: string): string[] {
  return foldText(query).split(" ").filter((word) => word !== "").slice(0, 12);
}
