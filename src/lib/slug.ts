/**
 * Makes fragment ids for the headings of one page, in their order: lower case, words joined by hyphens, a repeated one
 * numbered ("prices", "prices-2"). The page and the search index use the same rule, so that a citation's link lands.
 */
export function createSlugger(): (heading: string) => string {
  const used = new Map<string, number>();
  return (heading) => {
    const slug =
      heading
        .normalize("NFKD")
        .replace(/\p{M}/gu, "")
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, "-")
        .replace(/^-+|-+$/g, "") || "section";
    const times = (used.get(slug) ?? 0) + 1;
    used.set(slug, times);
    return times === 1 ? slug : `${slug}-${times}`;
  };
}
