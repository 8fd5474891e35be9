/** Child processes that cannot outlive this one, bounded waits, free ports and temporary folders. */
import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, closeSync, constants, openSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onExit } from "./exit.ts";

/** The account a server runs as; null stands for the account of this process. */
export type User = { uid: number; gid: number } | null;

export interface RunOptions {
  timeoutMs: number;
  env?: Record<string, string>;
  cwd?: string;
  user?: User;
  /** Output goes to this file, and only the command itself is ended, by SIGTERM: its children finish what they write. */
  gentleLog?: string;
}

export interface ServerProcess {
  readonly pid: number;
  running(): boolean;
  /** The end of what the server printed. */
  log(): string;
  /** Sends the signal, SIGKILL after 10 s, and returns when the process is gone. */
  stop(signal: NodeJS.Signals): Promise<void>;
  /** Ends it and its children as kill -9 does; on Linux. */
  killAll(): Promise<void>;
}

/** Prints a progress line to stderr. */
export function say(who: string, message: string): void {
  process.stderr.write(`${who}: ${message}\n`);
}

/** The full path of an executable in `folders` or, after those, on PATH; null when there is none. */
export function findExecutable(name: string, folders: string[] = []): string | null {
  for (const folder of [...folders, ...(process.env["PATH"] ?? "").split(delimiter), "/usr/local/sbin", "/usr/sbin"]) {
    if (folder === "") continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // Not here.
    }
  }
  return null;
}

/** Servers that refuse to run as root run as `postgres`, or as `nobody`; null when this process is not root. */
export function serverUser(): User {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync("/etc/passwd", "utf8").split("\n").map((line) => line.split(":"));
  const account = accounts.find(([name]) => name === "postgres") ?? accounts.find(([name]) => name === "nobody");
  return { uid: Number(account?.[2] ?? 65534), gid: Number(account?.[3] ?? 65534) };
}

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("No free port"))));
    });
  });
}

/**
 * Repeats `attempt` until it returns something other than null.
 * @throws what `attempt` throws, or an Error that names `what` when `timeoutMs` have passed.
 */
export async function waitFor<T>(what: string, timeoutMs: number, attempt: () => Promise<T | null> | T | null): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await attempt();
    if (value !== null) return value;
    if (Date.now() >= deadline) throw new Error(`${what}: still waiting after ${timeoutMs / 1000} s`);
    await sleep(25);
  }
}

/**
 * Runs a command to its end and returns its stdout.
 * @throws Error with the end of its output when it fails or takes longer than `timeoutMs`.
 */
export function run(command: string, args: string[], options: RunOptions): Promise<string> {
  const { gentleLog, timeoutMs } = options;
  const output = gentleLog === undefined ? "pipe" : openSync(gentleLog, "w");
  return new Promise((resolve, reject) => {
    const child = start(command, args, options, gentleLog === undefined ? "SIGKILL" : "SIGTERM", ["ignore", output, output]);
    if (typeof output === "number") closeSync(output);
    let stdout = "";
    let all = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      all = (all + text).slice(-4000);
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (all = (all + text).slice(-4000)));
    const kill = () => (gentleLog === undefined ? signalGroup(child, "SIGKILL") : child.kill("SIGTERM"));
    const forget = onExit(kill);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      kill();
      // A descendant in a group of its own may hold the pipes open for ever.
      setTimeout(() => finish(null), 5000).unref();
    }, timeoutMs);
    const finish = (problem: string | null, code?: number | null) => {
      clearTimeout(timer);
      forget();
      child.stdout?.destroy();
      child.stderr?.destroy();
      if (code === 0 && !late) return resolve(stdout);
      const reason = problem ?? (late ? `took longer than ${timeoutMs / 1000} s` : `failed (${code ?? child.signalCode})`);
      const printed = gentleLog === undefined ? all : readFileSync(gentleLog, "utf8").slice(-4000);
      reject(new Error(`${command} ${args.join(" ")}: ${reason}\n${printed.trim()}`));
    };
    child.once("error", (error) => finish(error.message));
    child.once("close", (code) => finish(null, code));
  });
}

