import { createHash } from "node:crypto";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { dayOf, wallTimeAt, type Interval } from "#domains/grid/time/intervals.ts";
import * as queries from "./observation-queries.ts";
import type { Observation } from "#domains/grid/schema.ts";
import { distinct, isSameSubject, subjectKey } from "#domains/grid/sources/distinct.ts";
import type { Payload, Reading, Source } from "#domains/grid/sources/source.ts";
import { appendNews, type News } from "#domains/grid/streams/stream-queries.ts";
import { streamsOf, streamWindowMs } from "#domains/grid/streams/streams.ts";

/** Observations written in one transaction at most, so that readers of the embedded database wait for milliseconds. */
const batchSize = 5_000;
const hourMs = 3_600_000;
const recorder = system("grid.record");

export interface Recorded extends queries.Written {
  observations: number;
  /** True when the very same document had been read to its end before. */
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
 * states two values for one interval; nothing is stored then.
 */
export async function recordReading(source: Source, payload: Payload, reading: Reading, { again = false, onProgress = () => undefined }: RecordOptions = {}): Promise<Recorded> {
  const observations = distinct(reading.observations);
  const knownAt = reading.publishedAt ?? payload.fetchedAt;
  const { id, complete } = await db.as(recorder, (tx) =>
    queries.upsertPayload(tx, {
      source: source.id, origin: payload.origin, hash: createHash("sha256").update(payload.bytes).digest(), bytes: payload.bytes.byteLength,
      fetchedAt: payload.fetchedAt, publishedAt: reading.publishedAt, observations: observations.length,
    }));
  const total: Recorded = { observations: observations.length, known: complete, inserted: 0, revised: 0, late: 0 };
  if (complete && !again) return total;
  const runs = runsOf(observations);
  const ids = await db.as(recorder, (tx) => queries.ensureSeries(tx, source.id, new Map(runs.map(({ key, of }) => [key, of[0]]))));
  const placed = runs.flatMap(({ key, of }) => of.map((observation) => placedAs(ids, key, observation)));
  // In a transaction of its own: a new partition is a lock that must not be waited for while holding others.
  await db.as(recorder, (tx) => queries.ensureYears(tx, [...new Set(observations.map(({ start }) => start.getUTCFullYear()))]));
  for (let from = 0; from < observations.length; from += batchSize) {
    const batch = { observations: observations.slice(from, from + batchSize), placed: placed.slice(from, from + batchSize) };
    const written = await db.as(recorder, (tx) => recordBatch(tx, source, id, knownAt, batch));
    total.inserted += written.inserted;
    total.revised += written.revised;
    total.late += written.late;
    onProgress(Math.min(from + batchSize, observations.length), observations.length);
  }
  await db.as(recorder, (tx) => queries.completePayload(tx, id));
  return total;
}

/** Observations, and the same with their series. */
interface Batch {
  observations: Observation[];
  placed: queries.Placed[];
}

async function recordBatch(tx: Parameters<typeof queries.lockSource>[0], source: Source, payloadId: string, knownAt: Date, { observations, placed }: Batch): Promise<queries.Written> {
  await queries.lockSource(tx, source.id);
  const now = new Date();
  const told = observations.map((observation) => streamsOf(source.id, observation, now));
  const tellFrom = told.some((keys) => keys.length > 0) ? new Date(now.getTime() - streamWindowMs) : null;
  const { changed, ...written } = await queries.writeObservations(tx, payloadId, knownAt, placed, tellFrom);
  if (written.inserted + written.revised > 0) {
    const short = placed.filter(({ start, end }) => end.getTime() - start.getTime() < hourMs);
    await queries.refreshRollups(tx, "hour", seriesOf(short), hoursOf(short));
    await queries.refreshRollups(tx, "day", seriesOf(placed), daysOf(placed, source.zone));
  }
  const news = newsOf(placed, told, changed);
  if (news.length > 0) await appendNews(tx, news);
  return written;
}

/** Observations that follow one another and are of one line of numbers. */
interface Run {
  key: string;
  of: [Observation, ...Observation[]];
}

function runsOf(observations: readonly Observation[]): Run[] {
  const runs: Run[] = [];
  for (const observation of observations) {
    const last = runs.at(-1);
    if (last && isSameSubject(last.of[0], observation)) last.of.push(observation);
    else runs.push({ key: subjectKey(observation), of: [observation] });
  }
  return runs;
}

function placedAs(ids: ReadonlyMap<string, number>, key: string, { start, end, value, quality }: Observation): queries.Placed {
  const seriesId = ids.get(key);
  if (seriesId === undefined) throw new Error(`There is no series ${key}`);
  return { seriesId, start, end, value, quality };
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

function seriesOf(placed: queries.Placed[]): number[] {
  return [...new Set(placed.map(({ seriesId }) => seriesId))];
}

/** The hours of UTC that observations begin in. */
function hoursOf(placed: queries.Placed[]): Interval[] {
  const starts = new Set(placed.map(({ start }) => Math.floor(start.getTime() / hourMs) * hourMs));
  return [...starts].sort((a, b) => a - b).map((start) => ({ start: new Date(start), end: new Date(start + hourMs) }));
}

/** The days of a zone that observations begin in. */
function daysOf(placed: queries.Placed[], zone: string): Interval[] {
  const days = new Map<string, Interval>();
  let last: Interval | undefined;
  for (const start of [...new Set(placed.map((each) => each.start.getTime()))].sort((a, b) => a - b)) {
    if (last && start < last.end.getTime()) continue;
    last = dayOf(wallTimeAt(new Date(start), zone), zone);
    days.set(last.start.toISOString(), last);
  }
  return [...days.values()];
}
