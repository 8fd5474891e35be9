import pg from "pg";
import { authSchemaState, ensureAuthSchema } from "./auth-schema.ts";
import { migrate, pendingMigrations, readMigrations, type MigrationTarget } from "./migrate.ts";
import { connectionSettings } from "./server-engine.ts";

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
export function migrateServer(url: string): Promise<string[]> {
  return withTarget(url, async (target, owner) => {
    if (owner) return migrate(target);
    const pending = await pendingMigrations(target, await readMigrations());
    if (pending.length === 0) return [];
    const names = pending.map(({ version, name }) => `${version}_${name}`).join(", ");
    throw new Error(`The database lacks migrations (${names}). Apply them with a login that owns it: supabase db push, or npm run db:migrate.`);
  });
}

/**
 * Makes the database at `url` ready for the built-in auth plane, which serves where no SUPABASE_URL is set; answers
 * "foreign", with nothing done, for a database that has accounts of its own. A login without the right to change the
 * schema is told what to do instead.
 */
export function prepareServerAuth(url: string): Promise<"ready" | "foreign"> {
  return withTarget(url, async (target, owner) => {
    const state = await (owner ? ensureAuthSchema(target) : authSchemaState(target));
    if (state !== "outdated") return state;
    throw new Error("The database lacks the schema for accounts. Write it with a login that owns the database: npm run db:migrate.");
  });
}

async function withTarget<T>(url: string, work: (target: MigrationTarget, owner: boolean) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionSettings(url));
  await client.connect();
  try {
    const target = serverMigrationTarget(client);
    const [login] = await target.rows("select pg_has_role(current_user, 'pg_database_owner', 'member') or has_database_privilege(current_database(), 'create') as owner", []);
    return await work(target, login?.["owner"] === true);
  } finally {
    await client.end();
  }
}
