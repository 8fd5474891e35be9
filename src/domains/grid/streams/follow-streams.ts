import { AppError } from "#lib/errors.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { stopping } from "#platform/process/shutdown.ts";
import { streamHub, type Subscriber } from "./stream-hub.ts";
import { getStream, statusOf, valueOf } from "./stream-manifest.ts";
import { findPlaces, listNewsOf, type StreamEventRow } from "./stream-queries.ts";
import type { StreamObservation, StreamStatus, streamEvents } from "./stream-schema.ts";
import { takeSeat } from "./stream-seats.ts";
import type { z } from "zod";

export interface Following {
  keys: readonly string[];
  /** The last event that the reader has, as it says; null when it begins. What is no event's id is answered with a reset. */
  after: string | null;
  /** What connections are counted by. */
  network: string;
  /** Aborts when the reader has left. */
  signal: AbortSignal;
}

export type Followed =
  | { event: "observation"; id: string; data: StreamObservation }
  | { event: "status"; id: string; data: StreamStatus }
  | { event: "reset"; id: string; data: z.infer<(typeof streamEvents)["reset"]> };

/** How often it is looked at whether a source's state has changed. */
const statusMs = 15_000;
const backlogPage = 500;

/**
 * What streams tell, from an event on or from now on, without a gap and nothing twice: first how each stream's source
 * does, then what was told meanwhile, then what comes, until the reader leaves or the process stops. Throws NOT_FOUND for a
 * stream that there isn't, RATE_LIMITED and UPSTREAM_UNAVAILABLE where there is no place for another reader, and
 * RATE_LIMITED to one that reads more slowly than it is told.
 */
export async function* followStreams({ keys: list, after, network, signal }: Following): AsyncGenerator<Followed, void, undefined> {
  const keys = new Set(list.map((key) => getStream(key).key));
  const giveBack = takeSeat(network);
  const subscriber = await streamHub().join(keys).catch((error: unknown) => {
    giveBack();
    throw error;
  });
  const ends = AbortSignal.any([signal, stopping()]);
  try {
    const begun = await beginning(subscriber, after);
    let place = begun.place;
    const said = new Map<string, string>();
    const changedStatus = async function* (): AsyncGenerator<Followed> {
      for (const status of await statusOf(keys)) {
        const text = JSON.stringify(status);
        if (said.get(status.stream) === text) continue;
        said.set(status.stream, text);
        yield { event: "status", id: String(place), data: status };
      }
    };
    yield* changedStatus();
    for (const stream of begun.lost) {
      yield { event: "reset", id: String(place), data: { stream, says: "What this stream told since your last visit isn't kept any more. Read its history, then go on with what follows.", history: `/api/streams/${stream}/history` } };
    }
    for await (const row of missed(subscriber, place)) {
      place = row.id;
      yield told(row);
    }
    place = Math.max(place, subscriber.from);
    let statusAt = Date.now() + statusMs;
    while (!ends.aborted) {
      await somethingNew(subscriber, ends, statusAt - Date.now());
      if (subscriber.dropped) throw new AppError("RATE_LIMITED", { detail: "You read more slowly than this stream tells. Connect again: with Last-Event-ID it goes on where you are.", retryAfterSeconds: 1 });
      for (let row = subscriber.queue.shift(); row && !ends.aborted; row = subscriber.queue.shift()) {
        // Another process, which the reader comes from, may have been ahead of this one.
        if (row.id <= place) continue;
        place = row.id;
        yield told(row);
      }
      if (Date.now() < statusAt || ends.aborted) continue;
      statusAt = Date.now() + statusMs;
      yield* changedStatus();
    }
  } finally {
    streamHub().leave(subscriber);
    giveBack();
  }
}

/** Where a reader goes on, and of which streams something in between is lost. */
async function beginning({ keys, from }: Subscriber, after: string | null): Promise<{ place: number; lost: string[] }> {
  if (after === null || after === "") return { place: from, lost: [] };
  const last = /^\d{1,15}$/.test(after) ? Number(after) : Infinity;
  if (last <= from && streamHub().recent(keys, last, from) !== null) return { place: last, lost: [] };
  const { newest, purged } = await db.as(anonymous, findPlaces);
  // An id that no event has had yet is another database's.
  const lost = [...keys].filter((key) => last > newest || last < (purged.get(key) ?? 0));
  return { place: lost.length === 0 ? last : lost.length === keys.size ? from : Math.min(last, from), lost };
}

/** What was told after an event and before the reader came. */
async function* missed({ keys, from }: Subscriber, after: number): AsyncGenerator<StreamEventRow> {
  const recent = streamHub().recent(keys, after, from);
  if (recent) return yield* recent;
  for (let place = after; place < from;) {
    const rows = await db.as(anonymous, (tx) => listNewsOf(tx, [...keys], { after: place, through: from, limit: backlogPage }));
    yield* rows;
    place = rows.length < backlogPage ? from : (rows.at(-1)?.id ?? from);
  }
}

/** Of each row once, for all its readers: what comes after then checks and writes it out once too. */
const tellings = new WeakMap<StreamEventRow, Followed>();

function told(row: StreamEventRow): Followed {
  const known = tellings.get(row);
  if (known) return known;
  const followed: Followed = { event: "observation", id: String(row.id), data: { ...valueOf(row), revision: row.revision } };
  tellings.set(row, followed);
  return followed;
}

/** Waits until something is in the queue, the end, or `mostMs` have passed. */
function somethingNew(subscriber: Subscriber, ends: AbortSignal, mostMs: number): Promise<void> {
  if (subscriber.queue.length > 0 || subscriber.dropped || ends.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      ends.removeEventListener("abort", done);
      subscriber.wake = () => undefined;
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, mostMs));
    timer.unref();
    ends.addEventListener("abort", done, { once: true });
    subscriber.wake = done;
  });
}
