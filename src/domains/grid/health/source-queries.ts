import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";

/** What a conditional request needs to know of a document as it was fetched last. */
export interface KnownDocument {
  etag: string | null;
  lastModified: string | null;
  hash: Buffer | null;
}

export async function findDocument(tx: Tx, source: string, url: string): Promise<KnownDocument | null> {
  const row = await tx.selectFrom("app.source_documents").select(["etag", "last_modified", "content_hash"]).where("source", "=", source).where("url", "=", url).executeTakeFirst();
  return row ? { etag: row.etag, lastModified: row.last_modified, hash: row.content_hash } : null;
}

/** Notes a document that has been recorded: the next request for it may be conditional. */
export async function upsertDocument(tx: Tx, source: string, url: string, { etag, lastModified, hash }: KnownDocument): Promise<void> {
  const values = { etag, last_modified: lastModified, content_hash: hash, fetched_at: sql<Date>`now()` };
  await tx.insertInto("app.source_documents").values({ source, url, ...values }).onConflict((conflict) => conflict.columns(["source", "url"]).doUpdateSet(values)).execute();
}

/** Why a run was made; "file" and "address" read what a person gives instead of what the source lists. */
export type RunCause = "schedule" | "command" | "check" | "backfill" | "file" | "address";

/** Whether runs of a cause say how the source does: the past, and what a person gives, say nothing about what it has that is new. */
const tellsOfSource = (cause: RunCause) => cause === "schedule" || cause === "command" || cause === "check";

/** A run gives a sign of life more often than this, or is dead. */
const aliveFor = sql`interval '90 seconds'`;

/**
 * Notes that a run begins, unless another of the same cause is at work on the source; answers whether. Runs whose process
 * died are ended as failed. What a person asks for isn't kept waiting.
 */
export async function startRun(tx: Tx, id: string, source: string, cause: RunCause): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`grid runs ${source}`}, 0))`.execute(tx);
  await sql`
    update app.ingest_runs set ended_at = now(), outcome = 'failed', error = 'The process ended in the middle of this run.'
    where source = ${source} and ended_at is null and coalesce(alive_until, started_at) < now()`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    insert into app.ingest_runs (id, source, cause, alive_until) select ${id}::uuid, ${source}, ${cause}, now() + ${aliveFor}
    where ${cause} in ('command', 'file', 'address') or not exists (select from app.ingest_runs where source = ${source} and ended_at is null and (cause = 'backfill') = (${cause} = 'backfill'))
    returning id`.execute(tx);
  if (rows.length === 0) return false;
  await sql`
    insert into app.source_states (source, last_run_at) values (${source}, case when ${tellsOfSource(cause)} then now() end)
    on conflict (source) do update set last_run_at = coalesce(excluded.last_run_at, source_states.last_run_at)`.execute(tx);
  return true;
}

/** Says that a run is still at work. */
export async function noteAlive(tx: Tx, id: string): Promise<void> {
  await sql`update app.ingest_runs set alive_until = now() + ${aliveFor} where id = ${id}`.execute(tx);
}

export interface RunCounts {
  documents: number;
  unchanged: number;
  missing: number;
  observations: number;
  inserted: number;
  revised: number;
  late: number;
  bytes: number;
  warnings: string[];
}

/** Notes how far a run is, so that what it did is known even when its process dies. */
export async function noteRun(tx: Tx, id: string, counts: RunCounts): Promise<void> {
  await tx.updateTable("app.ingest_runs").set(counts).where("id", "=", id).execute();
}

export interface RunEnd {
  outcome: "ok" | "unchanged" | "failed" | "stopped";
  error: string | null;
  /** Milliseconds without a success after which what is newest may no longer reach back to what is here. */
  gapMs?: number;
}

