import type { HelpListItem, HelpStatus } from "#domains/help/edit-schema.ts";

export const statusWords: Record<HelpStatus, string> = { published: "Published", unpublished: "Unpublished", deleted: "Deleted" };

/** How an entry stands, in words: readers may see an older revision than the newest. */
export function standing({ status, revision, publishedRevision }: Pick<HelpListItem, "status" | "revision" | "publishedRevision">): string {
  if (status !== "published" || publishedRevision === revision) return statusWords[status];
  return `Published ${publishedRevision}, draft ${revision}`;
}
