import pg from "pg";
import { describeSchema } from "./describe-schema.ts";
import { bootPglite, pgliteMigrationTarget } from "./embedded-engine.ts";
import { migrate, pendingMigrations, readMigrations } from "./migrate.ts";
import { serverMigrationTarget } from "./migrate-server.ts";
import { connectionSettings } from "./server-engine.ts";

export interface SchemaDifference {
  /** Names of the migrations that the database has not recorded. */
  notApplied: string[];
  /** What the migrations make and the database lacks, one line each. */
  missing: string[];
  /** What only the database has. */
  extra: string[];
}

/** Compares the database at `url` with what supabase/migrations make. Throws when it can't be reached. */
export async function compareSchema(url: string): Promise<SchemaDifference> {
  const pglite = await bootPglite();
  const client = new pg.Client(connectionSettings(url));
  try {
    await client.connect();
    const [folder, remote] = [pgliteMigrationTarget(pglite), serverMigrationTarget(client)];
    await migrate(folder);
    const pending = await pendingMigrations(remote, await readMigrations());
    const [wanted, found] = [await describeSchema(folder), await describeSchema(remote)];
    return {
      notApplied: pending.map(({ version, name }) => `${version}_${name}`),
      missing: wanted.filter((line) => !found.includes(line)),
      extra: found.filter((line) => !wanted.includes(line)),
    };
  } finally {
    await Promise.all([client.end(), pglite.close()]);
  }
}
