import type { GridSource } from "../source-list-schema.ts";

/** A source as pages show it: one that is off since every attempt to reach it has failed doesn't answer. */
export function asShown(source: GridSource): GridSource {
  return source.state === "off" && source.failures > 0 ? { ...source, state: "not-answering" } : source;
}
