import { findSource } from "#domains/grid/sources/registry.ts";
import type { Source } from "#domains/grid/sources/source.ts";

export function getSource(id: string): Source {
  const source = findSource(id);
  if (!source) throw new Error(`There is no source ${id}`);
  return source;
}
