import { createHash } from "node:crypto";
import { newId } from "#lib/ids.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { fetchDocument } from "./fetch-document.ts";
import { recordReading } from "./record.ts";
import * as queries from "./source-queries.ts";
import type { RunCause, RunCounts } from "./source-queries.ts";
import type { Payload, Source, SourceDocument, TimeRange } from "./sources/source.ts";

export interface IngestOptions {
  cause: RunCause;
  /** Which time to fetch; the newest unless given. */
  range?: TimeRange;
  /** These documents instead of the source's own list. */
  documents?: SourceDocument[];
  /** Goes through documents once more that were read to their end. */
  again?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

export interface Progress {
  /** Documents seen to so far, of how many. */
  document: number;
  documents: number;
  url: string;
  /** Observations of this document stored so far, of how many. */
  stored: number;
  observations: number;
}

export interface IngestOutcome extends RunCounts {
  outcome: "ok" | "unchanged" | "failed" | "stopped";
  error: string | null;
}

const ingester = system("grid.ingest");
const warningsAtMost = 50;

/**
 * Fetches a source's documents and records what they hold. A document that fails doesn't stop the others; the run counts
 * as failed then. Stopped by `signal` it ends after the document at hand, and the next run goes on: what has been recorded
 * is asked for conditionally. Every run leaves a row of app.ingest_runs, and says how the source does.
 */
export async function ingest(source: Source, { cause, range, documents, again = false, signal, onProgress = () => undefined }: IngestOptions): Promise<IngestOutcome> {
  const runId = newId();
  const list = documents ?? [...source.documents(range)];
  const counts: RunCounts = { documents: 0, unchanged: 0, missing: 0, observations: 0, inserted: 0, revised: 0, late: 0, bytes: 0, warnings: [] };
  const errors: string[] = [];
  await db.as(ingester, (tx) => queries.startRun(tx, runId, source.id, cause));
  for (const [at, document] of list.entries()) {
    if (signal?.aborted) break;
    const report = (stored: number, observations: number) => onProgress({ document: at + 1, documents: list.length, url: document.url, stored, observations });
    report(0, 0);
    try {
      await ingestDocument(source, document, counts, { again, signal, report });
    } catch (error) {
      errors.push(`${document.url}: ${error instanceof Error ? error.message : "unknown"}`);
    }
    await db.as(ingester, (tx) => queries.noteRun(tx, runId, counts));
  }
  const fresh = counts.documents - counts.unchanged - counts.missing;
  const outcome = signal?.aborted ? "stopped" : errors.length > 0 ? "failed" : fresh > 0 ? "ok" : "unchanged";
  const error = errors.length === 0 ? null : errors.slice(0, 5).join("\n").slice(0, 2_000);
  await db.as(ingester, (tx) => queries.endRun(tx, runId, source.id, counts, { outcome, error }));
  return { ...counts, outcome, error };
}

interface DocumentOptions {
  again: boolean;
  signal: AbortSignal | undefined;
  report: (stored: number, observations: number) => void;
}

async function ingestDocument(source: Source, document: SourceDocument, counts: RunCounts, { again, signal, report }: DocumentOptions): Promise<void> {
  const known = again ? null : await db.as(ingester, (tx) => queries.findDocument(tx, source.id, document.url));
  const fetched = await fetchDocument(source, document, known, signal);
  if (fetched.kind === "missing") {
    if (!document.mayBeMissing) throw new Error("there is nothing at this address");
    counts.documents += 1;
    counts.missing += 1;
    return;
  }
  counts.documents += 1;
  if (fetched.kind === "unchanged") {
    counts.unchanged += 1;
    return;
  }
  const { bytes, fetchedAt, etag, lastModified } = fetched;
  await record(source, { bytes, origin: document.url, fetchedAt }, counts, { again, report });
  // After what it holds: a process that dies in between fetches it whole again.
  await db.as(ingester, (tx) => queries.upsertDocument(tx, source.id, document.url, { etag, lastModified, hash: createHash("sha256").update(bytes).digest() }));
}

/** Reads and records one document that is at hand. Throws SourceFormatError. */
export async function ingestPayload(source: Source, payload: Payload, onProgress: (stored: number, observations: number) => void = () => undefined, again = false): Promise<IngestOutcome> {
  const runId = newId();
  const counts: RunCounts = { documents: 1, unchanged: 0, missing: 0, observations: 0, inserted: 0, revised: 0, late: 0, bytes: 0, warnings: [] };
  await db.as(ingester, (tx) => queries.startRun(tx, runId, source.id, "command"));
  let error: string | null = null;
  try {
    await record(source, payload, counts, { again, report: onProgress });
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : "unknown";
    throw thrown;
  } finally {
    await db.as(ingester, (tx) => queries.endRun(tx, runId, source.id, counts, { outcome: error === null ? "ok" : "failed", error }));
  }
  return { ...counts, outcome: "ok", error };
}

async function record(source: Source, payload: Payload, counts: RunCounts, { again, report }: Pick<DocumentOptions, "again" | "report">): Promise<void> {
  const reading = source.read(payload);
  const recorded = await recordReading(source, payload, reading, { again, onProgress: report });
  counts.bytes += payload.bytes.byteLength;
  counts.observations += recorded.observations;
  counts.inserted += recorded.inserted;
  counts.revised += recorded.revised;
  counts.late += recorded.late;
  if (recorded.known) counts.unchanged += 1;
  for (const warning of reading.warnings) if (counts.warnings.length < warningsAtMost) counts.warnings.push(warning);
}
