import { AppError } from "#lib/errors.ts";
import { encodeCursor } from "#lib/cursor.ts";
import { processWide } from "#lib/process-wide.ts";
import { anonymous, type Principal } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { sourceState } from "#domains/grid/health/source-notes.ts";
import { listSourceStates } from "#domains/grid/health/source-queries.ts";
import { sourceSays } from "#domains/grid/health/source-words.ts";
import { findSource } from "#domains/grid/sources/registry.ts";
import * as queries from "./stream-queries.ts";
import type { StreamHistory, StreamHistoryQuery, StreamStatus, StreamValue, StreamView } from "./stream-schema.ts";
import { belongsTo, findStream, streams, type Stream } from "./streams.ts";

/** How long everybody's view of the streams holds: they change every few minutes. */
const freshMs = 2_000;
const manifest = processWide<{ views: Promise<StreamView[]> | null; until: number }>("grid-stream-manifest", () => ({ views: null, until: 0 }));

/** Every stream and how it does, read once every few seconds however many ask. */
export function listStreams(): Promise<StreamView[]> {
  if (manifest.views === null || manifest.until < Date.now()) {
    const views = db.as(anonymous, viewsOf);
    manifest.views = views;
    manifest.until = Date.now() + freshMs;
    views.catch(() => manifest.views === views && (manifest.views = null));
  }
  return manifest.views;
}

/** Forgets what was read: to be called when a source is switched. */
export function forgetStreams(): void {
  manifest.views = null;
}

/** How these streams do, in the words of their manifest. */
export async function statusOf(keys: ReadonlySet<string>): Promise<StreamStatus[]> {
  return (await listStreams()).filter(({ key }) => keys.has(key)).map(({ key, state, enabled, says }) => ({ stream: key, state, enabled, says }));
}

/** The stream with this key. Throws NOT_FOUND. */
export function getStream(key: string): Stream {
  const stream = findStream(key);
  if (!stream) throw new AppError("NOT_FOUND", { detail: `There is no stream ${JSON.stringify(key.slice(0, 60))}. GET /api/streams lists them.` });
  return stream;
}

async function viewsOf(tx: Tx): Promise<StreamView[]> {
  const now = new Date();
  const states = new Map((await listSourceStates(tx)).map((state) => [state.source, state]));
  const series = await queries.listSeriesOf(tx, [...new Set(streams.map(({ source }) => source))], [...new Set(streams.flatMap(({ metrics }) => metrics))]);
  const newest = new Map((await queries.listNewestIntervals(tx, series.filter((each) => streams.some((stream) => belongsTo(stream, each))).map(({ id }) => id))).map((row) => [row.seriesId, row]));
  return streams.map((stream): StreamView => {
    const { key, title, region, source: id, metrics, dimension, unit, cadenceMinutes } = stream;
    const source = findSource(id);
    if (!source) throw new Error(`The stream ${key} is of ${id}, which is no source`);
    const state = states.get(id) ?? null;
    const last = series.filter((each) => belongsTo(stream, each)).flatMap((each) => newest.get(each.id) ?? [])
      .reduce<queries.NewestInterval | null>((best, each) => (best && best.end >= each.end ? best : each), null);
    return {
      key, title, region, source: id, metrics: [...metrics], dimension, unit, cadenceMinutes,
      enabled: state?.enabled ?? false, state: sourceState(source, state, now), says: sourceSays(source, state, now),
      newest: last && { start: last.start.toISOString(), end: last.end.toISOString() },
      links: { events: `/api/streams/${key}`, history: `/api/streams/${key}/history` },
    };
  });
}

/** A page of a stream's past, the newest first. Throws NOT_FOUND. */
export function readHistory(principal: Principal, key: string, { from, to, limit, cursor }: StreamHistoryQuery): Promise<StreamHistory> {
  const stream = getStream(key);
  return db.as(principal, async (tx) => {
    const series = new Map((await queries.listSeriesOf(tx, [stream.source], [...stream.metrics])).filter((each) => belongsTo(stream, each)).map((each) => [each.id, each]));
    const range = { from: from ?? new Date(0), to: to ?? new Date(Date.UTC(2101, 0, 1)), after: cursor ? { start: new Date(cursor[0]), seriesId: Number(cursor[1]) } : null };
    const rows = await queries.listPast(tx, [...series.keys()], { ...range, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const values = shown.flatMap(({ seriesId, start, end, value, quality, knownAt }) => {
      const line = series.get(seriesId);
      return line ? [{ ...valueOf({ ...line, stream: key, start, end, value, quality }), knownAt: knownAt.toISOString() }] : [];
    });
    return { stream: key, values, nextCursor: rows.length > limit && last ? encodeCursor(last.start.toISOString(), String(last.seriesId)) : null };
  });
}

/** A value as streams and their histories show it. */
export function valueOf({ stream, source, region, metric, fuel, item, unit, start, end, value, quality }: Omit<queries.StreamEventRow, "id" | "revision">): StreamValue {
  return { stream, source, region, metric, fuel, item, unit, start: start.toISOString(), end: end.toISOString(), value, quality };
}
