import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as download } from "#app/api/organisation/export/route.ts";
import { call, captureLog } from "../support/http.ts";
import { createDocument } from "../support/factories.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { addModelCall, as, createFellow, createInvitation, createOrganisationKey, createOwner, type Person } from "../support/organisations.ts";

/** The search index, and what the installation allows an organisation and holds for its calls that run. */
const notItsOwn = ["corpora", "llm_budgets", "llm_reservations"];

interface Line { table?: string; row?: Record<string, unknown>; end?: boolean; rows?: number; export?: string }
const exporting = (person: Person) => as(person, download, "/api/organisation/export");
const linesOf = (text: string) => text.trimEnd().split("\n").map((line) => JSON.parse(line) as Line);
const exported = async (person: Person) => linesOf(await (await exporting(person)).text());
const addAnswers = (tenantId: string, count: number, answer = "Yes", at = "now()") =>
  inspect(`insert into app.answers (id, tenant_id, question, answer, mode, partial, citations, trace_id, duration_ms, created_at)
    select app.uuid_v7(), $1, 'Question ' || n, $2, 'extractive', false, '[]', 'x', 1, ${at} from generate_series(1, $3::int) n`, [tenantId, answer, count]);

describe.each(engines)("the export on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase(engine)));
  afterAll(() => opened.close());

  describe("GET /api/organisation/export", () => {
    test("holds every row of the organisation in every table with a tenant, what is derived or the installation's aside, and no secret", async () => {
      const owner = await createOwner("Exported");
      const { tenantId } = owner;
      await createFellow(owner);
      const [{ token }, { key, headers }] = [await createInvitation(owner), await createOrganisationKey(owner)];
      await inspect("insert into app.users (id, email, name) values ($1, $2, 'Ada') on conflict (id) do update set name = 'Ada'", [owner.userId, owner.email]);
      await createDocument("# Kept\n\nThe Wombat line is rated at 250 MW.", { tenantId, source: "upload" });
      await addAnswers(tenantId, 2);
      await inspect("insert into app.answer_feedback (answer_id, tenant_id, helpful) select id, tenant_id, true from app.answers where tenant_id = $1 limit 1", [tenantId]);
      await inspect("insert into app.help_entries (id, title, short, topic, tags, sources, body, content_hash, seeded_hash) values ('rated', 'R', 'R', 'Answers', '{}', '[]', 'R', 'x', 'x')");
      await inspect("insert into app.help_feedback (entry_id, tenant_id, rating) values ('rated', $1, 3)", [tenantId]);
      await addModelCall(tenantId);

      const response = await exporting(owner);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "content-type": "application/x-ndjson", "content-disposition": 'attachment; filename="tieline-organisation.ndjson"', "cache-control": "no-store",
      });
      const text = await response.text();
      const lines = linesOf(text);
      expect(lines[0]).toMatchObject({ export: "organisation", organisation: { id: tenantId, name: "Exported" } });
      expect(lines.at(-1)).toEqual({ end: true, rows: lines.length - 2 });

      const tables = await inspect<{ name: string }>(`select c.relname as name from pg_class c where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'app'::regnamespace
        and c.relname <> all ($1) and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)`, [notItsOwn]);
      for (const { name } of tables) {
        // The download itself was noted once it had begun.
        const noted = name === "audit_log" ? "and action <> 'organisation.exported'" : "";
        const rows = (await inspect(`select from app.${name} where tenant_id = $1 ${noted}`, [tenantId])).length;
        expect([name, lines.filter(({ table }) => table === name).length]).toEqual([name, rows]);
        expect([name, rows]).not.toEqual([name, 0]);
      }
      expect(lines.find(({ table, row }) => table === "users" && row?.["id"] === owner.userId)?.row).toEqual({ id: owner.userId, name: "Ada", email: owner.email });
      expect(lines.find(({ table }) => table === "documents")?.row).toMatchObject({ body: expect.stringContaining("250 MW") });
      expect(text).not.toContain(token);
      expect(text).not.toContain(key.slice(9));
      expect(text).not.toMatch(/key_hash|token_hash/);
      expect((await call(download, "/api/organisation/export", { headers })).status).toBe(403);
    });

    test("is read in pages, up to the rows that were there when it began", async () => {
      const owner = await createOwner("Long");
      await addAnswers(owner.tenantId, 2_500);
      const log = captureLog();
      const reader = (await exporting(owner)).body?.pipeThrough(new TextDecoderStream()).getReader();
      const first = await reader?.read();
      await addAnswers(owner.tenantId, 300);
      let text = first?.value ?? "";
      for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) text += step.value;
      const lines = linesOf(text);
      expect(lines.filter(({ table }) => table === "answers")).toHaveLength(2_500);
      expect(new Set(lines.filter(({ table }) => table === "answers").map(({ row }) => row?.["id"])).size).toBe(2_500);
      expect(lines.at(-1)?.end).toBe(true);
      // Three pages of answers, and one that finds no more.
      await expect.poll(() => Number(log.at(-1)?.["unitsOfWork"])).toBeGreaterThanOrEqual(8);
    });

    test("never holds more than some megabytes, however wide the rows are", async () => {
      const owner = await createOwner("Wide");
      await addAnswers(owner.tenantId, 60, "x".repeat(500_000));
      let [widest, total] = [0, 0];
      for await (const chunk of (await exporting(owner)).body ?? []) [widest, total] = [Math.max(widest, chunk.byteLength), total + chunk.byteLength];
      expect(total).toBeGreaterThan(30_000_000);
      expect(widest).toBeLessThan(6_000_000);
    });

    test("stops reading when its reader leaves", async () => {
      const owner = await createOwner("Left");
      await addAnswers(owner.tenantId, 5_000);
      const log = captureLog();
      const reader = (await exporting(owner)).body?.getReader();
      await reader?.read();
      await reader?.cancel();
      await expect.poll(() => log.at(-1)).toMatchObject({ clientLeft: true, status: 200 });
      expect(Number(log.at(-1)?.["unitsOfWork"])).toBeLessThan(5);
    });

    test("is noted, and for owners", async () => {
      const owner = await createOwner("Noted");
      await exported(owner);
      expect(await inspect("select actor_id from app.audit_log where tenant_id = $1 and action = 'organisation.exported'", [owner.tenantId])).toEqual([{ actor_id: owner.userId }]);
      const response = await exporting(await createFellow(owner));
      expect([response.status, response.headers.get("content-type")]).toEqual([403, "application/problem+json"]);
    });
  });
});
