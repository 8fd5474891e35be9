import { formatWait } from "#lib/format-time.ts";
import type { Problem } from "#lib/problem.ts";

/** When to try again, where the server said. */
export function RetryTime({ problem: { retryAfterSeconds } }: { problem: Problem }) {
  if (retryAfterSeconds === undefined) return null;
  return <p className="mt-1 text-13 text-muted">It can be tried again in {formatWait(retryAfterSeconds)}.</p>;
}
