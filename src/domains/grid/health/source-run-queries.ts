import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { RunOutcome, type SourceRun } from "./source-run-schema.ts";

export interface HourOfRuns {
  source: string;
  /** Whole hours before the end that was asked for, from 0. */
  hoursBefore: number;
  good: number;
  failed: number;
}

/** How many runs of each source went well and failed in each of the `hours` before `until`; what a person gave to read isn't counted. */
export async function countRunsByHour(tx: Tx, until: Date, hours: number): Promise<HourOfRuns[]> {
  const { rows } = await sql<HourOfRuns>`
    select source, floor(extract(epoch from ${until}::timestamptz - started_at) / 3600)::int as "hoursBefore",
      count(*) filter (where outcome in ('ok', 'unchanged'))::int as good, count(*) filter (where outcome = 'failed')::int as failed
    from app.ingest_runs
    where started_at > ${until}::timestamptz - make_interval(hours => ${hours}) and started_at <= ${until}::timestamptz and cause not in ('file', 'address')
    group by 1, 2`.execute(tx);
  return rows;
}

/** Runs of one source, the newest first, from `before` (an id, not included) on. */
export async function listRuns(tx: Tx, source: string, limit: number, before: string | null): Promise<SourceRun[]> {
  const rows = await tx
    .selectFrom("app.ingest_runs")
    .select(["id", "cause", "started_at", "ended_at", "outcome", "documents", "unchanged", "observations", "inserted", "revised", "bytes", "warnings", "error"])
    .where("source", "=", source)
    .$if(before !== null, (query) => query.where("id", "<", before))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ started_at, ended_at, outcome, bytes, warnings, ...row }) => ({
    ...row,
    startedAt: started_at.toISOString(),
    endedAt: ended_at?.toISOString() ?? null,
    outcome: RunOutcome.nullable().parse(outcome),
    bytes: z.coerce.number().parse(bytes),
    warnings: z.array(z.string()).parse(warnings),
  }));
}
