import { spanFrom } from "#domains/grid/time/intervals.ts";
import { recordReading } from "#domains/grid/ingest/record.ts";
import type { Observation } from "#domains/grid/schema.ts";
import { upsertStreams } from "#domains/grid/streams/stream-queries.ts";
import { streams } from "#domains/grid/streams/streams.ts";
import { findSource } from "#domains/grid/sources/registry.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";

/** Lists the streams, as the start of the application does. */
export function listCatalogue(): Promise<void> {
  return db.as(system("test"), (tx) => upsertStreams(tx, streams));
}

/** The start of the five minutes so many minutes ago. */
export function fiveMinutes(minutesAgo: number): Date {
  return new Date(Math.floor((Date.now() - minutesAgo * 60_000) / 300_000) * 300_000);
}

/** Five minutes of Ontario's demand. */
export function demandAt(start: Date, value: number | null, over: Partial<Observation> = {}): Observation {
  return { region: "CA-ON", metric: "demand", unit: "MW", quality: "measured", ...spanFrom(start, 5), value, ...over };
}

let documents = 0;

/** Records observations as one document that a source has just published. */
export async function publishObservations(observations: Observation[], sourceId = "ieso.realtime-totals", publishedAt = new Date()): Promise<void> {
  const source = findSource(sourceId);
  if (!source) throw new Error(`No source ${sourceId}`);
  const payload = { bytes: new TextEncoder().encode(`${process.pid} ${Date.now()} ${(documents += 1)}`), origin: "test", fetchedAt: publishedAt };
  await recordReading(source, payload, { publishedAt, observations, warnings: [] });
}
