import { createHash } from "node:crypto";

/** What a store of counts must be able to do: @upstash/redis's client does, and that of redis-store.ts. */
export interface ScriptStore {
  /** Throws when there is no answer in time, and an error whose text holds NOSCRIPT when the server doesn't know the script. */
  evalsha(sha: string, keys: string[], args: string[]): Promise<unknown>;
  eval(script: string, keys: string[], args: string[]): Promise<unknown>;
}

/** What one decision counts: `cost` units of `key`, if no more than `limit` in `windowMs` then. */
export interface Count {
  key: string;
  limit: number;
  windowMs: number;
  cost: number;
}

/** What was counted before, in the window of `now` (epoch milliseconds of the store) and in the one before it. */
export interface Counted {
  current: number;
  previous: number;
  now: number;
}

/**
 * Decides and counts, one key after the other, by the store's own clock (or a given one), so that processes whose clocks differ
 * keep one limit. A key holds the window's number, its count, and that of the one before.
 */
const script = `
local now = tonumber(ARGV[1])
if now == 0 then
  local time = redis.call("TIME")
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local answer = {now}
for n = 1, #KEYS do
  local limit, span, cost = tonumber(ARGV[3 * n - 1]), tonumber(ARGV[3 * n]), tonumber(ARGV[3 * n + 1])
  local window = math.floor(now / span)
  local at, current, previous = window, 0, 0
  local w, c, p = string.match(redis.call("GET", KEYS[n]) or "", "(%d+) (%d+) (%d+)")
  if w then
    w = tonumber(w)
    if w == window - 1 then
      previous = tonumber(c)
    elseif w >= window then
      at, current, previous = w, tonumber(c), tonumber(p)
    end
  end
  local used = current
  if previous > 0 then
    used = used + math.floor((span - (now - window * span)) * previous / span)
  end
  if cost > 0 and used + cost <= limit then
    redis.call("SET", KEYS[n], string.format("%d %d %d", at, current + cost, previous), "PX", span * 2)
  end
  answer[2 * n], answer[2 * n + 1] = current, previous
end
return answer`;
const sha = createHash("sha1").update(script).digest("hex");

/** How many decisions one script takes at most: a store does nothing else meanwhile. */
const mostAtOnce = 128;

interface Waiting extends Count {
  resolve(counted: Counted): void;
  reject(error: unknown): void;
}

/** Counts in a store that processes share: what is to be decided at one moment is one round trip and one script. */
export class ScriptCounts {
  readonly #store: ScriptStore;
  readonly #now: () => number;
  #waiting: Waiting[] = [];

  /** `now` gives epoch milliseconds, 0 for the store's own clock. */
  constructor(store: ScriptStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Counts if it is allowed. Throws when the store refuses or gives no answer in time: nothing is known of the count then. */
  count(count: Count): Promise<Counted> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ ...count, resolve, reject }) === 1) setImmediate(() => this.#send());
    });
  }

  #send(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let from = 0; from < waiting.length; from += mostAtOnce) void this.#decide(waiting.slice(from, from + mostAtOnce));
  }

  async #decide(batch: Waiting[]): Promise<void> {
    const [keys, args] = [batch.map(({ key }) => key), [String(this.#now())]];
    for (const { limit, windowMs, cost } of batch) args.push(String(limit), String(windowMs), String(cost));
    try {
      const [now = NaN, ...counts] = numbers(await this.#run(keys, args), 2 * batch.length + 1);
      for (const [n, { resolve }] of batch.entries()) resolve({ now, current: counts[2 * n] ?? NaN, previous: counts[2 * n + 1] ?? NaN });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async #run(keys: string[], args: string[]): Promise<unknown> {
    try {
      return await this.#store.evalsha(sha, keys, args);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes("NOSCRIPT")) throw error;
      return this.#store.eval(script, keys, args);
    }
  }
}

function numbers(answer: unknown, length: number): number[] {
  const read = Array.isArray(answer) ? answer.map(Number) : [];
  if (read.length !== length || !read.every(Number.isFinite)) throw new Error("The store of rate limits gave an answer that isn't one");
  return read;
}
