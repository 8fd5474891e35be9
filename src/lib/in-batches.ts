import { AsyncLocalStorage } from "node:async_hooks";

export interface Batches<Item, Result> {
  /** Items of one batch at most. */
  most: number;
  /** Does what there is to do for all of these; answers a result for each, in their order. */
  run(items: readonly Item[]): Promise<readonly Result[]>;
  /** Whether it helps, after this error of a whole batch, to try each of its items by itself. */
  triesAlone(error: unknown): boolean;
}

interface Waiting<Item, Result> {
  item: Item;
  signal: AbortSignal | undefined;
  /** Runs in the async context that the item came in. */
  within: ReturnType<typeof AsyncLocalStorage.snapshot>;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Group commit: what comes while a batch runs goes together into the next one. Nothing waits for company: the first item goes at
 * once, and one batch runs at a time. Answers a function that takes an item and answers its result. An item's failure is its own: a
 * batch that fails as a whole is tried once more in single items, side by side, where that can help; otherwise its error is each
 * item's. An item that is given up before its batch begins is left out, with the signal's reason; one given up later ends as it would
 * have. A batch runs in the async context of its first item.
 */
export function inBatches<Item, Result>({ most, run, triesAlone }: Batches<Item, Result>): (item: Item, signal?: AbortSignal) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let running = false;

  const alone = async ({ item, resolve, reject }: Waiting<Item, Result>) => {
    try {
      resolve(resultAt(await run([item]), 0));
    } catch (error) {
      reject(error);
    }
  };

  const together = async (batch: readonly Waiting<Item, Result>[]) => {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [n, { resolve }] of batch.entries()) resolve(resultAt(results, n));
    } catch (error) {
      if (batch.length > 1 && triesAlone(error)) await Promise.all(batch.map(alone));
      else for (const { reject } of batch) reject(error);
    }
  };

  const drain = async () => {
    for (let batch = next(); batch[0]; batch = next()) {
      const [first] = batch;
      await first.within(() => together(batch));
    }
    running = false;
  };

  const next = () => {
    const batch: Waiting<Item, Result>[] = [];
    let taken = 0;
    for (const each of waiting) {
      if (batch.length === most) break;
      taken += 1;
      if (each.signal?.aborted) each.reject(each.signal.reason);
      else batch.push(each);
    }
    waiting = waiting.slice(taken);
    return batch;
  };

  return (item, signal) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, signal, within: AsyncLocalStorage.snapshot(), resolve, reject });
      if (running) return;
      running = true;
      void drain();
    });
}

function resultAt<Result>(results: readonly Result[], n: number): Result {
  if (n >= results.length) throw new Error("A batch answered fewer results than it had items");
  return results[n] as Result;
}
