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

export type RunCause = "schedule" | "command" | "check";

export async function startRun(tx: Tx, id: string, source: string, cause: RunCause): Promise<void> {
  await tx.insertInto("app.ingest_runs").values({ id, source, cause }).execute();
  await sql`insert into app.source_states (source, last_run_at) values (${source}, now()) on conflict (source) do update set last_run_at = now()`.execute(tx);
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

/** Ends a run and says how the source does. */
export async function endRun(tx: Tx, id: string, source: string, counts: RunCounts, end: { outcome: "ok" | "unchanged" | "failed" | "stopped"; error: string | null }): Promise<void> {
  await tx.updateTable("app.ingest_runs").set({ ...counts, ...end, ended_at: sql`now()` }).where("id", "=", id).execute();
  const failed = end.outcome === "failed";
  if (end.outcome === "stopped") return;
  await sql`
    update app.source_states set
      failures = case when ${failed} then failures + 1 else 0 end, last_error = ${end.error},
      last_success_at = case when ${failed} then last_success_at else now() end,
      checked_at = case when ${failed} then checked_at else coalesce(checked_at, now()) end,
      enabled = case when decided or ${failed} then enabled else true end,
      data_until = coalesce((
        select max(o.ends_at) from app.observations o join app.series s on s.id = o.series_id
        where s.source = ${source} and o.quality <> 'forecast' and o.value is not null and o.starts_at > now() - interval '400 days'), data_until)
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

/** How every source does that has ever run. */
export async function listSourceStates(tx: Tx): Promise<SourceState[]> {
  const { rows } = await sql<SourceState>`
    select source, enabled, decided, checked_at as "checkedAt", last_run_at as "lastRunAt", last_success_at as "lastSuccessAt", data_until as "dataUntil",
      failures, last_error as "lastError"
    from app.source_states`.execute(tx);
  return rows;
}
