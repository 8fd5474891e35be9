/** A real PostgreSQL with pgvector for tests. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./exit.ts";
import { askGiven } from "./given.ts";
import { findPostgresBinaries, isRecentEnough, minimumPgvector, minimumPostgres } from "./postgres-binaries.ts";
import { unpackPostgresFromDebian } from "./postgres-debian.ts";
import { queryPostgres } from "./postgres-wire.ts";
import { run, serverUser, startOnFreePort, startServer, waitReady, type ServerProcess } from "./process.ts";

export interface RunningPostgres {
  /** A superuser's connection string, except with TEST_DATABASE_URL, which is passed on as it is. */
  url: string;
  /** One line: version of Postgres and pgvector, where they come from, port. */
  description: string;
  /** Ends the server and removes its data. */
  stop: () => Promise<void>;
  /** Takes the database away, in order or as kill -9 of all its processes does, and brings it back, same data and port; null with TEST_DATABASE_URL. */
  restart: { down: () => Promise<void>; kill: () => Promise<void>; up: () => Promise<void> } | null;
}

export interface PostgresOptions {
  /** True: a server of this test alone, also where TEST_DATABASE_URL names one. */
  own?: boolean;
  /** True: what was committed survives kill -9. */
  durable?: boolean;
}

const readyTimeoutMs = 60_000;
/** For tests: nothing survives a crash of the machine, and nothing waits for the disk. */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  fsync: "off",
  full_page_writes: "off",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};

/**
 * Uses TEST_DATABASE_URL, else binaries on this machine that have pgvector, else Debian packages in a cached private folder.
 * @throws Error that says what to install or what the server logged, when none of the three works.
 */
export async function startPostgres({ own = false, durable = false }: PostgresOptions = {}): Promise<RunningPostgres> {
  const given = own ? undefined : process.env["TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") return useGiven(given);

  const { bin, env, postgres, pgvector, origin } = (await findPostgresBinaries()) ?? (await unpackPostgresFromDebian());
  const user = serverUser();
  const folder = temporaryFolder("postgres", user);
  const data = join(folder.path, "data");
  const log = join(folder.path, "log");
  const options = { env, cwd: folder.path, user };
  const urlOf = (port: number) => `postgres://postgres@127.0.0.1:${port}/postgres`;
  const launch = (port: number) => {
    const flags = Object.entries({ ...settings, synchronous_commit: durable ? "on" : "off", port: String(port) }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    // SIGQUIT ends all of its processes at once, which SIGKILL would leave behind.
    return startServer(join(bin, "postgres"), ["-D", data, ...flags], { ...options, log, killSignal: "SIGQUIT" });
  };
  const ready = async (port: number) => isReady(data) && (await answers(urlOf(port)));

  try {
    const initdb = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"];
    await run(join(bin, "initdb"), initdb, { ...options, timeoutMs: 120_000 });
    const { server: first, port } = await startOnFreePort("PostgreSQL", readyTimeoutMs, launch, ready);
    let server: ServerProcess | null = first;
    const down = async () => {
      await server?.stop("SIGINT");
      server = null;
    };
    return {
      url: urlOf(port),
      description: `PostgreSQL ${postgres} with pgvector ${pgvector} from ${origin}, port ${port}`,
      async stop() {
        await down();
        await folder.remove();
      },
      restart: {
        down,
        async kill() {
          await server?.killAll();
          server = null;
        },
        async up() {
          if (server?.running() === true) return;
          const next = launch(port);
          server = next;
          await waitReady("PostgreSQL", readyTimeoutMs, next, () => ready(port));
        },
      },
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/** @throws Error when it does not listen within a minute, refuses the login or is too old. */
async function useGiven(url: string): Promise<RunningPostgres> {
  const { host, pathname } = new URL(url);
  const name = `${host}${pathname} (TEST_DATABASE_URL)`;
  const sql = "select current_setting('server_version'), (select default_version from pg_available_extensions where name = 'vector')";
  const rows = await askGiven(`PostgreSQL at ${name}`, () => queryPostgres(url, sql));
  const version = (rows[0]?.[0] ?? "0").split(" ")[0] ?? "0";
  const pgvector = rows[0]?.[1] || "none";
  if (!isRecentEnough(version, pgvector)) {
    throw new Error(`PostgreSQL at ${name} is ${version} with pgvector ${pgvector}; needed: ${minimumPostgres} and ${minimumPgvector}`);
  }
  return { url, description: `PostgreSQL ${version} with pgvector ${pgvector} at ${name}`, stop: () => Promise.resolve(), restart: null };
}

/** Its own lock file says so, not the port, where another server may be answering. */
function isReady(data: string): boolean {
  try {
    return readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[7]?.trim() === "ready";
  } catch {
    return false;
  }
}

async function answers(url: string): Promise<boolean> {
  return queryPostgres(url, "select 1", 5000).then(() => true, () => false);
}
