export interface Breaker {
  /** Whether to ask now. After a pause, one caller at a time is let through until one succeeds. */
  allows(): boolean;
  succeeded(): void;
  failed(): void;
}

/** Stops asking for `pauseMs` once `failures` attempts in a row have failed; `now` is in milliseconds. */
export function createBreaker({ failures, pauseMs, now = () => performance.now() }: { failures: number; pauseMs: number; now?: () => number }): Breaker {
  let failed = 0;
  let pausedUntil = 0;
  return {
    allows() {
      if (failed < failures) return true;
      if (now() < pausedUntil) return false;
      pausedUntil = now() + pauseMs;
      return true;
    },
    succeeded: () => void (failed = 0),
    failed() {
      failed += 1;
      if (failed >= failures) pausedUntil = now() + pauseMs;
    },
  };
}
