/** Folders that are built once for a machine, outside the repository, and never seen half-built. */
import { spawn } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { codename } from "./apt.ts";
import { onExit } from "./exit.ts";
import { findExecutable, run, say } from "./process.ts";

const lockTimeoutMs = 1_200_000;

/** Where the folder `name` is kept: a server that root starts as another account must be able to reach it. */
export function cacheRoot(name: string): string {
  if (process.getuid?.() === 0) return `/var/tmp/tieline-${name}`;
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), `tieline-${name}`);
}

/**
 * Returns the folder `name` of this release and architecture; builds it first if it is missing, incomplete or `check` throws.
 * Of several processes one builds and the others wait. `revision` changes with the recipe.
 * @throws what `build` and then `check` throw, or an Error when the folder belongs to somebody else.
 */
export async function cachedFolder(
  who: string,
  name: string,
  revision: number,
  build: (folder: string) => Promise<void>,
  check: (folder: string) => Promise<unknown>,
): Promise<string> {
  const root = cacheRoot(name);
  await mkdir(root, { recursive: true, mode: 0o755 });
  const { uid, mode } = lstatSync(root);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) throw new Error(`${root} belongs to somebody else or is writable by others: remove it`);
  // Whatever the umask: the account that a server runs as must be able to enter.
  await chmod(root, 0o755);
  const finished = join(root, `${codename()}-${process.arch}-${revision}`);
  const good = async () => isComplete(finished) && (await check(finished).then(() => true, () => false));
  if (await good()) return finished;

  const unlock = await lock(who, join(root, "lock"));
  try {
    if (await good()) return finished;
    // A killed set-up may leave a command running for a moment, so each build has a folder of its own.
    const folder = await mkdtemp(join(root, "building-"));
    const forget = onExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
    try {
      await build(folder);
      await run("chmod", ["-R", "a+rX,go-w", folder], { timeoutMs: 60_000 });
      await check(folder);
      await writeFile(join(folder, "complete"), measure(folder), { mode: 0o644 });
      await rm(finished, { recursive: true, force: true });
      await rename(folder, finished);
    } finally {
      forget();
      for (const entry of await readdir(root)) {
        if (entry.startsWith("building-")) await rm(join(root, entry), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      }
    }
    return finished;
  } finally {
    unlock();
  }
}

/** A crash or a cleaner of /var/tmp may take some of the files: their number and size is what the stamp holds. */
function isComplete(folder: string): boolean {
  const stamp = join(folder, "complete");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === measure(folder);
}

function measure(folder: string): string {
  const total = { files: 0, bytes: 0 };
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else if (path !== join(folder, "complete")) {
        total.files += 1;
        total.bytes += lstatSync(path).size;
      }
    }
  }
  return JSON.stringify(total);
}

/** Holds a lock that the kernel frees when this process dies: flock keeps it until its input ends. */
function lock(who: string, file: string): Promise<() => void> {
  const flock = findExecutable("flock");
  // Without flock two processes build twice, and the second rename wins.
  if (flock === null) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    const holder = spawn(flock, [file, "sh", "-c", "echo locked; exec cat >/dev/null"], { stdio: ["pipe", "pipe", "ignore"], detached: true });
    const forget = onExit(() => holder.kill("SIGKILL"));
    const unlock = () => {
      forget();
      holder.stdin.destroy();
      holder.stdout.destroy();
      holder.unref();
    };
    const notice = setTimeout(() => say(who, "waiting for another process that is setting it up …"), 1000);
    const timer = setTimeout(() => fail(new Error(`${who}: another process holds ${file} for ${lockTimeoutMs / 60_000} minutes`)), lockTimeoutMs);
    const settle = () => {
      clearTimeout(notice);
      clearTimeout(timer);
    };
    const fail = (error: Error) => {
      settle();
      holder.kill("SIGKILL");
      unlock();
      reject(error);
    };
    holder.once("error", fail);
    holder.once("exit", (code) => fail(new Error(`${who}: flock ${file} failed (${code})`)));
    holder.stdout.once("data", () => {
      settle();
      holder.removeAllListeners("exit");
      resolve(unlock);
    });
  });
}
