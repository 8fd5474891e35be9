import { z } from "zod";
import { decodeCursor, pageOf } from "#lib/cursor.ts";
import { AppError } from "#lib/errors.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { publicError } from "./public-error.ts";
import * as queries from "./source-run-queries.ts";
import type { HourState, SourceRun } from "./source-run-schema.ts";
import { findSource } from "#domains/grid/sources/registry.ts";

export const hoursShown = 24;

/** How reading went in each of the last 24 hours, the oldest first, by source; sources that weren't read have no entry. */
export async function listSourceHours(principal: Principal, now: Date): Promise<Record<string, HourState[]>> {
  return hoursOf(await db.as(principal, (tx) => queries.countRunsByHour(tx, now, hoursShown)));
}

/** Counted runs as the state of each hour, the oldest first, by source. */
export function hoursOf(counted: readonly queries.HourOfRuns[]): Record<string, HourState[]> {
  const hours: Record<string, HourState[]> = {};
  for (const { source, hoursBefore, good, failed } of counted) {
    const cells = (hours[source] ??= Array.from({ length: hoursShown }, () => "not-read"));
    if (hoursBefore < hoursShown) cells[hoursShown - 1 - hoursBefore] = stateOf(good, failed);
  }
  return hours;
}

function stateOf(good: number, failed: number): HourState {
  if (failed === 0) return good === 0 ? "not-read" : "good";
  return good === 0 ? "failed" : "partly";
}

/** Runs of a source, the newest first. Throws NOT_FOUND for a source that doesn't exist, INVALID_REQUEST for a cursor of another list. */
export async function listSourceRuns(principal: Principal, source: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<{ items: SourceRun[]; nextCursor: string | null }> {
  if (!findSource(source)) throw new AppError("NOT_FOUND", { detail: `There is no source "${source}".` });
  const before = decodeCursor(cursor, 1)?.[0] ?? null;
  if (before !== null && !z.uuid().safeParse(before).success) {
    throw new AppError("INVALID_REQUEST", { detail: "Start the list again without a cursor.", errors: [{ path: "cursor", message: "This cursor is not one of this list" }] });
  }
  const rows = await db.as(principal, (tx) => queries.listRuns(tx, source, limit + 1, before));
  return pageOf(rows.map((run) => ({ ...run, error: run.error === null ? null : publicError(run.error) })), limit, ({ id }) => [id]);
}
