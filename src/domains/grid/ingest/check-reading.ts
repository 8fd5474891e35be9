import { SourceFormatError, type Payload, type Reading } from "#domains/grid/sources/source.ts";

const dayMs = 24 * 3_600_000;

/**
 * Refuses what can't be known yet, whatever a document says: values believed would count before all that come after them.
 * Clocks may differ by a day; what is fixed ahead, as a day-ahead price, ends with tomorrow. Throws SourceFormatError.
 */
export function requireKnowable({ publishedAt, observations }: Pick<Reading, "publishedAt" | "observations">, { fetchedAt }: Pick<Payload, "fetchedAt">): void {
  const at = fetchedAt.getTime();
  if (publishedAt !== null && publishedAt.getTime() > at + dayMs) {
    throw new SourceFormatError(`The document says that it was written at ${publishedAt.toISOString()}, long after it was fetched`);
  }
  const ahead = observations.find(({ start, value, quality }) => quality !== "forecast" && value !== null && start.getTime() > at + 2 * dayMs);
  if (ahead) throw new SourceFormatError(`The document has a value of ${ahead.metric} for ${ahead.start.toISOString()}, which is no forecast but was to come when it was fetched`);
}
