import "server-only";

import { isAppError } from "#lib/errors.ts";
import type { GridStatus, HourState } from "#domains/grid/index.ts";
import { getGridStatus, listSourceDetails, listSourceHours, type SourceDetail } from "#domains/grid/server.ts";
import { getViewer } from "#app/viewer.ts";

export interface Overview {
  status: GridStatus;
  sources: SourceDetail[];
  hours: Record<string, HourState[]>;
}

/** How the grid and its sources do; null while the database is away. */
export async function loadOverview(): Promise<Overview | null> {
  try {
    const { principal } = await getViewer();
    const now = new Date();
    const [status, sources, hours] = await Promise.all([getGridStatus(now), listSourceDetails(principal, now), listSourceHours(principal, now)]);
    return { status, sources, hours };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
