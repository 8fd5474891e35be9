/** Lets one of several callers that want the same do the work while the others wait for it. */
export class SingleFlight {
  readonly #running = new Map<string, Promise<void>>();

  /**
   * Null for the one who waited: somebody else's work has ended, well or not. Otherwise the caller does the work and calls what it is
   * given when it has ended, whatever came of it. Throws the signal's reason when that aborts the waiting.
   */
  async enter(key: string, signal: AbortSignal): Promise<(() => void) | null> {
    const running = this.#running.get(key);
    if (running) {
      await untilAborted(running, signal);
      return null;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running.set(key, promise);
    return () => {
      this.#running.delete(key);
      resolve();
    };
  }
}

async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const gaveUp = () => reject(signal.reason as Error);
  signal.addEventListener("abort", gaveUp, { once: true });
  try {
    await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", gaveUp);
  }
}
