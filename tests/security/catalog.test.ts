import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeSchema } from "#platform/db/describe-schema.ts";
import type { MigrationTarget } from "#platform/db/migrate.ts";
import { engines, openAsOwner } from "../support/database.ts";

/** Schemas that hold the product's own objects. */
const own = ["app", "public", "pgboss"];

/** The definer functions that each role may run. */
const runBy = {
  anon: ["find_invitation", "give_answer_feedback"],
  authenticated: ["audit", "find_invitation", "give_answer_feedback", "post_mail", "accept_invitation", "delete_account", "enqueue", "is_owner", "create_organisation"],
  service_role: ["audit", "applied_migrations", "post_mail", "delete_auth_user", "ensure_observation_year", "drop_embedding_model", "add_embedding_model", "enqueue", "is_owner", "ensure_call_month", "drop_call_months", "refresh_llm_daily_spend"],
};

/** Everything that breaks a rule of the catalog, by rule. */
const rules: Record<string, string> = {
  "tables and partitions without forced row security": `
    select format('%I.%I', n.nspname, c.relname) as found from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1) and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`,
  "tables without a policy": `
    select format('%I.%I', n.nspname, c.relname) as found from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1) and c.relkind in ('r', 'p') and not exists (select from pg_policy p where p.polrelid = c.oid)`,
  "policies for PUBLIC": `
    select format('%I on %I.%I', policyname, schemaname, tablename) as found from pg_policies
    where schemaname = any ($1) and 'public' = any (roles)`,
  "privileges of PUBLIC or of the resting role on relations": `
    select format('%s on %I.%I', a.privilege_type, n.nspname, c.relname) as found
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
    where n.nspname = any ($1) and (a.grantee = 0 or a.grantee = 'tieline_app'::regrole)`,
  "writing privileges of anon beyond leaving feedback and keeping its answers": `
    select format('%s on %I.%I', a.privilege_type, n.nspname, c.relname) as found
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
    where n.nspname = any ($1) and a.grantee = 'anon'::regrole and a.privilege_type <> 'SELECT'
      and format('%s on %s', a.privilege_type, c.oid::regclass) not in ('INSERT on app.help_feedback', 'INSERT on app.answers')`,
  "functions that PUBLIC may run": `
    select p.oid::regprocedure::text as found from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any ($1) and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  "definer functions without a fixed search_path": `
    select p.oid::regprocedure::text as found from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any ($1) and p.prosecdef and not 'search_path=""' = any (coalesce(p.proconfig, '{}'))`,
  "definer functions beyond those that are meant to be": `
    select p.oid::regprocedure::text as found from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any ($1) and p.prosecdef
      and p.proname not in ('audit', 'enqueue', 'applied_migrations', 'give_answer_feedback', 'add_embedding_model', 'drop_embedding_model',
        'is_owner', 'keep_an_owner', 'create_organisation', 'find_invitation', 'accept_invitation', 'forget_terms', 'delete_auth_user', 'post_mail', 'delete_account', 'ensure_observation_year',
        'ensure_call_month', 'drop_call_months', 'forget_calls', 'refresh_llm_daily_spend')`,
  "definer functions that a role may run without being meant to": `
    select format('%s may run %s', a.grantee::regrole, p.oid::regprocedure) as found
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    where n.nspname = any ($1) and p.prosecdef and a.grantee <> p.proowner
      and p.proname || ' ' || a.grantee::regrole not in (${Object.entries(runBy).flatMap(([role, names]) => names.map((name) => `'${name} ${role}'`)).join(", ")})`,
  "views that run with their owner's rights": `
    select format('%I.%I', n.nspname, c.relname) as found from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1) and c.relkind = 'v' and not 'security_invoker=true' = any (coalesce(c.reloptions, '{}'))`,
  "materialized views that anyone but the service role may read": `
    select format('%I.%I', n.nspname, c.relname) as found from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
    where n.nspname = any ($1) and c.relkind = 'm' and a.grantee <> c.relowner and a.grantee <> 'service_role'::regrole`,
  "tables in the exposed schema": `
    select format('%I.%I', n.nspname, c.relname) as found from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and 'public' = any ($1) and c.relkind in ('r', 'p', 'm')`,
  "tenant columns without an index that starts with them": `
    select format('%I.%I', n.nspname, c.relname) as found
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1) and c.relkind in ('r', 'p') and a.attname = 'tenant_id'
      and not exists (select from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum)`,
};

/** One object for each rule that breaks it: the rule must find it, or it could never fail. */
const offenders: Record<string, string> = {
  "tables and partitions without forced row security": `create table app.parent (id int) partition by range (id);
    call app.protect('app.parent'); create table app.offender partition of app.parent for values from (1) to (2)`,
  "tables without a policy": "create table app.offender (id int)",
  "policies for PUBLIC": "create policy offender on app.documents using (true)",
  "privileges of PUBLIC or of the resting role on relations": "grant select on app.answers to tieline_app",
  "writing privileges of anon beyond leaving feedback and keeping its answers": "grant delete on app.answers to anon",
  "functions that PUBLIC may run": "create function app.offender() returns int language sql as 'select 1'",
  "definer functions without a fixed search_path": "create function app.offender() returns int language sql security definer as 'select 1'",
  "definer functions beyond those that are meant to be": "create function app.offender() returns int language sql security definer set search_path = '' as 'select 1'",
  "definer functions that a role may run without being meant to": "grant execute on function app.delete_auth_user(uuid) to authenticated",
  "views that run with their owner's rights": "create view public.offender as select * from app.answers",
  "materialized views that anyone but the service role may read": "create materialized view app.offender as select 1 as a; grant select on app.offender to anon",
  "tables in the exposed schema": "create table public.offender (id int)",
  "tenant columns without an index that starts with them": "create table app.offender (tenant_id uuid)",
};

describe.each(engines)("the catalog of the %s engine", (engine) => {
  let target: MigrationTarget;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ target, close } = await openAsOwner(engine));
    // Tables of embedding models are made while the application runs, in parts on a server.
    await target.rows("select app.add_embedding_model('test', 3, false, $1)", [engine === "server"]);
    await target.rows("select app.ensure_observation_year(2026)", []);
    await target.rows("select app.ensure_call_month('2026-11-21T00:00:00Z')", []);
  });
  afterAll(() => close());

  test.each(Object.entries(rules))("has no %s", async (rule, query) => {
    expect(await target.rows(query, [own])).toEqual([]);
    await target.run("begin");
    await target.run(offenders[rule] ?? "");
    const found = await target.rows(query, [own]);
    await target.run("rollback");
    expect(found).not.toEqual([]);
  });

  test("has an embedding model's table for the rules to judge, and is rid of it when the model is dropped", async () => {
    const tables = "select count(*)::int as n from pg_class where relname like 'chunk\\_embeddings%' and relkind in ('r', 'p')";
    expect(await target.rows(tables, [])).toEqual([{ n: engine === "server" ? 33 : 1 }]);
    expect((await describeSchema(target)).filter((line) => line.includes("chunk_embeddings"))).toEqual([]);
    await target.run("begin");
    await target.run("update app.embedding_models set state = 'retired'; select app.drop_embedding_model(id) from app.embedding_models");
    const left = await target.rows(tables, []);
    await target.run("rollback");
    expect(left).toEqual([{ n: 0 }]);
  });

  test("rests in a role that owns nothing, inherits nothing and can't pass row security", async () => {
    const [role] = await target.rows(
      `select rolsuper, rolbypassrls, rolinherit, rolcanlogin,
         (select count(*)::int from pg_class where relowner = 'tieline_app'::regrole) as owns
       from pg_roles where rolname = 'tieline_app'`,
      [],
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolinherit: false, rolcanlogin: false, owns: 0 });
  });

  test("keeps schema app and the queue from PUBLIC", async () => {
    const rows = await target.rows(
      "select nspname from pg_namespace n, aclexplode(n.nspacl) a where nspname in ('app', 'pgboss', 'public') and a.grantee = 0",
      [],
    );
    expect(rows).toEqual([]);
  });
});
