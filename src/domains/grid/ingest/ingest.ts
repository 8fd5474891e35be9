import { createHash } from "node:crypto";
import { newId } from "#lib/ids.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { fetchDocument, isUnavailable } from "./fetch-document.ts";
import { recordReading } from "./record.ts";
import { gapMs } from "./schedule.ts";
import { publicError } from "#domains/grid/health/public-error.ts";
import * as queries from "#domains/grid/health/source-queries.ts";
import type { RunCause, RunCounts } from "#domains/grid/health/source-queries.ts";
import type { Payload, Source, SourceDocument, TimeRange } from "#domains/grid/sources/source.ts";

export interface IngestOptions {
  cause: RunCause;
  /** Which time to fetch; the newest unless given. */
  range?: TimeRange;
  /** These documents instead of the source's own list. */
  documents?: SourceDocument[];
  /** Goes through documents once more that were read to their end. */
  again?: boolean;
  /** False: each document is tried once and briefly, and the first server that can't be reached ends the run. */
  patient?: boolean;
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
  /** "busy" where another run of the same cause is at work on the source: nothing was done. */
  outcome: "ok" | "unchanged" | "failed" | "stopped" | "busy";
  error: string | null;
  /** Whether what failed was the way to a server, and not what it sent. */
  unreachable: boolean;
}

/** How often a run gives a sign of life. */
const aliveMs = 30_000;
const ingester = system("grid.ingest");
const warningsAtMost = 50;

/**
 * Fetches a source's documents and records what they hold. A document that fails doesn't stop the others; the run counts
 * as failed then. Stopped by `signal` it ends after the document at hand, and the next run goes on: what has been recorded
 * is asked for conditionally. Every run leaves a row of app.ingest_runs, and says how the source does.
 */
export async function ingest(source: Source, options: IngestOptions): Promise<IngestOutcome> {
  const { cause, range, documents } = options;
  const runId = newId();
  const list = documents ?? [...source.documents(range)];
  const counts = noCounts();
  if (!(await db.as(ingester, (tx) => queries.startRun(tx, runId, source.id, cause)))) return { ...counts, outcome: "busy", error: null, unreachable: false };
  const stopBeating = beat(runId);
  try {
    const { errors, unreachable } = await ingestAll(source, runId, list, counts, options);
    const fresh = counts.documents - counts.unchanged - counts.missing;
    const outcome = options.signal?.aborted ? "stopped" : errors.length > 0 ? "failed" : fresh > 0 ? "ok" : "unchanged";
    const error = errors.length === 0 ? null : errors.slice(0, 5).join("\n").slice(0, 2_000);
    await db.as(ingester, (tx) => queries.endRun(tx, runId, source.id, cause, counts, { outcome, error: keptError(error), gapMs: gapMs(source.cadenceMinutes) }));
    return { ...counts, outcome, error, unreachable };
  } finally {
    stopBeating();
  }
}

function noCounts(documents = 0): RunCounts {
  return { documents, unchanged: 0, missing: 0, observations: 0, inserted: 0, revised: 0, late: 0, bytes: 0, warnings: [] };
}

/** Gives signs of life of a run until what it answers is called. One that fails is made up for by the next. */
function beat(runId: string): () => void {
  const timer = setInterval(() => void db.as(ingester, (tx) => queries.noteAlive(tx, runId)).catch(() => undefined), aliveMs).unref();
  return () => clearInterval(timer);
}

async function ingestAll(source: Source, runId: string, list: SourceDocument[], counts: RunCounts, { again = false, patient = true, signal, onProgress = () => undefined }: IngestOptions) {
  const errors: string[] = [];
  let unreachable = false;
  for (const [at, document] of list.entries()) {
    if (signal?.aborted || (unreachable && !patient)) break;
    const report = (stored: number, observations: number) => onProgress({ document: at + 1, documents: list.length, url: document.url, stored, observations });
    report(0, 0);
    try {
      await ingestDocument(source, document, counts, { again, patient, signal, report });
    } catch (error) {
      unreachable ||= isUnavailable(error);
      errors.push(`${document.url}: ${error instanceof Error ? error.message : "unknown"}`);
    }
    await db.as(ingester, (tx) => queries.noteRun(tx, runId, counts));
  }
  return { errors, unreachable };
}

interface DocumentOptions {
  again: boolean;
  patient: boolean;
  signal: AbortSignal | undefined;
  report: (stored: number, observations: number) => void;
}

async function ingestDocument(source: Source, document: SourceDocument, counts: RunCounts, { again, patient, signal, report }: DocumentOptions): Promise<void> {
  const known = again ? null : await db.as(ingester, (tx) => queries.findDocument(tx, source.id, document.url));
  const fetched = await fetchDocument(source, document, known, { patient, ...(signal ? { signal } : {}) });
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

/** Reads and records one document that is at hand; how the source does is none of its business. Throws SourceFormatError. */
export async function ingestPayload(source: Source, payload: Payload, onProgress: (stored: number, observations: number) => void = () => undefined, again = false): Promise<IngestOutcome> {
  const runId = newId();
  const counts = noCounts(1);
  await db.as(ingester, (tx) => queries.startRun(tx, runId, source.id, "file"));
  const stopBeating = beat(runId);
  let error: string | null = null;
  try {
    await record(source, payload, counts, { again, report: onProgress });
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : "unknown";
    throw thrown;
  } finally {
    stopBeating();
    await db.as(ingester, (tx) => queries.endRun(tx, runId, source.id, "file", counts, { outcome: error === null ? "ok" : "failed", error: keptError(error) }));
  }
  return { ...counts, outcome: "ok", error, unreachable: false };
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

/** Anybody may read through the database's views how a run ended: what is stored of an error is what anybody may see. */
function keptError(error: string | null): string | null {
  return error === null ? null : publicError(error);
}
