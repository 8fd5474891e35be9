import type { MigrationTarget } from "./migrate.ts";

/** What belongs to the schema, each as one line of text that two databases can be compared by. */
const parts = [
  `select format('table %I.%I', n.nspname, c.relname) || case when c.relforcerowsecurity then ' forced rls' else '' end as line
   from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = any ($1) and c.relkind in ('r', 'p')`,
  `select format('column %I.%I.%I %s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
     case when a.attnotnull then ' not null' else '' end, coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
   from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
   left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped`,
  `select format('constraint %I.%I %I %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) as line
   from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = any ($1) and k.contype in ('p', 'u', 'f', 'c', 'x')`,
  `select 'index ' || indexdef as line from pg_indexes where schemaname = any ($1)`,
  `select format('policy %I.%I %I %s to %s using %s check %s', schemaname, tablename, policyname, cmd, roles, qual, with_check) as line
   from pg_policies where schemaname = any ($1) and not current_user = any (roles)`,
  `select format('function %I.%I(%s) %s %s', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid),
     case when p.prosecdef then 'definer' else 'invoker' end, md5(p.prosrc)) as line
   from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any ($1)`,
  // Versions of Postgres write a view's text with or without the table's name before a column.
  `select format('view %I.%I %s %s', n.nspname, c.relname, c.reloptions, md5(regexp_replace(pg_get_viewdef(c.oid), '\\w+\\.|\\s+', '', 'g'))) as line
   from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any ($1) and c.relkind = 'v'`,
  `select format('grant %s on %I.%I to %I', g.privilege_type, g.table_schema, g.table_name, g.grantee) as line
   from information_schema.role_table_grants g
   where g.table_schema = any ($1) and g.grantee in ('anon', 'authenticated', 'service_role', 'PUBLIC')`,
];

/** Tables that the schema's functions make while the application runs. */
const madeMeanwhile = /\b(chunk_embeddings|llm_call_log|observations|observation_revisions)_\d/;

/** The schema of a migrated database, as sorted lines: tables, columns, constraints, indexes, policies, functions, views, grants. */
export async function describeSchema(target: MigrationTarget, schemas = ["app", "public"]): Promise<string[]> {
  const lines: string[] = [];
  for (const part of parts) {
    for (const row of await target.rows(part, [schemas])) lines.push(String(row["line"]));
  }
  return lines.filter((line) => !madeMeanwhile.test(line)).sort();
}
