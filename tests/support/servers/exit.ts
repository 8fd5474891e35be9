/** What must happen when this process ends, by itself or by a signal; and temporary folders, which are removed then. */
import { chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const cleanups = new Set<() => void>();
let installed = false;

/** Calls `cleanup`, newest first, when this process exits or is interrupted; returns a function that takes it back. */
export function onExit(cleanup: () => void): () => void {
  if (!installed) {
    installed = true;
    process.on("exit", cleanUp);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => leave(signal));
  }
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/**
 * Makes an empty folder that `owner` (null: this process) owns; removed by `remove`, and at exit.
 * Folders of the same name that a killed process left behind are removed on the way.
 */
export function temporaryFolder(name: string, owner: { uid: number; gid: number } | null): { path: string; remove(): Promise<void> } {
  // An account other than root's has to reach it, which TMPDIR does not promise.
  const parent = owner === null ? tmpdir() : "/tmp";
  const prefix = `tieline-${name}-`;
  for (const entry of readdirSync(parent)) {
    const pid = entry.startsWith(prefix) ? Number(/^(\d+)-\w{6}$/.exec(entry.slice(prefix.length))?.[1] ?? 0) : 0;
    if (pid > 0 && !isAlive(pid)) attempt(() => removeNow(join(parent, entry)));
  }
  const path = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
  if (owner !== null) chownSync(path, owner.uid, owner.gid);
  const forget = onExit(() => removeNow(path));
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
      forget();
    },
  };
}

function cleanUp(): void {
  for (const cleanup of [...cleanups].reverse()) attempt(cleanup);
  cleanups.clear();
}

function leave(signal: NodeJS.Signals): void {
  cleanUp();
  if (process.listenerCount(signal) === 0) {
    process.kill(process.pid, signal);
    return;
  }
  // A test runner listens too and ends the process in its own time; this is the bound on that.
  setTimeout(() => process.exit(1), 10_000).unref();
}

/** One that fails must not keep the others from running. */
function attempt(cleanup: () => void): void {
  try {
    cleanup();
  } catch {
    // Nobody is left to hear of it.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** May throw: a folder may be another account's, or still be written to by a dying server; the next run removes it then. */
function removeNow(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
