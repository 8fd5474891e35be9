import { loadEnvFiles } from "#platform/config/env-files.ts";
import { environment, type Environment } from "#platform/config/environment.ts";
import { useDatabase, type Database } from "#platform/db/database.ts";
import { openForCommand } from "#platform/db/open.ts";

/** Runs a command with the settings of the shell and the .env files; says why and exits 1 when it fails. */
export async function runCommand(work: (settings: Environment) => Promise<void>): Promise<void> {
  try {
    loadEnvFiles();
    await work(environment());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof Error && error.cause !== undefined) console.error(error.cause instanceof Error ? `  ${error.cause.message}` : error.cause);
    process.exitCode = 1;
  }
}

/** Runs a command on the application's database, which may be open in a running server. */
export function runOnDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  return runCommand(async (settings) => {
    const database = await openForCommand(settings);
    useDatabase(Promise.resolve(database));
    await work(database).finally(() => database.close());
  });
}

/** DATABASE_URL, which the command can't do without. Throws with `why` when it isn't set. */
export function requireDatabaseUrl({ DATABASE_URL }: Environment, why: string): string {
  if (DATABASE_URL === undefined) throw new Error(`Set DATABASE_URL. ${why}`);
  return DATABASE_URL;
}
