import { readFile } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authSchemaState, ensureAuthSchema, liteVersion } from "#platform/db/auth-schema.ts";
import type { MigrationTarget } from "#platform/db/migrate.ts";
import { prepareServerAuth } from "#platform/db/migrate-server.ts";
import { openForServer } from "#platform/db/open.ts";
import { createServerCopy, engines, openAsOwner } from "../support/database.ts";

test("the schema is that of the installed Supabase Lite", async () => {
  const { version } = JSON.parse(await readFile("node_modules/@supabase/lite/package.json", "utf8")) as { version: string };
  expect(liteVersion).toBe(version);
});

describe.each(engines)("the auth plane's schema on the %s engine", (engine) => {
  let target: MigrationTarget;
  let close: () => Promise<void>;

  beforeAll(async () => void ({ target, close } = await openAsOwner(engine)));
  afterAll(() => close());

  test("belongs to the auth plane's role alone, behind forced row security", async () => {
    const rows = await target.rows(
      `select c.relname, c.relrowsecurity and c.relforcerowsecurity as forced,
         (select string_agg(distinct case a.grantee when 0 then 'PUBLIC' else a.grantee::regrole::text end, ',')
          from aclexplode(c.relacl) a where a.grantee <> c.relowner) as grantees
       from pg_class c where c.relnamespace = 'auth'::regnamespace and c.relkind in ('r', 'p') order by 1`,
      [],
    );
    expect(rows.map(({ relname }) => relname)).toContain("users");
    for (const row of rows) expect(row).toMatchObject({ forced: true, grantees: "tieline_auth" });
    const [role] = await target.rows("select rolsuper, rolbypassrls, rolcanlogin, rolinherit from pg_roles where rolname = 'tieline_auth'", []);
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolinherit: false });
  });

  test("is written anew for another version of Lite, and keeps its accounts", async () => {
    await target.run("insert into auth.users (id, email) values (gen_random_uuid(), 'kept@example.com')");
    await target.run("comment on schema auth is 'Supabase Lite 0.0.1'; drop table auth.flow_state; grant select on auth.users to anon");
    expect(await authSchemaState(target)).toBe("outdated");
    expect(await ensureAuthSchema(target)).toBe("ready");
    expect(await target.rows("select email, to_regclass('auth.flow_state') is not null as there, has_table_privilege('anon', 'auth.users', 'select') as open from auth.users", [])).toEqual([
      { email: "kept@example.com", there: true, open: false },
    ]);
  });

  test("of somebody else is left alone", async () => {
    await target.run("comment on schema auth is null");
    expect(await ensureAuthSchema(target)).toBe("foreign");
    expect(await target.rows("select obj_description('auth'::regnamespace, 'pg_namespace') as mark", [])).toEqual([{ mark: null }]);
  });
});

describe("starting on a server database without SUPABASE_URL", () => {
  let copy: { url: string; drop(): Promise<void> };
  let client: pg.Client;
  beforeAll(async () => {
    copy = await createServerCopy();
    client = new pg.Client({ connectionString: copy.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await copy.drop();
  });
  const settings = () => ({ DATABASE_URL: copy.url, DATABASE_POOL_MAX: 1, DATA_DIR: "unused" });

  test("is refused, with the reason, where accounts are somebody else's", async () => {
    await client.query("comment on schema auth is null");
    await expect(openForServer({ ...settings(), SUPABASE_URL: undefined })).rejects.toThrow(/Set SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY/);
    const opened = await openForServer({ ...settings(), SUPABASE_URL: "https://project.supabase.co" });
    await opened.close();
  });

  test("tells a login without rights what to do", async () => {
    await client.query("comment on schema auth is 'Supabase Lite 0.0.1'");
    await client.query("create role auth_reader login");
    const url = new URL(copy.url);
    url.username = "auth_reader";
    await expect(prepareServerAuth(url.toString())).rejects.toThrow(/npm run db:migrate/);
    await client.query("drop role auth_reader");
  });
});
