/** npm run db:migrate: applies to DATABASE_URL the migrations that it lacks. */
import { loadEnvFiles } from "#platform/config/env-files.ts";
import { environment } from "#platform/config/environment.ts";
import { migrateServer, prepareServerAuth } from "#platform/db/migrate-server.ts";

try {
  loadEnvFiles();
  const { DATABASE_URL: url, SUPABASE_URL } = environment();
  if (url === undefined) throw new Error("Set DATABASE_URL to the database to migrate. The embedded one is migrated at every start.");
  const applied = await migrateServer(url);
  if (SUPABASE_URL === undefined) await prepareServerAuth(url);
  console.log(applied.length === 0 ? "Nothing to apply." : `Applied ${applied.join(", ")}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof Error && error.cause !== undefined) console.error(error.cause);
  process.exitCode = 1;
}
