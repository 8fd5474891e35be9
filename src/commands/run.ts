import { loadEnvFiles } from "#platform/config/env-files.ts";
import { environment } from "#platform/config/environment.ts";
import { useDatabase, type Database } from "#platform/db/database.ts";
import { openForCommand } from "#platform/db/open.ts";

/** Runs one command on the application's database, which may be open in a running server; exits 1 with the reason when it fails. */
export async function runCommand(work: (database: Database) => Promise<void>): Promise<void> {
  try {
    loadEnvFiles();
    const database = await openForCommand(environment());
    useDatabase(Promise.resolve(database));
    try {
      await work(database);
    } finally {
      await database.close();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
