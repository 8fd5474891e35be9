import { sql, type RawBuilder } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";

/** A table with rows of the organisation, as its exporter may read it. */
export interface ExportTable {
  name: string;
  /** Columns that may be read; others, such as hashes of keys, stay. */
  columns: string[];
  /** Columns of the primary key with their types: what the pages follow. */
  key: { name: string; type: string }[];
}

const TableRow = z.object({ name: z.string(), columns: z.array(z.string()), key: z.array(z.object({ name: z.string(), type: z.string() })) });

/**
 * Every table with a tenant column, by name, that the unit of work's role may read: taken from the catalog, so that a
 * table added later is exported as well. Tables that only serve the search index hold nothing that documents don't.
 */
export async function listExportTables(tx: Tx, derived: readonly string[]): Promise<ExportTable[]> {
  const { rows } = await sql`
    select relation.relname as name,
      (select json_agg(attname order by attnum) from pg_attribute
        where attrelid = relation.oid and attnum > 0 and not attisdropped and has_column_privilege(relation.oid, attnum, 'select')) as columns,
      (select json_agg(json_build_object('name', attname, 'type', format_type(atttypid, null)) order by array_position(index.indkey::int2[], attnum))
        from pg_attribute where attrelid = relation.oid and attnum = any (index.indkey::int2[])) as key
    from pg_class relation join pg_index index on index.indrelid = relation.oid and index.indisprimary
    where relation.relnamespace = 'app'::regnamespace and relation.relkind in ('r', 'p') and not relation.relispartition
      and exists (select from pg_attribute tenant where tenant.attrelid = relation.oid and tenant.attname = 'tenant_id' and not tenant.attisdropped)
      and has_any_column_privilege(relation.oid, 'select') and relation.relname <> all (${sql.val([...derived])}::text[])
    order by relation.relname`.execute(tx);
  return rows.map((row) => TableRow.parse(row));
}

/** What is the organisation's own. Row security says the same; a table's public rows are visible besides. */
const ofTenant = (tenantId: string) => sql`tenant_id = ${tenantId}`;

/** The key of the organisation's last row in a table as it is now, each part as text; null when there is none. */
export async function lastKey(tx: Tx, table: ExportTable, tenantId: string): Promise<string[] | null> {
  const order = sql.join(table.key.map(({ name }) => sql`${sql.ref(name)} desc`));
  const { rows } = await sql`
    select ${keyAsText(table)} as key from ${tableOf(table)} where ${ofTenant(tenantId)} order by ${order} limit 1`.execute(tx);
  return rows[0] ? z.object({ key: z.array(z.string()) }).parse(rows[0]).key : null;
}

const ExportRow = z.object({ line: z.string(), key: z.array(z.string()) });
export type ExportRow = z.infer<typeof ExportRow>;

/** Keys are texts of their parts; `after` is null at the beginning. */
export interface ExportRange {
  after: string[] | null;
  last: string[];
  rowsAtMost: number;
  bytesAtMost: number;
}

/**
 * The organisation's rows of a table after one key, up to another, in the key's order: as many as `rowsAtMost`, and fewer
 * where they hold more than `bytesAtMost`, but one at least. Each is a JSON object on one line.
 */
export async function readRows(
  tx: Tx, table: ExportTable, tenantId: string, { after, last, rowsAtMost, bytesAtMost }: ExportRange,
): Promise<ExportRow[]> {
  const keys = sql.join(table.key.map(({ name }) => sql.ref(name)));
  const columns = sql.join(table.columns.map((name) => sql.ref(name)));
  const weight = sql.join(table.columns.map((name) => sql`coalesce(octet_length(${sql.ref(name)}::text), 0)`), sql` + `);
  // Sizes are known before anything is written out, and texts are measured where they lie.
  const { rows } = await sql`
    select row_to_json(own_columns)::text as line, export_key as key
    from (
      select page.*, sum(export_bytes) over (order by export_place) - export_bytes as export_before
      from (
        select ${columns}, ${keyAsText(table)} as export_key, row_number() over (order by ${keys}) as export_place, ${weight} as export_bytes
        from ${tableOf(table)}
        where ${ofTenant(tenantId)} and (${keys}) <= (${keyValues(table, last)}) and ${after ? sql`(${keys}) > (${keyValues(table, after)})` : sql`true`}
        order by ${keys} limit ${rowsAtMost}
      ) page
    ) sized cross join lateral (select ${columns}) own_columns
    where export_before < ${bytesAtMost} order by export_place`.execute(tx);
  return rows.map((row) => ExportRow.parse(row));
}

/** Name, and the people it has: what stands in no table of the tenant. */
export async function readHeader(tx: Tx, tenantId: string): Promise<{ id: string; name: string; created_at: Date } | null> {
  return (await tx.selectFrom("app.organisations").select(["id", "name", "created_at"]).where("id", "=", tenantId).executeTakeFirst()) ?? null;
}

/** Names and addresses of members after one user's id, in the order of ids. */
export async function readPeople(tx: Tx, tenantId: string, after: string | null, limit: number) {
  const query = tx
    .selectFrom("app.users as person")
    .innerJoin("app.memberships as membership", "membership.user_id", "person.id")
    .select(["person.id", "person.name", "person.email"])
    .where("membership.tenant_id", "=", tenantId)
    .orderBy("person.id")
    .limit(limit);
  return (after === null ? query : query.where("person.id", ">", after)).execute();
}

const tableOf = ({ name }: ExportTable) => sql.table(`app.${name}`);
const keyAsText = ({ key }: ExportTable) => sql`json_build_array(${sql.join(key.map(({ name }) => sql`${sql.ref(name)}::text`))})`;

/** The types that primary keys have. */
const casts = new Map<string, (value: string) => RawBuilder<unknown>>([
  ["uuid", (value) => sql`${value}::uuid`],
  ["text", (value) => sql`${value}::text`],
  ["integer", (value) => sql`${value}::int`],
  ["bigint", (value) => sql`${value}::bigint`],
  ["date", (value) => sql`${value}::date`],
  ["timestamp with time zone", (value) => sql`${value}::timestamptz`],
]);

function keyValues({ name, key }: ExportTable, values: string[]): RawBuilder<unknown> {
  return sql.join(key.map(({ type }, index) => {
    const cast = casts.get(type);
    if (!cast) throw new Error(`The export can't follow a key of type ${type} in ${name}`);
    return cast(values[index] ?? "");
  }));
}
