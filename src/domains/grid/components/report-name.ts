import type { SourceNote } from "#domains/grid/series/series-schema.ts";

/** What a source's report is called beside its publisher: "IESO hourly demand" of IESO is "Hourly demand". */
export function reportName({ name, publisher }: Pick<SourceNote, "name" | "publisher">): string {
  if (!name.startsWith(`${publisher} `)) return name;
  const rest = name.slice(publisher.length + 1);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
