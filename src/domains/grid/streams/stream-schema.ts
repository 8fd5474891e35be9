import { z } from "zod";
import { Instant } from "#platform/http/calendar.ts";
import { cursorOf } from "#platform/http/cursor.ts";
import { Fuel, Metric, Quality, Region, Unit } from "#domains/grid/schema.ts";
import { SourceNote } from "#domains/grid/series/series-schema.ts";

const streamsAtOnce = 24;
const Key = z.string().max(60).regex(/^[a-z]+(-[a-z]+)*$/);

/** One stream, or several joined by commas, which then come over one connection. */
export const StreamKeys = z
  .string()
  .max(1_000)
  .transform((text) => [...new Set(text.split(","))])
  .pipe(z.array(Key).min(1).max(streamsAtOnce));

export const StreamView = z.object({
  key: z.string(),
  title: z.string(),
  /** Null for all of Canada. */
  region: Region.nullable(),
  source: z.string(),
  metrics: z.array(Metric),
  /** What its lines are told apart by; null for one line a metric. */
  dimension: z.enum(["fuel", "item"]).nullable(),
  unit: Unit,
  cadenceMinutes: z.int(),
  /** Whether its source is asked at all. */
  enabled: z.boolean(),
  state: SourceNote.shape.state,
  /** The state in a sentence, with the reason. */
  says: z.string(),
  /** The newest interval that has a value. */
  newest: z.object({ start: z.string(), end: z.string() }).nullable(),
  links: z.object({ events: z.string(), history: z.string() }),
});
export type StreamView = z.infer<typeof StreamView>;

export const StreamManifest = z.object({ streams: z.array(StreamView) });

/** One interval of one line. */
export const StreamValue = z.object({
  stream: z.string(),
  source: z.string(),
  region: Region,
  metric: Metric,
  fuel: Fuel.nullable(),
  item: z.string().nullable(),
  unit: Unit,
  /** Instants in UTC, ISO 8601; the interval is half open. */
  start: z.string(),
  end: z.string(),
  /** Null where the source took it back. */
  value: z.number().nullable(),
  quality: Quality,
});
export type StreamValue = z.infer<typeof StreamValue>;

/** What a stream sends. Each event's id is what a client that comes back says in Last-Event-ID. */
export const streamEvents = {
  /** An interval that is new, or that took the place of another value. */
  observation: StreamValue.extend({ revision: z.boolean() }),
  /** How a stream's source does: first of all, and whenever that changes. */
  status: z.object({ stream: z.string(), state: SourceNote.shape.state, enabled: z.boolean(), says: z.string() }),
  /** Something in between can't be told any more: read the history, then go on with what follows. */
  reset: z.object({ stream: z.string(), says: z.string(), history: z.string() }),
} as const;
export type StreamStatus = z.infer<(typeof streamEvents)["status"]>;
export type StreamObservation = z.infer<(typeof streamEvents)["observation"]>;

export const StreamQuery = z.strictObject({
  /** As the header Last-Event-ID, for programs that can't set one. */
  last_event_id: z.string().regex(/^\d{1,15}$/).optional(),
});

const Moment = Instant.transform((text) => new Date(text));

export const StreamHistoryQuery = z.strictObject({
  /** Of the intervals' starts: from (inclusive) to (exclusive). */
  from: Moment.optional(),
  to: Moment.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
  cursor: cursorOf([Instant, z.string().regex(/^\d{1,10}$/)]).optional(),
});
export type StreamHistoryQuery = z.infer<typeof StreamHistoryQuery>;

export const StreamHistory = z.object({
  stream: z.string(),
  /** The newest first. */
  values: z.array(StreamValue.extend({ knownAt: z.string() })),
  nextCursor: z.string().nullable(),
});
export type StreamHistory = z.infer<typeof StreamHistory>;
