type Settled<T> = { source: AsyncGenerator<T, void>; step: IteratorResult<T, void> } | { source: AsyncGenerator<T, void>; error: unknown };

/**
 * What several generators yield, in the order in which it comes, at most `parallel` of them running at a time. Each is
 * asked for its next value once the last one was taken. Throws what the first of them throws. However it ends, the signal
 * that each was started with aborts, and each has been closed by then.
 */
export async function* merge<T>(sources: ((signal: AbortSignal) => AsyncGenerator<T, void>)[], parallel: number): AsyncGenerator<T, void> {
  const stop = new AbortController();
  const waiting = [...sources];
  const running = new Set<AsyncGenerator<T, void>>();
  const settled: Settled<T>[] = [];
  let wake = Promise.withResolvers<void>();
  const advance = (source: AsyncGenerator<T, void>) => {
    const settle = (outcome: Settled<T>) => {
      settled.push(outcome);
      wake.resolve();
    };
    source.next().then((step) => settle({ source, step }), (error: unknown) => settle({ source, error }));
  };
  const start = () => {
    for (let next = waiting.shift(); next; next = running.size < parallel ? waiting.shift() : undefined) {
      const source = next(stop.signal);
      running.add(source);
      advance(source);
    }
  };
  try {
    start();
    while (running.size > 0) {
      await wake.promise;
      wake = Promise.withResolvers<void>();
      for (let outcome = settled.shift(); outcome; outcome = settled.shift()) {
        if ("error" in outcome) throw outcome.error;
        const { source, step } = outcome;
        if (step.done) {
          running.delete(source);
          start();
        } else {
          yield step.value;
          advance(source);
        }
      }
    }
  } finally {
    stop.abort();
    await Promise.allSettled([...running].map((source) => source.return()));
  }
}
