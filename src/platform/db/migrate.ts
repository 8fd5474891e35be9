import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A connection as the runner needs it: owner rights, one session. */
export interface MigrationTarget {
  /** Runs one or more statements. */
  run(statements: string): Promise<void>;
  rows(statement: string, values: unknown[]): Promise<Record<string, unknown>[]>;
}

export interface Migration {
  /** The file's leading digits, as the Supabase CLI records them. */
  version: string;
  name: string;
  sql: string;
}

/** Where migrations live, relative to the folder the process runs in. */
export const migrationsFolder = join("supabase", "migrations");

/** Reads the folder in order of version. Throws when a file's name has another form or a version stands twice. */
export async function readMigrations(folder = migrationsFolder): Promise<Migration[]> {
  const files = (await readdir(/* turbopackIgnore: true */ folder)).filter((file) => file.endsWith(".sql")).sort();
  const migrations = await Promise.all(
    files.map(async (file) => {
      const [, version, name] = /^(\d+)_(.+)\.sql$/.exec(file) ?? [];
      if (version === undefined || name === undefined) throw new Error(`${file} isn't named <version>_<name>.sql`);
      return { version, name, sql: await readFile(join(/* turbopackIgnore: true */ folder, file), "utf8") };
    }),
  );
  const repeated = migrations.find((migration, index) => migrations[index - 1]?.version === migration.version);
  if (repeated) throw new Error(`Two migrations have version ${repeated.version}`);
  return migrations;
}

// The table of the Supabase CLI, so that `supabase db push` and this runner see each other's work.
const ledger = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
`;

// Any fixed number: replicas that start together take turns.
const advisoryLock = 7_413_092_118;

/**
 * Applies what the ledger doesn't hold yet, each migration in a transaction of its own, and records it as Supabase
 * does. Safe to run again and from several processes at once. Answers the versions applied now. Throws the database's
 * error, with the migration's name, leaving that migration undone.
 */
export async function migrate(target: MigrationTarget, folder?: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  if ((await pendingMigrations(target, migrations)).length === 0) return [];
  await inTransaction(target, async () => target.run(ledger));
  const applied: string[] = [];
  for (const migration of migrations) {
    await inTransaction(target, async () => {
      const known = "select 1 from supabase_migrations.schema_migrations where version = $1";
      if ((await target.rows(known, [migration.version])).length > 0) return;
      try {
        await target.run(migration.sql);
      } catch (error) {
        throw new Error(`Migration ${migration.version}_${migration.name} failed`, { cause: error });
      }
      const record = "insert into supabase_migrations.schema_migrations (version, statements, name) values ($1, $2, $3)";
      await target.rows(record, [migration.version, [migration.sql], migration.name]);
      applied.push(migration.version);
    });
  }
  return applied;
}

/** The migrations of `migrations` that the database has not recorded. */
export async function pendingMigrations(target: MigrationTarget, migrations: Migration[]): Promise<Migration[]> {
  const [ledgerThere] = await target.rows("select to_regclass('supabase_migrations.schema_migrations') as name", []);
  if (ledgerThere?.["name"] == null) return migrations;
  const rows = await target.rows("select version from supabase_migrations.schema_migrations", []);
  const known = new Set(rows.map((row) => row["version"]));
  return migrations.filter((migration) => !known.has(migration.version));
}

/** Runs `work` in one transaction, one process at a time; rolls back when it throws. */
export async function inTransaction(target: MigrationTarget, work: () => Promise<void>): Promise<void> {
  await target.run(`begin; select pg_advisory_xact_lock(${advisoryLock})`);
  try {
    await work();
    await target.run("commit");
  } catch (error) {
    await target.run("rollback");
    throw error;
  }
}
