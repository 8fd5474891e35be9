import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeSchema } from "#platform/db/describe-schema.ts";
import { bootPglite, pgliteMigrationTarget } from "#platform/db/embedded-engine.ts";
import { migrate, migrationsFolder, readMigrations } from "#platform/db/migrate.ts";
import { migrateServer, serverMigrationTarget } from "#platform/db/migrate-server.ts";
import { createServerCopy } from "../support/database.ts";

describe("migrations", () => {
  let copy: { url: string; drop(): Promise<void> };
  let client: pg.Client;
  let folder: string;

  beforeAll(async () => {
    copy = await createServerCopy();
    client = new pg.Client({ connectionString: copy.url });
    await client.connect();
    folder = await mkdtemp(join(tmpdir(), "tieline-migrations-"));
    await cp(migrationsFolder, folder, { recursive: true });
  });
  afterAll(async () => {
    await client.end();
    await copy.drop();
    await rm(folder, { recursive: true });
  });

  test("are recorded as the Supabase CLI records them", async () => {
    const { rows } = await client.query("select version, name, cardinality(statements) > 0 as kept from supabase_migrations.schema_migrations order by version");
    expect(rows).toEqual((await readMigrations()).map(({ version, name }) => ({ version, name, kept: true })));
  });

  test("change nothing when run again", async () => {
    expect(await migrateServer(copy.url)).toEqual([]);
  });

  test("are applied once each when several processes start together", async () => {
    await writeFile(join(folder, "30000101000000_together.sql"), "create table app.together (id int primary key); call app.protect('app.together');");
    const targets = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const connection = new pg.Client({ connectionString: copy.url });
        await connection.connect();
        return connection;
      }),
    );
    const applied = await Promise.all(targets.map((connection) => migrate(serverMigrationTarget(connection), folder)));
    await Promise.all(targets.map((connection) => connection.end()));
    expect(applied.flat()).toEqual(["30000101000000"]);
  });

  test("leave nothing of one that fails, and name it", async () => {
    await writeFile(join(folder, "30000102000000_broken.sql"), "create table app.half (id int); select 1 / 0;");
    await expect(migrate(serverMigrationTarget(client), folder)).rejects.toThrow("Migration 30000102000000_broken failed");
    const { rows } = await client.query("select to_regclass('app.half') as half, (select max(version) from supabase_migrations.schema_migrations) as newest");
    expect(rows).toEqual([{ half: null, newest: "30000101000000" }]);
  });

  test("refuse a login that may not apply them, and say which are missing", async () => {
    await client.query("create role reader login");
    const url = new URL(copy.url);
    url.username = "reader";
    await client.query("delete from supabase_migrations.schema_migrations where version = '20261121000600'");
    await client.query("grant usage on schema supabase_migrations to reader; grant select on supabase_migrations.schema_migrations to reader");
    await expect(migrateServer(url.toString())).rejects.toThrow(/lacks migrations \(20261121000600_assistant\)/);
    await client.query("drop owned by reader; drop role reader");
  });

  test("take an installation along that holds documents of the first version", async () => {
    const first = await mkdtemp(join(tmpdir(), "tieline-first-"));
    for (const file of (await readdir(migrationsFolder)).filter((name) => name < "20261121000700")) await cp(join(migrationsFolder, file), join(first, file));
    const pglite = await bootPglite();
    const target = pgliteMigrationTarget(pglite);
    await migrate(target, first);
    await target.run(`insert into app.documents (source, source_id, title, url, content_hash, chunk_count) values ('help', 'ramp', 'Ramp', '/help/ramp', 'x', 1);
      insert into app.chunks (document_id, position, heading_path, anchor, content, start_offset, end_offset, search)
        select id, 0, '', '', 'A ramp.', 0, 7, to_tsvector('A ramp.') from app.documents;
      insert into app.help_entries (id, title, short, topic, tags, sources, body, content_hash) values ('ramp', 'Ramp', 'Ramp', 'Emissions', '{}', '[]', 'A ramp.', 'x')`);
    await migrate(target);
    expect(await target.rows("select (select count(*)::int from app.documents) as documents, (select array_agg(id || language) from app.help_entries) as entries", []))
      .toEqual([{ documents: 0, entries: ["rampen"] }]);
    await pglite.close();
    await rm(first, { recursive: true });
  });

  test("make the same schema on both engines", async () => {
    const fresh = await createServerCopy();
    const server = new pg.Client({ connectionString: fresh.url });
    await server.connect();
    const pglite = await bootPglite();
    await migrate(pgliteMigrationTarget(pglite));
    const [onServer, embedded] = [await describeSchema(serverMigrationTarget(server)), await describeSchema(pgliteMigrationTarget(pglite))];
    await Promise.all([server.end(), pglite.close()]);
    await fresh.drop();
    expect(onServer).toEqual(embedded);
    expect(embedded.length).toBeGreaterThan(100);
  });
});
