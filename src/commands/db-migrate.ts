/** npm run db:migrate: applies to DATABASE_URL the migrations that it lacks. */
import { requireDatabaseUrl, runCommand } from "./run.ts";
import { migrateServer, prepareServerAuth } from "#platform/db/migrate-server.ts";

await runCommand(async (settings) => {
  const url = requireDatabaseUrl(settings, "The embedded database is migrated at every start.");
  const applied = await migrateServer(url);
  if (settings.SUPABASE_URL === undefined) await prepareServerAuth(url);
  console.log(applied.length === 0 ? "Nothing to apply." : `Applied ${applied.join(", ")}.`);
});
