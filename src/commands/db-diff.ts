/** npm run db:diff: compares the database at DATABASE_URL with what supabase/migrations make; exits 1 when they differ. */
import { requireDatabaseUrl, runCommand } from "./run.ts";
import { compareSchema } from "#platform/db/compare-schema.ts";

await runCommand(async (settings) => {
  const url = requireDatabaseUrl(settings, "The embedded database always follows supabase/migrations.");
  const { notApplied, missing, extra } = await compareSchema(url);
  const lines = [...notApplied.map((name) => `not applied: ${name}`), ...missing.map((line) => `- ${line}`), ...extra.map((line) => `+ ${line}`)];
  for (const line of lines) console.log(line);
  console.log(lines.length === 0 ? "The database matches supabase/migrations." : "The database differs: - is missing there, + is only there.");
  if (lines.length > 0) process.exitCode = 1;
});
