import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedHelp } from "#domains/help/server.ts";
import { newId } from "#lib/ids.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { createAdmin } from "../support/admins.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call, resetEnvironment, useEnvironment } from "../support/http.ts";
import { callableOperations, paramsFor, pathWith } from "../support/operations.ts";
import { signUp } from "../support/sessions.ts";

const reading = (await callableOperations()).filter(({ method }) => method === "GET");

/** Noting that somebody is there, or that data was taken along, changes nothing that anyone acts on. */
const notes = ["last_seen_at", "last_used_at"];
const noted = "where action <> 'organisation.exported'";

describe.each(engines)("7 GET and HEAD change nothing on the %s engine", (engine) => {
  let opened: TestDatabase;
  let readers: Record<string, Record<string, string>>;
  /** As the last test left it, so that each looks once. */
  let known: Record<string, unknown>;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    useEnvironment({ RATE_LIMIT_PER_MINUTE: "1000000", METRICS_TOKEN: "a-token-for-the-metrics" });
    await seedHelp();
    const { jar, userId } = await signUp("reader@example.com");
    const tenantId = newId();
    await db.as(system("test"), async (tx) => {
      await tx.insertInto("app.organisations").values({ id: tenantId, name: "Readers" }).execute();
      await tx.insertInto("app.memberships").values({ tenant_id: tenantId, user_id: userId, role: "owner" }).execute();
      await tx.insertInto("app.users").values({ id: userId, email: "reader@example.com" }).execute();
    });
    readers = {
      nobody: {}, owner: jar.headers, administrator: (await createAdmin("super_admin")).headers, metrics: { authorization: "Bearer a-token-for-the-metrics" },
    };
    known = await state();
  });
  afterAll(async () => {
    resetEnvironment();
    await opened.close();
  });

  /** Every table's rows and what they hold, notes aside. */
  async function state(): Promise<Record<string, unknown>> {
    const tables = await inspect<{ name: string }>(
      "select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'app' and c.relkind = 'r' order by 1",
    );
    const hashes = tables.map(({ name }) =>
      `select '${name}' as name, count(*)::int as rows, md5(coalesce(string_agg(h, '' order by h), '')) as hash from (select md5((to_jsonb(t) - $1::text[])::text) as h from ${name} t ${name === "app.audit_log" ? noted : ""}) as hashed`);
    const rows = await inspect<{ name: string }>(hashes.join(" union all "), [notes]);
    return Object.fromEntries(rows.map(({ name, ...held }) => [name, held]));
  }

  test("every table is watched", async () => {
    expect(Object.keys(await state())).toEqual(expect.arrayContaining(["app.help_entries", "app.users", "app.admin_sessions", "app.audit_log", "app.mail"]));
    const before = await state();
    await inspect("update app.help_entries set title = title || 'x' where id = 'ramp'");
    known = await state();
    expect(known).not.toEqual(before);
  });

  test.each(reading.map((target) => [target.name, target] as const))("%s", async (_, { pattern, handler }) => {
    const before = known;
    const statuses: number[] = [];
    for (const method of ["GET", "HEAD"]) {
      for (const headers of Object.values(readers)) {
        const params = paramsFor(pattern, { id: "hour-ending", source: "help" });
        const response = await call(handler, `${pathWith(pattern, params)}?q=ramp`, { method, params, headers });
        statuses.push(response.status);
        await response.body?.cancel();
      }
    }
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    known = await state();
    expect(known).toEqual(before);
  });
});
