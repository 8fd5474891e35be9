import { createHash } from "node:crypto";
import { system } from "#platform/auth/principal.ts";
import { database } from "#platform/db/database.ts";
import { db } from "#platform/db/unit-of-work.ts";
import type { Interval } from "#domains/grid/time/intervals.ts";
import { periodsOf } from "#domains/grid/time/zone-calendar.ts";
import { checkReading } from "./check-reading.ts";
import * as queries from "./observation-queries.ts";
import type { Observation, Subject } from "#domains/grid/schema.ts";
import { lineFinder } from "#domains/grid/sources/distinct.ts";
import type { Payload, Reading, Source } from "#domains/grid/sources/source.ts";
import { appendNews, type News } from "#domains/grid/streams/stream-queries.ts";
import { streamsOf, streamWindowMs } from "#domains/grid/streams/streams.ts";

/** Observations written in one transaction at most: readers of the embedded database wait for the one at hand, those of a server for none. */
const batchSize = { embedded: 5_000, server: 20_000 };
const hourMs = 3_600_000;
const recorder = system("grid.record");

export interface Recorded extends queries.Written {
  observations: number;
  /** True when the very same document had been read to its end before, and its address hadn't said anything else since. */
  known: boolean;
}

export interface RecordOptions {
  /** Goes through a document once more that was read to its end, as after a change of its reader. */
  again?: boolean;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Stores what was read from a document: observations, their revisions and the rollups they change, in batches that each
 * commit whole. Broken off at any moment, the same document can be recorded again: what is there is left alone. Values
 * count as known since the source published them, else since they were fetched. Throws SourceFormatError when the document
 * states two values for one interval, or what can't be known yet; nothing is stored then.
 */
export async function recordReading(source: Source, payload: Payload, reading: Reading, { again = false, onProgress = () => undefined }: RecordOptions = {}): Promise<Recorded> {
  const { observations } = checkReading(reading, payload);
  const knownAt = reading.publishedAt ?? payload.fetchedAt;
  const lines = new Map<string, Line>();
  const lineOf = lineFinder((subject, key) => {
    const line = { subject, seriesId: 0 };
    lines.set(key, line);
    return line;
  });
  const lineBy = observations.map(lineOf);
  const years = [...new Set(observations.map(({ start }) => start.getUTCFullYear()))];
  const { id, complete, missing } = await db.as(recorder, async (tx) => {
    const payloadRow = await queries.upsertPayload(tx, {
      source: source.id, origin: payload.origin, hash: createHash("sha256").update(payload.bytes).digest(), bytes: payload.bytes.byteLength,
      fetchedAt: payload.fetchedAt, publishedAt: reading.publishedAt, observations: observations.length,
    });
    if (payloadRow.complete && !again) return { ...payloadRow, missing: [] };
    const ids = await queries.ensureSeries(tx, source.id, new Map([...lines].map(([key, { subject }]) => [key, subject])));
    for (const [key, line] of lines) line.seriesId = idOf(ids, key);
    return { ...payloadRow, missing: await queries.missingYears(tx, years) };
  });
  const total: Recorded = { observations: observations.length, known: complete, inserted: 0, revised: 0, late: 0 };
  if (complete && !again) return total;
  // In a transaction of its own: a new partition is a lock that must not be waited for while holding others.
  if (missing.length > 0) await db.as(recorder, (tx) => queries.ensureYears(tx, missing));
  const size = batchSize[(await database()).engine];
  let from = 0;
  do {
    const batch = observations.slice(from, from + size);
    const placed = batch.map(({ start, end, value, quality }, i): queries.Placed => ({ seriesId: lineBy[from + i]?.seriesId ?? 0, start, end, value, quality }));
    from += batch.length;
    const written = await db.as(recorder, async (tx) => {
      const recorded = await recordBatch(tx, source, id, knownAt, { observations: batch, placed });
      if (from === observations.length) await queries.completePayload(tx, id);
      return recorded;
    });
    total.inserted += written.inserted;
    total.revised += written.revised;
    total.late += written.late;
    if (batch.length > 0) onProgress(from, observations.length);
  } while (from < observations.length);
  return total;
}

interface Line {
  subject: Subject;
  seriesId: number;
}

function idOf(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`There is no series ${key}`);
  return id;
}

