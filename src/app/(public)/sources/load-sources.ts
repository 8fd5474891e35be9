import "server-only";

import { isAppError } from "#lib/errors.ts";
import type { GridSource } from "#domains/grid/index.ts";
import { listSources } from "#domains/grid/server.ts";
import { getViewer } from "#app/viewer.ts";

/** Every source and how reading it went; null while the database is away. */
export async function loadSources(now: Date): Promise<GridSource[] | null> {
  try {
    const { principal } = await getViewer();
    return (await listSources(principal, now)).sources;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
