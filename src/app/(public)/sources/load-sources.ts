import "server-only";

import { isAppError } from "#lib/errors.ts";
import type { HourState } from "#domains/grid/index.ts";
import { listSourceDetails, listSourceHours, type SourceDetail } from "#domains/grid/server.ts";
import { getViewer } from "#app/viewer.ts";

interface LoadedSources {
  sources: SourceDetail[];
  hours: Record<string, HourState[]>;
}

/** Every source and how reading it went; null while the database is away. */
export async function loadSources(now: Date): Promise<LoadedSources | null> {
  try {
    const { principal } = await getViewer();
    const [sources, hours] = await Promise.all([listSourceDetails(principal, now), listSourceHours(principal, now)]);
    return { sources, hours };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
