/** npm run db:diff: compares the database at DATABASE_URL with what supabase/migrations make; exits 1 when they differ. */
import pg from "pg";
import { loadEnvFiles } from "#platform/config/env-files.ts";
import { environment } from "#platform/config/environment.ts";
import { describeSchema } from "#platform/db/describe-schema.ts";
import { bootPglite, pgliteMigrationTarget } from "#platform/db/embedded-engine.ts";
import { migrate, pendingMigrations, readMigrations } from "#platform/db/migrate.ts";
import { serverMigrationTarget } from "#platform/db/migrate-server.ts";
import { connectionSettings } from "#platform/db/server-engine.ts";

async function compare(url: string): Promise<boolean> {
  const pglite = await bootPglite();
  const client = new pg.Client(connectionSettings(url));
  try {
    await client.connect();
    const [folder, remote] = [pgliteMigrationTarget(pglite), serverMigrationTarget(client)];
    await migrate(folder);
    const pending = await pendingMigrations(remote, await readMigrations());
    for (const { version, name } of pending) console.log(`not applied: ${version}_${name}`);
    const wanted = await describeSchema(folder);
    const found = await describeSchema(remote);
    for (const line of wanted.filter((line) => !found.includes(line))) console.log(`- ${line}`);
    for (const line of found.filter((line) => !wanted.includes(line))) console.log(`+ ${line}`);
    return pending.length === 0 && wanted.length === found.length && wanted.every((line) => found.includes(line));
  } finally {
    await Promise.all([client.end(), pglite.close()]);
  }
}

try {
  loadEnvFiles();
  const url = environment().DATABASE_URL;
  if (url === undefined) throw new Error("Set DATABASE_URL to the database to compare. The embedded one always follows the folder.");
  const same = await compare(url);
  console.log(same ? "The database matches supabase/migrations." : "The database differs: - is missing there, + is only there.");
  process.exitCode = same ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
