import { distinct } from "#domains/grid/sources/distinct.ts";
import { SourceFormatError, type Payload, type Reading } from "#domains/grid/sources/source.ts";

const dayMs = 24 * 3_600_000;

/**
 * What was read from a document as it may be stored: each interval once. Throws SourceFormatError when the document states two
 * values for one interval, or what can't be known yet.
 */
export function checkReading(reading: Reading, payload: Payload): Reading {
  const checked = { ...reading, observations: distinct(reading.observations) };
  requireKnowable(checked, payload);
  return checked;
}

/**
 * Refuses what can't be known yet, whatever a document says: values believed would count before all that come after them.
 * Clocks may differ by a day; what is fixed ahead, as a day-ahead price, ends with tomorrow.
 */
function requireKnowable({ publishedAt, observations }: Reading, { fetchedAt }: Payload): void {
  const at = fetchedAt.getTime();
  if (publishedAt !== null && publishedAt.getTime() > at + dayMs) {
    throw new SourceFormatError(`The document says that it was written at ${publishedAt.toISOString()}, long after it was fetched`);
  }
  const ahead = observations.find(({ start, value, quality }) => quality !== "forecast" && value !== null && start.getTime() > at + 2 * dayMs);
  if (ahead) throw new SourceFormatError(`The document has a value of ${ahead.metric} for ${ahead.start.toISOString()}, which is no forecast but was to come when it was fetched`);
}
