/** PgBouncer in transaction mode: stands for Supavisor's pooler in tests. */
import { chownSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./exit.ts";
import { PostgresError, queryPostgres } from "./postgres-wire.ts";
import { run, serverUser, startOnFreePort, startServer } from "./process.ts";
import { provideProgram } from "./programs.ts";

export interface RunningPgBouncer {
  /** The given URL with the pooler's host and port. Any role of the server may log in through it. */
  url: string;
  /** One line: version, where it comes from, port. */
  description: string;
  stop: () => Promise<void>;
}

const readyTimeoutMs = 30_000;

/**
 * Puts a pooler (transaction mode, 5 server connections for each database and role) before the Postgres of `postgresUrl`.
 * It asks no passwords and keeps no named prepared statements.
 * @throws Error that says what to install or what PgBouncer logged.
 */
export async function startPgBouncer(postgresUrl: string): Promise<RunningPgBouncer> {
  const { path, env } = await provideProgram("PgBouncer", "pgbouncer", "pgbouncer");
  const version = /PgBouncer (\d+\.\d+)/.exec(await run(path, ["--version"], { timeoutMs: 20_000, env }))?.[1] ?? "0.0";
  const user = serverUser();
  const folder = temporaryFolder("pgbouncer", user);
  const urlOf = (port: number) => {
    const url = new URL(postgresUrl);
    url.host = `127.0.0.1:${port}`;
    url.search = "";
    return url.href;
  };
  const write = (name: string, text: string) => {
    const file = join(folder.path, name);
    writeFileSync(file, text, { mode: 0o600 });
    if (user !== null) chownSync(file, user.uid, user.gid);
    return file;
  };
  try {
    const target = new URL(postgresUrl);
    const quoted = (text: string) => `"${decodeURIComponent(text).replaceAll('"', '""')}"`;
    const users = write("users", `${quoted(target.username || "postgres")} ${quoted(target.password)}\n`);
    const { server, port } = await startOnFreePort(
      "PgBouncer",
      readyTimeoutMs,
      (free) => {
        const file = write("pgbouncer.ini", configuration(target, free, users, version));
        return startServer(path, [file], { log: join(folder.path, "log"), env, cwd: folder.path, user, killSignal: "SIGKILL" });
      },
      async (candidate, child) => {
        if (!child.log().includes("process up")) return false;
        return queryPostgres(urlOf(candidate), "select 1", 5000).then(
          () => true,
          (error: unknown) => {
            if (error instanceof PostgresError) throw new Error(`PgBouncer: ${error.message}\n${child.log()}`, { cause: error });
            return false;
          },
        );
      },
    );
    return {
      url: urlOf(port),
      description: `PgBouncer ${version} from ${path}, transaction mode, port ${port}`,
      async stop() {
        // It has nothing to save, and its own shutdown waits for clients.
        await server.stop("SIGKILL");
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

function configuration(target: URL, port: number, users: string, version: string): string {
  const quoted = (text: string) => `'${decodeURIComponent(text).replaceAll("'", "''")}'`;
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const settings = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: "",
    auth_type: "trust",
    auth_file: users,
    // Other roles than the URL's are looked up in the database itself, as Supavisor does.
    auth_query: "select rolname, null::text from pg_catalog.pg_roles where rolname = $1 and rolcanlogin",
    pool_mode: "transaction",
    default_pool_size: 5,
    max_client_conn: 500,
    server_tls_sslmode: "prefer",
    // The default, 15 s, would outlast a test in which the database comes back.
    server_login_retry: 1,
    // Without a database queries wait this long for one; the default is 2 minutes.
    query_wait_timeout: 10,
    log_connections: 0,
    log_disconnections: 0,
    // Older ones know no prepared statements in this mode, nor the setting.
    ...(major > 1 || minor >= 21 ? { max_prepared_statements: 0 } : {}),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const database = `* = host=${quoted(host)} port=${target.port || 5432} auth_user=${quoted(target.username || "postgres")}`;
  return `[databases]\n${database}\n[pgbouncer]\n${lines.join("\n")}\n`;
}
