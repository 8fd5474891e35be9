import "server-only";

import { isAppError } from "#lib/errors.ts";
import type { GridStatus, SeriesAnswer } from "#domains/grid/index.ts";
import { getGridStatus, listDemand, type RegionRange } from "#domains/grid/server.ts";
import { getViewer } from "#app/viewer.ts";

export interface Provinces {
  status: GridStatus;
  /** Demand over the range, of each region that has some. */
  demand: SeriesAnswer[];
}

/** How all regions do, and their demand over a range; null while the database is away. */
export async function loadProvinces(range: RegionRange, now: Date): Promise<Provinces | null> {
  try {
    const { principal } = await getViewer();
    const status = await getGridStatus(now);
    const withDemand = status.regions.filter(({ demand }) => demand !== null).map(({ region }) => region);
    const demand = await listDemand(principal, withDemand, range, undefined, now);
    return { status, demand: demand.filter(({ lines }) => lines.length > 0) };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
