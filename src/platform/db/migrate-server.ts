import pg from "pg";
import { migrate, pendingMigrations, readMigrations, type MigrationTarget } from "#platform/db/migrate.ts";
import { connectionSettings } from "#platform/db/server-engine.ts";

/** A connection as the migration runner sees it. */
export function serverMigrationTarget(client: pg.Client): MigrationTarget {
  return {
    run: async (statements) => void (await client.query(statements)),
    rows: async (statement, values) => (await client.query<Record<string, unknown>>(statement, values)).rows,
  };
}

/**
 * Brings the schema at `url` up to date. A login without the right to change it (the resting one, in production) is
 * told which migrations are missing instead.
 */
export async function migrateServer(url: string): Promise<string[]> {
  const client = new pg.Client(connectionSettings(url));
  await client.connect();
  try {
    const target = serverMigrationTarget(client);
    const [login] = await target.rows("select pg_has_role(current_user, 'pg_database_owner', 'member') or has_database_privilege(current_database(), 'create') as owner", []);
    if (login?.["owner"] === true) return await migrate(target);
    const pending = await pendingMigrations(target, await readMigrations());
    if (pending.length === 0) return [];
    const names = pending.map(({ version, name }) => `${version}_${name}`).join(", ");
    throw new Error(`The database lacks migrations (${names}). Apply them with a login that owns it: supabase db push, or npm run db:migrate.`);
  } finally {
    await client.end();
  }
}
