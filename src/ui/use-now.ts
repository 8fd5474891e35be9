import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const stepMs = 15_000;
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const listener of listeners) listener();
  }, stepMs);
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time in milliseconds, four times a minute anew; null on the server and until the page has come alive. */
export function useNow(): number | null {
  return useSyncExternalStore(subscribe, () => (timer === undefined ? (now = Math.max(now, Date.now() - stepMs)) : now), () => null);
}
