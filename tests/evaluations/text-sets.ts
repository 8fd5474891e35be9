/** The sets of labelled texts: two halves written before what they judge, one written after it, and one written before the last change. */
import { halves } from "./golden.ts";

export const textSets = [...halves, "later", "fresh"] as const;
export type TextSet = (typeof textSets)[number];

/** The set of that name, all without one. Throws when there is none of that name. */
export function chosenSets(name: string | undefined): readonly TextSet[] {
  if (name === undefined) return textSets;
  const set = textSets.find((candidate) => candidate === name);
  if (set === undefined) throw new Error(`There is no set "${name}". Write ${textSets.join(" or ")}.`);
  return [set];
}
