import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "#app/api/ask/route.ts";
import { seedHelp } from "#domains/help/server.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { useDatabase, type Database } from "#platform/db/database.ts";
import { openServer } from "#platform/db/server-engine.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { call } from "../support/http.ts";
import { createDocument, createMember } from "../support/factories.ts";
import { createServerCopy } from "../support/database.ts";
import { startPgBouncer } from "../support/servers/pgbouncer.ts";

describe("a pooler in transaction mode (PgBouncer, as Supavisor)", () => {
  let copy: { url: string; drop(): Promise<void> };
  let pooler: { url: string; stop(): Promise<void> };
  let database: Database;

  beforeAll(async () => {
    copy = await createServerCopy();
    pooler = await startPgBouncer(copy.url);
    database = await openServer({ url: pooler.url, poolMax: 12 });
    useDatabase(Promise.resolve(database));
    await seedHelp();
  });
  afterAll(async () => {
    useDatabase(undefined);
    await database.close();
    await pooler.stop();
    await copy.drop();
  });

  test("answers a question", async () => {
    const response = await call(POST, "/api/ask", { json: { question: "What is a reserve margin?" } });
    expect(await response.json()).toMatchObject({ mode: "extractive" });
  });

  test("keeps tenants apart though connections change hands between units of work", async () => {
    const members = await Promise.all(["A", "B", "C"].map((name) => createMember(name)));
    for (const { tenantId } of members) await createDocument("x", { tenantId, title: tenantId });
    const seen = await Promise.all(
      Array.from({ length: 90 }, (_, i) => {
        const principal = [...members, anonymous][i % 4] ?? anonymous;
        return db.as(principal, async (tx) => {
          const rows = await tx.selectFrom("app.documents").select("title").where("tenant_id", "is not", null).execute();
          return rows.map(({ title }) => title);
        });
      }),
    );
    for (const [i, titles] of seen.entries()) {
      const member = members[i % 4];
      expect(titles).toEqual(member ? [member.tenantId] : []);
    }
  });
});
