import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATCH as mark } from "#app/api/admin/feedback/[id]/route.ts";
import { GET as list } from "#app/api/admin/feedback/route.ts";
import { GET as summarise } from "#app/api/admin/feedback/summary/route.ts";
import { POST as rate } from "#app/api/help/[id]/feedback/route.ts";
import { FeedbackItem, FeedbackList, FeedbackSummary } from "#domains/help/index.ts";
import { seedHelp } from "#domains/help/server.ts";
import { createAdmin, type SignedInAdmin } from "../support/admins.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { consoleOf, entryOf } from "../support/help-entries.ts";
import { call } from "../support/http.ts";

describe.each(engines)("the inbox of feedback on the %s engine", (engine) => {
  let opened: TestDatabase;
  let admin: SignedInAdmin;
  let viewer: SignedInAdmin;
  const leave = async (id: string, json: object) => ((await (await call(rate, `/api/help/${id}/feedback`, { params: { id }, json })).json()) as { id: string }).id;
  let ids: string[];
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await seedHelp();
    [admin, viewer] = [await createAdmin("admin"), await createAdmin("viewer")];
    ids = [
      await leave("hoep", { rating: 1, comment: "<script>alert(1)</script> is wrong" }),
      await leave("hoep", { rating: 2 }),
      await leave("ramp", { rating: 5, comment: "Clear" }),
    ];
  });
  afterAll(() => opened.close());
  const page = async (query = "") => FeedbackList.parse(await (await call(list, `/api/admin/feedback${query}`, { headers: viewer.headers })).json());

  describe("GET /api/admin/feedback", () => {
    test("lists ratings with their comments as they were written, newest first, in pages", async () => {
      const first = await page("?limit=2");
      expect(first.items).toMatchObject([{ id: ids[2], entryId: "ramp", rating: 5 }, { id: ids[1], rating: 2, comment: null, handledAt: null }]);
      expect(await page(`?limit=2&cursor=${first.nextCursor}`)).toMatchObject({ items: [{ id: ids[0], entryTitle: expect.any(String), comment: "<script>alert(1)</script> is wrong" }], nextCursor: null });
    });

    test.each([["entry=hoep", [1, 0]], ["rating=5", [2]], ["comment=yes", [2, 0]], ["handled=yes", []], ["handled=no&entry=ramp", [2]]])("filters by %s", async (query, found) => {
      expect((await page(`?${query}`)).items.map(({ id }) => id)).toEqual(found.map((index) => ids[index]));
    });

    test.each(["?rating=6", "?handled=maybe", "?cursor=W10", `?cursor=${btoa('["x"]')}`, "?limit=1000", "?entry=A B"])("refuses %s", async (query) => {
      expect((await call(list, `/api/admin/feedback${query}`, { headers: viewer.headers })).status).toBe(400);
    });
  });

  describe("GET /api/admin/feedback/summary", () => {
    test("answers average and number by entry, the worst first", async () => {
      const { entries } = FeedbackSummary.parse(await (await call(summarise, "/api/admin/feedback/summary", { headers: viewer.headers })).json());
      expect(entries).toMatchObject([{ entryId: "hoep", ratings: 2, average: 1.5, unhandled: 2 }, { entryId: "ramp", ratings: 1, average: 5 }]);
    });
  });

  describe("PATCH /api/admin/feedback/{id}", () => {
    const set = (id: string, json: unknown, headers = admin.headers) => call(mark, `/api/admin/feedback/${id}`, { method: "PATCH", headers, params: { id }, json });

    test("marks a rating as handled and back, and writes down who did once for each change", async () => {
      const id = ids[0] ?? "";
      expect(FeedbackItem.parse(await (await set(id, { handled: true })).json()).handledAt).not.toBeNull();
      expect((await set(id, { handled: true })).status).toBe(200);
      expect((await page("?handled=no&entry=hoep")).items).toHaveLength(1);
      expect(FeedbackItem.parse(await (await set(id, { handled: false })).json()).handledAt).toBeNull();
      expect(await inspect("select action, actor_id from app.audit_log where target = $1 order by id", [id])).toEqual(
        ["feedback.handled", "feedback.reopened"].map((action) => ({ action, actor_id: admin.admin.adminId })));
    });

    test("answers 403 to a viewer, 404 for none and 400 for another form", async () => {
      expect((await set(ids[1] ?? "", { handled: true }, viewer.headers)).status).toBe(403);
      expect((await set("0199f3a0-0000-7000-8000-000000000001", { handled: true })).status).toBe(404);
      expect((await set("x", { handled: true })).status).toBe(400);
      expect((await set(ids[1] ?? "", { handled: "yes" })).status).toBe(400);
    });
  });

  test("an entry that is unpublished or deleted takes no ratings", async () => {
    const desk = consoleOf(admin);
    await entryOf(desk.unpublish("intertie", { base: 1 }));
    await entryOf(desk.remove("curtailment", 1));
    for (const id of ["intertie", "curtailment"]) expect((await call(rate, `/api/help/${id}/feedback`, { params: { id }, json: { rating: 3 } })).status).toBe(404);
  });
});
