import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { merge } from "./merge.ts";

const unhandled: unknown[] = [];
const onUnhandled = (error: unknown) => void unhandled.push(error);
beforeEach(() => void process.on("unhandledRejection", onUnhandled));
afterEach(async () => {
  await new Promise((done) => setTimeout(done, 5));
  process.off("unhandledRejection", onUnhandled);
  expect(unhandled.splice(0)).toEqual([]);
});

/** Yields `values`, each after `ms`, and counts in `log` how many run, which were closed, and how. */
function counted(log: { running: number; most: number; closed: string[] }, name: string, values: string[], ms: number, fail = false) {
  return async function* (signal: AbortSignal): AsyncGenerator<string, void> {
    log.running += 1;
    log.most = Math.max(log.most, log.running);
    try {
      for (const value of values) {
        await sleep(ms, signal);
        yield value;
      }
      if (fail) throw new Error(`${name} failed`);
    } finally {
      log.running -= 1;
      log.closed.push(name);
    }
  };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
}

const newLog = () => ({ running: 0, most: 0, closed: [] as string[] });

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

describe("merge", () => {
  test("yields what comes first, first", async () => {
    const log = newLog();
    const values = await collect(merge([counted(log, "slow", ["s"], 40), counted(log, "fast", ["f", "g"], 5)], 4));
    expect(values).toEqual(["f", "g", "s"]);
    expect(log.closed).toEqual(["fast", "slow"]);
  });

  test("runs no more at a time than it may, and all in the end", async () => {
    const log = newLog();
    const sources = Array.from({ length: 9 }, (_, n) => counted(log, String(n), [`${n}`], 3));
    expect((await collect(merge(sources, 4))).sort()).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8"]);
    expect(log.most).toBe(4);
  });

  test("yields nothing of nothing", async () => {
    expect(await collect(merge([], 4))).toEqual([]);
  });

  test("throws what one throws, and closes the others first", async () => {
    const log = newLog();
    const sources = [counted(log, "hangs", ["never"], 60_000), counted(log, "breaks", ["b"], 1, true), counted(log, "hangs too", ["never"], 60_000)];
    await expect(collect(merge(sources, 4))).rejects.toThrow("breaks failed");
    expect([log.running, [...log.closed].sort()]).toEqual([0, ["breaks", "hangs", "hangs too"]]);
  });

  test("closes all when its reader leaves, also those that wait", async () => {
    const log = newLog();
    for await (const value of merge([counted(log, "hangs", ["never"], 60_000), counted(log, "endless", Array<string>(1_000).fill("e"), 0)], 2)) {
      expect(value).toBe("e");
      break;
    }
    expect([log.running, [...log.closed].sort()]).toEqual([0, ["endless", "hangs"]]);
  });

  test("starts none that its reader didn't wait for", async () => {
    const log = newLog();
    const sources = Array.from({ length: 5 }, (_, n) => counted(log, String(n), ["x"], 1));
    for await (const _ of merge(sources, 1)) break;
    expect(log.closed).toEqual(["0"]);
  });

  test("swallows what fails while it closes", async () => {
    const log = newLog();
    const both = merge([counted(log, "first", ["a", "b"], 1), counted(log, "fails", ["x"], 10, true)], 2);
    expect(await both.next()).toEqual({ done: false, value: "a" });
    await new Promise((done) => setTimeout(done, 30));
    await both.return();
    expect(log.running).toBe(0);
  });
});