/** Ends a run and says how the source does. After a while without a success the past since then is to be fetched. */
export async function endRun(tx: Tx, id: string, source: string, cause: RunCause, counts: RunCounts, end: RunEnd): Promise<void> {
  await tx.updateTable("app.ingest_runs").set({ ...counts, outcome: end.outcome, error: end.error, ended_at: sql`now()` }).where("id", "=", id).execute();
  const failed = end.outcome === "failed";
  if (end.outcome === "stopped") return;
  // Documents that aren't there yet prove nothing.
  const counted = tellsOfSource(cause);
  const understood = counted && counts.documents > counts.missing;
  const gap = sql`${understood && !failed && end.gapMs !== undefined} and last_success_at < now() - ${end.gapMs ?? 0} * interval '1 millisecond' and data_until is not null`;
  await sql`
    update app.source_states set
      gap_from = case when ${gap} and backfilled_at is not null then data_until else gap_from end,
      backfilled_at = case when ${gap} then null else backfilled_at end,
      backfilled_from = case when ${gap} then null else backfilled_from end,
      failures = case when not ${counted} then failures when ${failed} then failures + 1 else 0 end,
      last_error = case when ${counted} then ${end.error} else last_error end,
      last_success_at = case when ${failed} or not ${understood} then last_success_at else now() end,
      checked_at = case when ${failed} or not ${understood} then checked_at else coalesce(checked_at, now()) end,
      enabled = case when decided or ${failed} or not ${understood} then enabled else true end,
      data_until = coalesce((
        select max(newest.ends_at) from app.series s cross join lateral (
          select ends_at from app.observations o where o.series_id = s.id and o.quality <> 'forecast' and o.value is not null
            and o.starts_at > now() - interval '400 days' order by o.starts_at desc limit 1) newest
        where s.source = ${source}), data_until)
    where source = ${source}`.execute(tx);
}

export interface SourceState {
  source: string;
  enabled: boolean;
  decided: boolean;
  checkedAt: Date | null;
  lastRunAt: Date | null;
  lastSuccessAt: Date | null;
  dataUntil: Date | null;
  failures: number;
  lastError: string | null;
}

export interface ScheduledState extends SourceState {
  /** Back to when its past has been fetched; null when none has. */
  backfilledFrom: Date | null;
  backfillFailures: number;
  /** Since when all of its past that is to be had is here. */
  backfilledAt: Date | null;
  /** From when on its past is fetched once more; null where all of it is. */
  gapFrom: Date | null;
}

/** How every source does that has ever run. */
export async function listSourceStates(tx: Tx): Promise<ScheduledState[]> {
  const { rows } = await sql<ScheduledState>`
    select source, enabled, decided, checked_at as "checkedAt", last_run_at as "lastRunAt", last_success_at as "lastSuccessAt", data_until as "dataUntil",
      failures, last_error as "lastError", backfilled_from as "backfilledFrom", backfill_failures as "backfillFailures", backfilled_at as "backfilledAt", gap_from as "gapFrom"
    from app.source_states`.execute(tx);
  return rows;
}

/** Lets switches take turns, so that each one's audit tells what it found. */
export async function lockSwitches(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('grid switches', 0))`.execute(tx);
}

/** Switches a source on or off for good, or with null back to what its own check has found. */
export async function switchSource(tx: Tx, source: string, enabled: boolean | null): Promise<void> {
  await sql`
    insert into app.source_states (source, enabled, decided) values (${source}, ${enabled ?? false}, ${enabled !== null})
    on conflict (source) do update set enabled = coalesce(${enabled}::boolean, source_states.checked_at is not null), decided = excluded.decided`.execute(tx);
}

/** Counts a failed try for sources that weren't asked, since their server has just been found out of reach. */
export async function noteUnreachable(tx: Tx, sources: string[], error: string): Promise<void> {
  await sql`
    insert into app.source_states as s (source, last_run_at, failures, last_error) select source, now(), 1, ${error} from unnest(${sources}::text[]) source
    on conflict (source) do update set last_run_at = now(), failures = s.failures + 1, last_error = excluded.last_error`.execute(tx);
}

/** Notes how far back a source's past has been fetched: `done` when that is all of it. */
export async function noteBackfill(tx: Tx, source: string, { from, failed, done }: { from: Date | null; failed: boolean; done: boolean }): Promise<void> {
  await sql`
    update app.source_states set backfilled_from = coalesce(${from}::timestamptz, backfilled_from), backfill_failures = case when ${failed} then backfill_failures + 1 else 0 end,
      backfilled_at = case when ${done} then now() end, gap_from = case when not ${done} then gap_from end
    where source = ${source}`.execute(tx);
}

/** Forgets runs, and what conditional requests needed of documents that nobody has asked for since. */
export async function purgeRuns(tx: Tx, { runsBefore, documentsBefore }: { runsBefore: Date; documentsBefore: Date }): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    with runs as (delete from app.ingest_runs where started_at < ${runsBefore} returning 1), documents as (delete from app.source_documents where fetched_at < ${documentsBefore} returning 1)
    select ((select count(*) from runs) + (select count(*) from documents))::int as gone`.execute(tx);
  return rows[0]?.gone ?? 0;
}
