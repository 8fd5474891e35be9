import type { Observation } from "#domains/grid/schema.ts";

/** Something that publishes numbers in one format. */
export interface Source {
  /** `publisher.report`. */
  id: string;
  name: string;
  publisher: string;
  licence: { name: string; url: string };
  /** A page about the data, for people. */
  page: string;
  /** How often there is something new, in minutes; the measure of what is late. */
  cadenceMinutes: number;
  /** When it ceased: there is nothing new since, and nothing is late. */
  endedAt?: Date;
  /** Names what has to be set before it can be asked at all; null when it is. */
  missingSetting?: () => string | null;
  /** IANA zone that its days are of. */
  zone: string;
  /** In words, for the table of sources: units, what an interval's name means, what a sign means. */
  rules: { unit: string; time: string; sign: string };
  /**
   * Hosts that its documents may come from over plain http as well, since it has no https.
   */
  plainHttpHosts?: readonly string[];
  /** Where its documents are: those of a range of time (half open), or without one what is newest. */
  documents: (range?: TimeRange) => Iterable<SourceDocument>;
  /** Credentials for an address that a person gives; none for hosts that aren't the source's own. */
  headersFor?: (url: URL) => Record<string, string>;
  /** Where whole sets can be asked for by name, owner/name: the first page, and from it those that follow. */
  setPages?: { first: (set: string) => SourceDocument; others: (set: string, first: Payload) => SourceDocument[] };
  /** Reads one document. Throws SourceFormatError when it isn't one, or holds what can't be understood. */
  read: (payload: Payload) => Reading;
}

export interface TimeRange {
  from: Date;
  to: Date;
}

export interface SourceDocument {
  url: string;
  /** Sent along, such as an API key's header. */
  headers?: Record<string, string>;
  /** True when it may not be there (yet): a miss is no failure. */
  mayBeMissing?: boolean;
  /** What its address has answered, where it was asked already. */
  fetched?: FetchedDocument;
}

/** What an address answered, and what asking again only for what is newer needs. */
export interface FetchedDocument {
  bytes: Uint8Array;
  fetchedAt: Date;
  etag: string | null;
  lastModified: string | null;
}

export interface Payload {
  bytes: Uint8Array;
  /** Its address, or the name of a file. */
  origin: string;
  fetchedAt: Date;
}

export interface Reading {
  /** When the source wrote the document, by its own word. */
  publishedAt: Date | null;
  observations: readonly Observation[];
  /** What was left out and why, or what looks odd: shown to people, never silently lost. */
  warnings: string[];
}

/** A document that isn't what the source publishes: nothing of it is stored. */
export class SourceFormatError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SourceFormatError";
  }
}

/** Names a line of numbers for people and programs: its source, its metric, and what tells it from others of the two. */
export function seriesName(source: Pick<Source, "id">, { metric, fuel, item }: Pick<Observation, "metric" | "fuel" | "item">): string {
  return [source.id, metric, fuel, item].filter((part) => part !== undefined).join("/");
}
