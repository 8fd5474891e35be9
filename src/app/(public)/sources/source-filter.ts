import { SourceNote } from "#domains/grid/index.ts";

/** Which sources the page shows; null for all. */
export interface SourceFilter {
  publisher: string | null;
  state: SourceNote["state"] | null;
}

export const stateNames: Readonly<Partial<Record<SourceNote["state"], string>>> = { "on-time": "On time", late: "Late", "not-answering": "Not answering", ended: "Ended", off: "Off" };

/** The filter that an address holds; what makes no sense is left out. */
export function readSourceFilters(params: Readonly<Record<string, string | string[] | undefined>>): SourceFilter {
  const { publisher, state } = params;
  return {
    publisher: typeof publisher === "string" && publisher !== "" ? publisher : null,
    state: SourceNote.shape.state.safeParse(state).data ?? null,
  };
}
