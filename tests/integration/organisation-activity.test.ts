import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { PATCH as rename } from "#app/api/organisation/route.ts";
import { GET as activity } from "#app/api/organisation/activity/route.ts";
import { ActivityPage } from "#domains/accounts/index.ts";
import { call } from "../support/http.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { as, createFellow, createOrganisationKey, createOwner, type Person } from "../support/organisations.ts";

const reading = (person: Person, query = "") => as(person, activity, `/api/organisation/activity${query}`);
const page = async (person: Person, query = "") => ActivityPage.parse(await (await reading(person, query)).json());
const actions = async (person: Person, query: string) => (await page(person, query)).activity.map(({ action }) => action);

describe.each(engines)("activity on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase(engine)));
  afterAll(() => opened.close());

  describe("GET /api/organisation/activity", () => {
    test("says who did what, when and by which request, newest first", async () => {
      const owner = await createOwner("Seen");
      await inspect("insert into app.users (id, email, name) values ($1, $2, 'Ada') on conflict (id) do update set name = 'Ada'", [owner.userId, owner.email]);
      const response = await as(owner, rename, "/api/organisation", { method: "PATCH", json: { name: "Renamed" } });
      const [latest] = (await page(owner)).activity;
      expect(latest).toMatchObject({
        actor: { kind: "authenticated", id: owner.userId, name: "Ada" }, action: "organisation.renamed", target: owner.tenantId,
        before: { name: "Seen" }, after: { name: "Renamed" }, requestId: response.headers.get("x-request-id"),
      });
    });

    test("comes in pages, and by action, actor and time", async () => {
      const owner = await createOwner("Filtered");
      const fellow = await createFellow(owner);
      await createOrganisationKey(owner);
      const all = ["api_key.created", "invitation.accepted", "invitation.created", "organisation.created"];
      const seen: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const next: z.infer<typeof ActivityPage> = await page(owner, `?limit=3${cursor && `&cursor=${cursor}`}`);
        seen.push(...next.activity.map(({ action }) => action));
        cursor = next.nextCursor;
      }
      expect(seen).toEqual(all);
      expect(await actions(owner, "?action=api_key.created")).toEqual(["api_key.created"]);
      expect(await actions(owner, `?actor=${fellow.userId}`)).toEqual(["invitation.accepted"]);

      await inspect("update app.audit_log set at = '2026-03-02T04:59:59Z' where tenant_id = $1 and action = 'organisation.created'", [owner.tenantId]);
      await inspect("update app.audit_log set at = '2026-03-02T05:00:00Z' where tenant_id = $1 and action = 'invitation.created'", [owner.tenantId]);
      expect(await actions(owner, "?to=2026-03-01")).toEqual(["organisation.created"]);
      expect(await actions(owner, "?from=2026-03-02&to=2026-03-02")).toEqual(["invitation.created"]);
      expect(await actions(owner, `?from=${encodeURIComponent("2026-03-02T05:00:00Z")}`)).toEqual(all.slice(0, 3));
    });

    test.each(["?action=x", "?from=yesterday", "?to=2026-02-30", "?cursor=x", "?limit=1000", "?tenant=x"])("refuses %s", async (query) => {
      expect((await reading(await createOwner("Refusing"), query)).status).toBe(400);
    });

    test("is for owners: not for members, keys or other organisations'", async () => {
      const owner = await createOwner("Private");
      expect((await reading(await createFellow(owner))).status).toBe(403);
      const { headers } = await createOrganisationKey(owner);
      expect((await call(activity, "/api/organisation/activity", { headers })).status).toBe(403);
      const other = await page(await createOwner("Other"));
      expect(other.activity.map(({ action }) => action)).toEqual(["organisation.created"]);
    });
  });
});
