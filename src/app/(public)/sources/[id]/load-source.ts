import "server-only";

import { cache } from "react";
import { AppError } from "#lib/errors.ts";
import type { GridSource } from "#domains/grid/index.ts";
import { listSources } from "#domains/grid/server.ts";
import { getViewer } from "#app/viewer.ts";

/** One source, read once for the page and its metadata. Throws NOT_FOUND. */
export const loadSource = cache(async (id: string): Promise<GridSource> => {
  const { principal } = await getViewer();
  const found = (await listSources(principal)).sources.find((source) => source.id === id);
  if (!found) throw new AppError("NOT_FOUND", { detail: `There is no source "${id}".` });
  return found;
});
