import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATCH as patch } from "#app/api/admin/sources/[id]/route.ts";
import { POST as run } from "#app/api/admin/sources/[id]/run/route.ts";
import { GET as list } from "#app/api/admin/sources/route.ts";
import { SwitchedSource, SwitchedSources } from "#domains/grid/health/source-switch-schema.ts";
import { createAdmin, type SignedInAdmin } from "../support/admins.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call, resetEnvironment, useEnvironment } from "../support/http.ts";

describe("the switches of sources", () => {
  let opened: TestDatabase;
  let viewer: SignedInAdmin;
  let editor: SignedInAdmin;
  beforeAll(async () => {
    opened = await openTestDatabase("embedded");
    [viewer, editor] = [await createAdmin("viewer"), await createAdmin("admin")];
    useEnvironment({ GRID_INGEST: "on" });
  });
  afterAll(async () => {
    resetEnvironment();
    await opened.close();
  });
  const change = (id: string, json: unknown, by = editor) => call(patch, `/api/admin/sources/${id}`, { method: "PATCH", params: { id }, json, headers: by.headers });
  const ask = (id: string, by = editor) => call(run, `/api/admin/sources/${id}/run`, { method: "POST", params: { id }, headers: by.headers });

  describe("GET /api/admin/sources", () => {
    test("lists every source with what switches it and why it can't run", async () => {
      const { sources } = SwitchedSources.parse(await (await call(list, "/api/admin/sources", { headers: viewer.headers })).json());
      expect(sources).toHaveLength(21);
      expect(sources.find(({ id }) => id === "ieso.demand")).toMatchObject({ enabled: false, switchedBy: "check", obstacle: null, says: "Off until its first check has passed." });
      expect(sources.find(({ id }) => id === "kaggle.dataset")?.obstacle).toMatch(/KAGGLE_API_TOKEN/);
      expect(sources.find(({ id }) => id === "ieso.hoep")?.says).toMatch(/ended on 2025-/);
    });

    test("is for administrators only", async () => expect((await call(list, "/api/admin/sources")).status).toBe(403));
  });

  describe("PATCH /api/admin/sources/{id}", () => {
    test("switches off for good, on, and back to the check; each is in the audit log", async () => {
      await inspect("insert into app.source_states (source, enabled, checked_at) values ('ieso.demand', true, now())");
      const shown = async (enabled: boolean | null) => {
        const { enabled: is, switchedBy } = SwitchedSource.parse(await (await change("ieso.demand", { enabled })).json());
        return [is, switchedBy];
      };
      expect(await shown(false)).toEqual([false, "admin"]);
      expect(await shown(null)).toEqual([true, "check"]);
      expect(await shown(true)).toEqual([true, "admin"]);
      expect(await inspect("select target, before, after, actor_id from app.audit_log where action = 'source.switched' order by id limit 1")).toEqual([
        { target: "ieso.demand", before: { enabled: true, switchedBy: "check" }, after: { enabled: false, switchedBy: "admin" }, actor_id: editor.admin.adminId },
      ]);
      expect(SwitchedSource.parse(await (await change("nb-power.system", { enabled: null })).json())).toMatchObject({ enabled: false, switchedBy: "check" });
    });

    test.each([[{}], [{ enabled: "off" }], [{ enabled: true, more: 1 }]])("refuses %j", async (json) => expect((await change("ieso.demand", json)).status).toBe(400));

    test("is refused to viewers, and there are no other sources", async () => {
      expect((await change("ieso.demand", { enabled: false }, viewer)).status).toBe(403);
      expect((await change("no.source", { enabled: false })).status).toBe(404);
    });
  });

  describe("POST /api/admin/sources/{id}/run", () => {
    test("puts one run into the queue however often it is asked for, and the audit says who", async () => {
      const [first, second] = [await ask("ieso.demand"), await ask("ieso.demand")];
      expect([first.status, second.status]).toEqual([202, 202]);
      expect(await first.json()).toEqual(await second.json());
      expect(await inspect("select singleton_key, data from pgboss.job where name = 'grid.ingest'")).toEqual([{ singleton_key: "ieso.demand", data: { source: "ieso.demand" } }]);
      expect(await inspect("select count(*)::int as n from app.audit_log where action = 'source.run_asked' and target = 'ieso.demand'")).toEqual([{ n: 2 }]);
    });

    test("says why a source can't be asked", async () => {
      const refused = await ask("kaggle.dataset");
      expect([refused.status, await refused.json()]).toMatchObject([409, { detail: expect.stringMatching(/KAGGLE_API_TOKEN/) as string }]);
      useEnvironment({ GRID_INGEST: "off" });
      expect((await ask("ieso.demand")).status).toBe(409);
      useEnvironment({ GRID_INGEST: "on" });
      expect((await ask("ieso.demand", viewer)).status).toBe(403);
      expect((await ask("no.source")).status).toBe(404);
    });
  });
});
