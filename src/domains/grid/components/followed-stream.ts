import type { Metric } from "#domains/grid/schema.ts";

/** A stream that a page follows, and what it tells of. */
export interface FollowedStream {
  key: string;
  metrics: readonly Metric[];
}

/** What the listener has to say: which streams are told of at this moment, null while the connection is away. */
export interface NewsTeller {
  connected: (streams: ReadonlySet<string> | null) => void;
  heard: (metrics: readonly Metric[]) => void;
}