/** Observations, and the same with their series. */
interface Batch {
  observations: readonly Observation[];
  placed: queries.Placed[];
}

async function recordBatch(tx: Parameters<typeof queries.lockSource>[0], source: Source, payloadId: string, knownAt: Date, { observations, placed }: Batch): Promise<queries.Written> {
  await queries.lockSource(tx, source.id);
  const now = new Date();
  const told = observations.map((observation) => streamsOf(source.id, observation, now));
  const tellFrom = told.some((keys) => keys.length > 0) ? new Date(now.getTime() - streamWindowMs) : null;
  const { changed, ...written } = await queries.writeObservations(tx, payloadId, knownAt, placed, tellFrom);
  if (written.inserted + written.revised > 0) {
    const isShort = ({ start, end }: queries.Placed) => end.getTime() - start.getTime() < hourMs;
    const inHours = [...placed.filter(isShort), ...(await keptAmong(tx, placed.filter((each) => !isShort(each))))];
    await queries.refreshRollups(tx, "hour", seriesOf(inHours), hoursOf(inHours));
    await queries.refreshRollups(tx, "day", seriesOf(placed), daysOf(placed, source.zone));
  }
  const news = newsOf(placed, told, changed);
  if (news.length > 0) await appendNews(tx, news);
  return written;
}

/** Where hours are kept ready that are told as a whole now: what was seen within them would be told of for ever. */
async function keptAmong(tx: Parameters<typeof queries.lockSource>[0], whole: readonly queries.Placed[]): Promise<Pick<queries.Placed, "seriesId" | "start">[]> {
  const hours = hoursOf(whole);
  const [first, last] = [hours[0], hours.at(-1)];
  if (!first || !last) return [];
  const told = new Set(hours.map(({ start }) => start.getTime()));
  return (await queries.listKeptHours(tx, seriesOf(whole), { start: first.start, end: last.end })).filter(({ start }) => told.has(start.getTime()));
}

/** What streams have to tell of the intervals that changed. */
function newsOf(placed: queries.Placed[], told: string[][], changed: queries.Changed[]): News[] {
  if (changed.length === 0) return [];
  const revisions = new Map(changed.map(([seriesId, startSeconds, revision]) => [`${seriesId} ${startSeconds * 1_000}`, revision]));
  return placed.flatMap(({ seriesId, start, end, value, quality }, i) => {
    const revision = revisions.get(`${seriesId} ${start.getTime()}`);
    if (revision === undefined) return [];
    return (told[i] ?? []).map((stream): News => ({ stream, seriesId, start, end, value, quality, revision }));
  });
}

function seriesOf(placed: readonly Pick<queries.Placed, "seriesId">[]): number[] {
  return [...new Set(placed.map(({ seriesId }) => seriesId))];
}

/** The hours of UTC that observations begin in. */
function hoursOf(placed: readonly Pick<queries.Placed, "start">[]): Interval[] {
  const starts = new Set(placed.map(({ start }) => Math.floor(start.getTime() / hourMs) * hourMs));
  return [...starts].sort((a, b) => a - b).map((start) => ({ start: new Date(start), end: new Date(start + hourMs) }));
}

/** The days of a zone that observations begin in. */
function daysOf(placed: queries.Placed[], zone: string): Interval[] {
  const starts = [...new Set(placed.map((each) => each.start.getTime()))].sort((a, b) => a - b);
  const days: Interval[] = [];
  let bounds: number[] = [];
  for (const at of starts) {
    if (at < (days.at(-1)?.end.getTime() ?? -Infinity)) continue;
    // A stretch of the calendar at a time: what a document holds may lie years apart.
    if (at >= (bounds.at(-1) ?? -Infinity)) bounds = boundsOf(zone, at);
    const next = bounds.findIndex((bound) => bound > at);
    days.push({ start: new Date(bounds[next - 1] ?? at), end: new Date(bounds[next] ?? at) });
  }
  return days;
}

function boundsOf(zone: string, from: number): number[] {
  const days = periodsOf(zone, "day", from, from + 30 * 24 * hourMs);
  return days.kind === "bounded" ? days.bounds : [];
}