/**
 * Starts a server whose output goes to `log`. It ends with this process however that ends
 * (after kill -9 on Linux only), and with the worker thread if it was started in one.
 * @throws Error when the command cannot be started.
 */
export function startServer(
  command: string,
  args: string[],
  options: { log: string; env?: Record<string, string>; cwd: string; user: User; killSignal: NodeJS.Signals },
): ServerProcess {
  const output = openSync(options.log, "a");
  const child = start(command, args, options, options.killSignal, ["ignore", output, output]);
  closeSync(output);
  let failure: Error | null = null;
  child.once("error", (error) => (failure = error));
  child.unref();
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${command}: cannot be started`);
  const running = () => failure === null && child.exitCode === null && child.signalCode === null;
  const forget = onExit(() => {
    if (!running()) return;
    signalGroup(child, options.killSignal);
    waitUntilDead(pid, 2000);
  });
  const stop = async (signal: NodeJS.Signals) => {
    if (running()) child.kill(signal);
    try {
      await gone(10_000);
    } catch {
      signalGroup(child, "SIGKILL");
      await gone(10_000);
    }
    forget();
  };
  const gone = (timeoutMs: number) => waitFor(`end of ${command}`, timeoutMs, () => (running() ? null : true));
  return {
    pid,
    running,
    log: () => readFileSync(options.log, "utf8").slice(-4000).trim(),
    stop,
    async killAll() {
      const children = childrenOf(pid);
      await stop("SIGKILL");
      for (const each of children) kill(each, "SIGKILL");
    },
  };
}

/**
 * Starts a server on a free port and waits until it is ready, on another port if that one was taken meanwhile.
 * @throws Error with the server's log when it ends early or is not ready within `timeoutMs`.
 */
export async function startOnFreePort(
  name: string,
  timeoutMs: number,
  launch: (port: number) => ServerProcess,
  ready: (port: number, server: ServerProcess) => Promise<boolean>,
  pick: () => number | Promise<number> = freePort,
): Promise<{ server: ServerProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await pick();
    const server = launch(port);
    try {
      await waitReady(name, timeoutMs, server, () => ready(port, server));
      return { server, port };
    } catch (error) {
      await server.stop("SIGKILL");
      if (attempt === 3 || !/address already in use/i.test(server.log())) throw error;
    }
  }
}

/**
 * Waits until `ready` says true.
 * @throws Error with the server's log when it ends early or is not ready within `timeoutMs`.
 */
export async function waitReady(name: string, timeoutMs: number, server: ServerProcess, ready: () => Promise<boolean>): Promise<void> {
  const problem = await waitFor(name, timeoutMs, async () => {
    if (!server.running()) return "ended at once";
    return (await ready()) ? "" : null;
  }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (problem !== "") throw new Error(`${name}: ${problem}\n${server.log()}`);
}

type Stdio = ["ignore", "pipe" | number, "pipe" | number];

function start(
  command: string,
  args: string[],
  options: { env?: Record<string, string>; cwd?: string; user?: User },
  deathSignal: NodeJS.Signals,
  stdio: Stdio,
): ChildProcess {
  const setpriv = process.platform === "linux" ? findExecutable("setpriv") : null;
  // The kernel sends this signal even when this process is killed with SIGKILL and no handler runs.
  const wrapped = setpriv === null ? [command, ...args] : [setpriv, "--pdeathsig", deathSignal.slice(3), "--", command, ...args];
  return spawn(wrapped[0] ?? command, wrapped.slice(1), {
    env: { ...process.env, ...options.env },
    stdio,
    // A group of its own: Ctrl-C reaches this process alone, and a command dies with its children.
    detached: true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.user ?? {}),
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined) kill(-child.pid, signal);
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

/** Processes that this one has started, by the kernel's own list. */
function childrenOf(pid: number): number[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((each) => parentOf(each) === pid);
}

function parentOf(pid: number): number | null {
  try {
    return Number(/\) \w (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
  } catch {
    return null;
  }
}

/** Blocks, because nothing asynchronous runs any more while a process exits. */
function waitUntilDead(pid: number, timeoutMs: number): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; Atomics.wait(pause, 0, 0, 5)) {
    try {
      if (/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) return;
    } catch {
      return;
    }
  }
}
