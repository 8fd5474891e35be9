import { regionFacts } from "#domains/grid/labels.ts";
import { regions, type Region } from "#domains/grid/schema.ts";

/** Who is behind a border. */
export interface Neighbour {
  /** Null abroad, and where nobody says. */
  region: Region | null;
  name: string;
}

const named: Readonly<Partial<Record<Region, readonly [pattern: RegExp, neighbour: string][]>>> = {
  "CA-ON": [[/^PQ\./, "CA-QC"], [/^MANITOBA( SK)?$/, "CA-MB"], [/^MICHIGAN$/, "Michigan"], [/^NEW-YORK$/, "New York"], [/^MINNESOTA$/, "Minnesota"]],
  "CA-NB": [
    [/^QUEBEC$/, "CA-QC"], [/^NOVA SCOTIA$/, "CA-NS"], [/^PEI$/, "CA-PE"], [/^ISO-NE$/, "New England"], [/^EMEC$/, "Eastern Maine"], [/^MPS$/, "Maine Public Service"], [/^NMISA$/, "Northern Maine"],
  ],
};

/** The neighbour behind a border of a region, by the name that the region's operator has for it. */
export function neighbourOf(region: Region, item: string): Neighbour {
  const found = named[region]?.find(([pattern]) => pattern.test(item))?.[1];
  // Other operators write names out; some part a border in two: "Ontario, Outaouais".
  const text = found ?? item.split(",")[0]?.trim() ?? item;
  const known = regions.find((id) => id === text || regionFacts[id].name === text);
  return known ? { region: known, name: regionFacts[known].name } : { region: null, name: text };
}
