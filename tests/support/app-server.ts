import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface AppServer {
  url: string;
  pid: number;
  dataDir: string;
  /** What it has printed so far. */
  output(): string;
  /** Sends a signal; answers the exit code, null when the signal ended it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

const readyTimeoutMs = 60_000;

/**
 * Starts the built application as npm start does, on a free port. Ends with the test process at the latest. Throws with
 * what it printed when it isn't ready within a minute.
 */
export async function startApp(environment: Record<string, string> = {}): Promise<AppServer> {
  const dataDir = environment["DATA_DIR"] ?? (await mkdtemp(join(tmpdir(), "tieline-app-")));
  const { OPENAI_API_KEY: _key, DATABASE_URL: _database, ...inherited } = process.env;
  const child = spawn(process.execPath, ["src/server.ts"], {
    env: { ...inherited, NODE_ENV: "production", PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "info", GRID_INGEST: "off", ...environment, DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let isReady = false;
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const killWithParent = () => child.kill("SIGKILL");
  process.once("exit", killWithParent);
  const ready = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ready in time:\n${output}`)), readyTimeoutMs);
    const hear = (data: Buffer) => {
      output += data.toString();
      const url = isReady ? undefined : /Tieline is ready at (\S+)/.exec(output)?.[1];
      if (url === undefined) return;
      isReady = true;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void exited.then((code) => {
      clearTimeout(timer);
      reject(new Error(`It ended with ${code}:\n${output}`));
    });
  });
  const url = await ready.catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return {
    url,
    pid: child.pid ?? 0,
    dataDir,
    output: () => output,
    end: async (signal = "SIGTERM") => {
      child.kill(signal);
      const code = await exited;
      process.off("exit", killWithParent);
      if (environment["DATA_DIR"] === undefined) await rm(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}
