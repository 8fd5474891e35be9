import { inTransaction, type MigrationTarget } from "./migrate.ts";
import { authRole, restingRole } from "./roles.ts";

/** The installed version of @supabase/lite (a test compares): another one writes its schema at the next start. */
export const liteVersion = "0.10.0";

const ourMark = "Supabase Lite ";

export type AuthSchemaState =
  /** As the installed version of Lite wants it. */
  | "ready"
  /** Missing, or another version's. */
  | "outdated"
  /** Somebody else's, such as a Supabase project's own. */
  | "foreign";

/** What schema `auth` is. Needs no rights on it. */
export async function authSchemaState(target: MigrationTarget): Promise<AuthSchemaState> {
  const [schema] = await target.rows(
    `select coalesce(obj_description(n.oid, 'pg_namespace'), '') as mark,
       exists (select from pg_class c where c.relnamespace = n.oid and c.relname = 'users') as occupied
     from pg_namespace n where n.nspname = 'auth'`,
    [],
  );
  const mark = (schema?.["mark"] ?? "") as string;
  if (mark === ourMark + liteVersion) return "ready";
  return schema?.["occupied"] === true && !mark.startsWith(ourMark) ? "foreign" : "outdated";
}

/**
 * Writes Supabase Lite's tables where they are missing or another version's, and gives them to the auth plane's role
 * alone. Lite itself would ignore statements that fail, and grant tables to anon and authenticated; this does neither.
 * Leaves a foreign schema as it is. Loads Lite only when there is something to write.
 */
export async function ensureAuthSchema(target: MigrationTarget): Promise<Exclude<AuthSchemaState, "outdated">> {
  const state = await authSchemaState(target);
  if (state !== "outdated") return state;
  const { getAuthSchemaSql } = await import("@supabase/lite");
  await inTransaction(target, () => target.run(`${roleSql};\n${getAuthSchemaSql()};\n${protectionSql}`));
  return "ready";
}

const roleSql = `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${authRole}') then create role ${authRole} nologin noinherit; end if;
  end $$;
  grant ${authRole} to ${restingRole}`;

const protectionSql = `
  revoke all on schema auth from public, anon, authenticated, service_role;
  grant usage on schema auth to ${authRole};
  do $$
  declare
    target regclass;
  begin
    for target in select oid from pg_class where relnamespace = 'auth'::regnamespace and relkind in ('r', 'p') loop
      execute format('revoke all on %s from public, anon, authenticated, service_role', target);
      execute format('grant select, insert, update, delete on %s to ${authRole}', target);
      execute format('alter table %s enable row level security', target);
      execute format('alter table %s force row level security', target);
      execute format('drop policy if exists auth_plane on %s', target);
      execute format('create policy auth_plane on %s to ${authRole} using (true) with check (true)', target);
    end loop;
  end $$;
  comment on schema auth is '${ourMark}${liteVersion}'`;
