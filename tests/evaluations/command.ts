/** What the evaluation commands share. */
import { withEnvironment } from "../support/environment.ts";
import { migrateServer } from "#platform/db/migrate-server.ts";
import { useDatabase, type Database } from "#platform/db/database.ts";
import { openEmbedded } from "#platform/db/embedded-engine.ts";
import { openServer } from "#platform/db/server-engine.ts";

const serverConnections = 2;

/** Runs a command; what fails is said in one line on stderr, with exit code 1. */
export async function runEvaluation(work: () => Promise<void>): Promise<void> {
  try {
    // Standard output is the result's alone.
    withEnvironment({ LOG_LEVEL: "silent" });
    await work();
  } catch (error) {
    console.error(messageOf(error).replace(/\s*\n\s*/g, " "));
    process.exitCode = 1;
  }
}

/** Opens a migrated database for `work` and closes it afterwards: a fresh one in memory, or the one at `url`. */
export async function withDatabase<T>(url: string | undefined, work: () => Promise<T>): Promise<T> {
  const database = url === undefined ? (await openEmbedded()).database : await openAt(url);
  useDatabase(Promise.resolve(database));
  try {
    return await work();
  } finally {
    useDatabase(undefined);
    await database.close();
  }
}

/** Says how far it is, on a terminal only. */
export function showProgress(what: string, done: number, total?: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\u001B[K${what} ${done}${total === undefined ? "" : ` of ${total}`}${done === total ? "\n" : ""}`);
}

async function openAt(url: string): Promise<Database> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Error("--database takes the URL of a Postgres, such as postgres://user:password@127.0.0.1:5432/name.");
  }
  try {
    await migrateServer(url);
    return await openServer({ url, poolMax: serverConnections });
  } catch (error) {
    throw new Error(`The database at ${new URL(url).host} can't be used. Check the URL, and that the server runs.`, { cause: error });
  }
}

/** The message with those of its causes; an AggregateError (no address of a host answers) has none of its own. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.message === "" && error instanceof AggregateError ? error.errors.map(messageOf).join("; ") : error.message;
  return error.cause === undefined ? own : `${own} (${messageOf(error.cause)})`;
}
