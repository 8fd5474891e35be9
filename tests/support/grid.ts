import { spanFrom } from "#domains/grid/time/intervals.ts";
import { recordReading } from "#domains/grid/ingest/record.ts";
import type { Observation, Quality, Subject } from "#domains/grid/schema.ts";
import { getSource } from "./grid-sources.ts";

let documents = 0;

/** Records observations as one new document of a real source, published at a time. */
export async function recordObservations(sourceId: string, observations: Observation[], published = "2026-11-20T00:00:00Z"): Promise<void> {
  const fetched = Math.max(Date.parse("2026-11-20T00:00:00Z"), Date.parse(published), ...observations.map(({ start }) => start.getTime()));
  const bytes = new TextEncoder().encode(`document ${(documents += 1)} ${Math.random()}`);
  await recordReading(getSource(sourceId), { bytes, origin: "test", fetchedAt: new Date(fetched) }, { publishedAt: new Date(published), observations, warnings: [] });
}

/** Values in a row from an instant on, each so many minutes long; null leaves a gap. */
export function observationsOf(subject: Subject, start: string, minutes: number, values: readonly (number | null)[], quality: Quality = "measured"): Observation[] {
  const first = Date.parse(start);
  return values.map((value, i) => ({ ...subject, ...spanFrom(new Date(first + i * minutes * 60_000), minutes), value, quality }));
}
