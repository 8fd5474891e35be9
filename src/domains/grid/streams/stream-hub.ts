import { newId } from "#lib/ids.ts";
import { processWide } from "#lib/process-wide.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { log } from "#platform/observability/log.ts";
import { withRequestContext } from "#platform/observability/request-context.ts";
import { findPlaces, listNews, type StreamEventRow } from "./stream-queries.ts";

export const pollMs = 1_000;
const rowsAPoll = 1_000;
/** Events that wait for one reader at most; one that is further behind is let go, and goes on when it comes back. */
const queueAtMost = 1_000;
/** Events kept for readers who come back soon, so that many at once cost no statement. */
const keptAtMost = 5_000;

/** One reader of some streams. */
export interface Subscriber {
  keys: ReadonlySet<string>;
  /** What was told after this event comes into `queue`. */
  from: number;
  queue: StreamEventRow[];
  /** True once it was too slow: nothing comes any more. */
  dropped: boolean;
  /** Called when there is something in `queue`, or it was dropped. */
  wake: () => void;
}

/**
 * What streams tell, read once a second for all readers of this process, whatever their number, and not at all without
 * one.
 */
class StreamHub {
  readonly #subscribers = new Set<Subscriber>();
  #recent: StreamEventRow[] = [];
  /** Every event after this one and up to #position is in #recent. */
  #recentFrom = 0;
  /** The newest event seen; null while nobody reads. */
  #position: number | null = null;
  #starting: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #failing = false;
  /** How often the database was asked. */
  polls = 0;

  /** Lets a reader in: it gets what is told from now on. Throws when the database can't be reached. */
  async join(keys: ReadonlySet<string>): Promise<Subscriber> {
    // The last reader may leave, and stop the reading, while this one waits for its beginning.
    while (this.#position === null) await this.#start();
    const subscriber: Subscriber = { keys, from: this.#position, queue: [], dropped: false, wake: () => undefined };
    this.#subscribers.add(subscriber);
    return subscriber;
  }

  leave(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    subscriber.queue = [];
    if (this.#subscribers.size === 0) this.#stop();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#position = null;
    this.#recent = [];
  }

  get readers(): number {
    return this.#subscribers.size;
  }

  /** Events of these streams after one and up to another, out of memory; null when it doesn't reach back that far. */
  recent(keys: ReadonlySet<string>, after: number, through: number): StreamEventRow[] | null {
    if (after < this.#recentFrom) return null;
    return this.#recent.filter(({ id, stream }) => id > after && id <= through && keys.has(stream));
  }

  async #start(): Promise<void> {
    this.#starting ??= db.as(anonymous, findPlaces).then(({ newest }) => {
      this.#position = this.#recentFrom = newest;
      this.#next(pollMs);
    });
    await this.#starting.finally(() => (this.#starting = null));
  }

  #next(afterMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#poll(), afterMs).unref();
  }

  async #poll(): Promise<void> {
    const after = this.#position;
    if (after === null) return;
    if (this.#subscribers.size === 0) return this.#stop();
    let rows: StreamEventRow[] = [];
    this.polls += 1;
    try {
      const context = { requestId: newId(), traceId: "", statements: 0, unitsOfWork: 0, fields: {} };
      rows = await withRequestContext(context, () => db.as(anonymous, (tx) => listNews(tx, after, rowsAPoll)));
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) log().warn({ err: error }, "streams can't be read; tried again every second");
      this.#failing = true;
    }
    // Everybody may have left meanwhile, and somebody else come.
    if (this.#position !== after) return;
    for (const row of rows) this.#tell(row);
    if (this.#recent.length > keptAtMost) {
      const gone = this.#recent.splice(0, this.#recent.length - keptAtMost);
      this.#recentFrom = gone.at(-1)?.id ?? this.#recentFrom;
    }
    for (const { queue, wake } of this.#subscribers) if (queue.length > 0) wake();
    this.#next(rows.length === rowsAPoll ? 0 : pollMs);
  }

  #tell(row: StreamEventRow): void {
    this.#position = row.id;
    this.#recent.push(row);
    for (const subscriber of this.#subscribers) {
      if (!subscriber.keys.has(row.stream)) continue;
      if (subscriber.queue.length < queueAtMost) subscriber.queue.push(row);
      else this.#drop(subscriber);
    }
  }

  #drop(subscriber: Subscriber): void {
    subscriber.dropped = true;
    subscriber.queue = [];
    this.#subscribers.delete(subscriber);
    subscriber.wake();
  }
}

/** The process's hub. */
export function streamHub(): StreamHub {
  return processWide("grid-streams", () => new StreamHub());
}
