import { processWide } from "#lib/process-wide.ts";

interface Shutdown {
  /** True in a process that stays: it owns the database's lifetime and runs background work. */
  isServer: boolean;
  steps: (() => Promise<void>)[];
  stopping: AbortController;
}

const shutdown = processWide<Shutdown>("shutdown", () => ({ isServer: false, steps: [], stopping: new AbortController() }));

/** Says that this process is the server entry: background work may be started in it. */
export function becomeServer(): void {
  shutdown.isServer = true;
}

/** Whether the process stays and will run its shutdown steps; not so in a serverless function or while building. */
export function isServerProcess(): boolean {
  return shutdown.isServer;
}

/** Says that the process was told to stop: what would go on for long ends now. */
export function beginShutdown(): void {
  shutdown.stopping.abort();
}

/** Aborts when the process is told to stop, before open requests and jobs are waited for. */
export function stopping(): AbortSignal {
  return shutdown.stopping.signal;
}

/** Adds something to finish before the database closes, once no request is open any more. */
export function onShutdown(step: () => Promise<void>): void {
  shutdown.steps.push(step);
}

/** Runs the steps, newest first; answers the errors of those that failed. */
export async function runShutdown(): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (let step = shutdown.steps.pop(); step; step = shutdown.steps.pop()) {
    await step().catch((error: unknown) => failures.push(error));
  }
  return failures;
}
