/** Servers under measurement: started as in production, with their output in a file, which costs the measuring process nothing. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, startServer, type ServerProcess } from "../support/servers/process.ts";

export interface Served {
  url: string;
  /** Milliseconds from spawning it to the first 200 of `/`, read to its end. */
  firstPageMs: number;
  /** Asks it to stop, and ends whatever is left of it. */
  end(): Promise<void>;
}

/** What is started: arguments for Node, where, and with which variables. PORT is added. */
export interface Start {
  args: string[];
  cwd: string;
  /** Folder for its output. */
  logs: string;
  env?: Record<string, string>;
}

const pollMs = 5;
const startTimeoutMs = 60_000;

/** How the built product is started, on this DATA_DIR, without a model, an external database or limits in the way. */
export function product(dataDir: string, logs: string): Start {
  const roomy = { RATE_LIMIT_PER_MINUTE: "100000000", RATE_LIMIT_LLM_PER_MINUTE: "100000000" };
  const none = { OPENAI_API_KEY: "", DATABASE_URL: "", SUPABASE_URL: "", SUPABASE_PUBLISHABLE_KEY: "" };
  const env = { ...none, ...roomy, HOST: "127.0.0.1", LOG_LEVEL: "info", GRID_INGEST: "off", DATA_DIR: dataDir };
  return { args: ["src/server.ts"], cwd: process.cwd(), logs, env };
}

/** Starts it on a free port. Throws with the end of its output when `/` isn't answered with 200 within a minute. */
export async function serve({ args, cwd, logs, env = {} }: Start): Promise<Served> {
  const port = await freePort();
  const started = performance.now();
  const server = startServer(process.execPath, args, {
    cwd,
    env: { ...env, PORT: String(port), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    log: join(logs, `${port}.log`),
    user: null,
    killSignal: "SIGKILL",
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilOk(server, startTimeoutMs, () => fetch(url));
    return { url, firstPageMs: performance.now() - started, end: () => endGroup(server) };
  } catch (error) {
    await endGroup(server);
    throw error;
  }
}

/** Asks until the answer is 200, read to its end. Throws with the server's output when it ends or time is up. */
export async function untilOk(server: ServerProcess, timeoutMs: number, ask: () => Promise<Response>): Promise<void> {
  for (const deadline = performance.now() + timeoutMs; ; await sleep(pollMs)) {
    const status = await ask().then(
      (response) => response.arrayBuffer().then(() => response.status),
      () => 0,
    );
    if (status === 200) return;
    if (!server.running() || performance.now() > deadline) throw new Error(`No 200, but ${status}:\n${server.log()}`);
  }
}

/** Stops the server, then its process group: npm leaves before what it started does. */
export async function endGroup(server: ServerProcess): Promise<void> {
  await server.stop("SIGTERM");
  try {
    process.kill(-server.pid, "SIGKILL");
  } catch {
    // Nothing is left of it.
  }
}
