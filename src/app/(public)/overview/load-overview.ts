import "server-only";

import { isAppError } from "#lib/errors.ts";
import type { GridSource, GridStatus } from "#domains/grid/index.ts";
import { getGridStatus, listSources } from "#domains/grid/server.ts";
import { getViewer } from "#app/viewer.ts";

export interface Overview {
  status: GridStatus;
  sources: GridSource[];
}

/** How the grid and its sources do; null while the database is away. */
export async function loadOverview(): Promise<Overview | null> {
  try {
    const { principal } = await getViewer();
    const now = new Date();
    const [status, { sources }] = await Promise.all([getGridStatus(now), listSources(principal, now)]);
    return { status, sources };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
