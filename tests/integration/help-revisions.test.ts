import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as list } from "#app/api/admin/help/[id]/revisions/route.ts";
import { GET as read } from "#app/api/admin/help/[id]/revisions/[revision]/route.ts";
import { POST as restore } from "#app/api/admin/help/[id]/revisions/[revision]/restore/route.ts";
import { EditedHelpEntry, HelpRevision, HelpRevisionList } from "#domains/help/index.ts";
import { seedHelp } from "#domains/help/server.ts";
import { newId } from "#lib/ids.ts";
import { createAdmin, type SignedInAdmin } from "../support/admins.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { askVisitor, consoleOf, entryOf, helpContent, readPublic, refusal } from "../support/help-entries.ts";
import { call } from "../support/http.ts";

describe.each(engines)("revisions of help on the %s engine", (engine) => {
  let opened: TestDatabase;
  let admin: SignedInAdmin;
  let desk: ReturnType<typeof consoleOf>;
  let id: string;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    admin = await createAdmin("admin");
    desk = consoleOf(admin);
    id = `entry-${newId()}`;
    await entryOf(desk.create(id, helpContent({ title: "One" })));
    await entryOf(desk.save(id, { base: 1, content: helpContent({ title: "Two" }), note: "Second thoughts" }));
    await entryOf(desk.save(id, { base: 2, content: helpContent({ title: "Three" }) }));
  });

  describe("GET /api/admin/help/{id}/revisions", () => {
    const page = (query = "") => call(list, `/api/admin/help/${id}/revisions${query}`, { headers: admin.headers, params: { id } });

    test("lists who saved what, newest first, in pages", async () => {
      const { items, nextCursor } = HelpRevisionList.parse(await (await page("?limit=2")).json());
      expect(items).toMatchObject([{ revision: 3, title: "Three" }, { revision: 2, title: "Two", author: "The admin", note: "Second thoughts", checkedIn: false }]);
      const rest = HelpRevisionList.parse(await (await page(`?limit=2&cursor=${nextCursor}`)).json());
      expect(rest).toMatchObject({ items: [{ revision: 1, title: "One" }], nextCursor: null });
    });

    test("refuses another list's cursor, and answers 404 for an entry that isn't there", async () => {
      expect((await page("?cursor=W10")).status).toBe(400);
      expect((await call(list, "/api/admin/help/nothing/revisions", { headers: admin.headers, params: { id: "nothing" } })).status).toBe(404);
    });
  });

  describe("GET /api/admin/help/{id}/revisions/{revision}", () => {
    const one = (revision: string) => call(read, `/api/admin/help/${id}/revisions/${revision}`, { headers: admin.headers, params: { id, revision } });

    test("answers the whole text as it was saved", async () => {
      expect(HelpRevision.parse(await (await one("2")).json())).toMatchObject({ revision: 2, content: helpContent({ title: "Two" }) });
    });

    test.each([["4", 404], ["0", 400], ["x", 400], ["99999999999", 400]])("answers revision %s with %i", async (revision, status) => {
      expect((await one(revision)).status).toBe(status);
    });
  });

  describe("POST /api/admin/help/{id}/revisions/{revision}/restore", () => {
    const bring = (revision: string, json: unknown, headers = admin.headers) =>
      call(restore, `/api/admin/help/${id}/revisions/${revision}/restore`, { headers, params: { id, revision }, json });

    test("makes an earlier text the newest revision and leaves readers what they have", async () => {
      await entryOf(desk.publish(id, { base: 3 }));
      expect(EditedHelpEntry.parse(await (await bring("1", { base: 3 })).json())).toMatchObject({
        revision: 4, publishedRevision: 3, content: { title: "One" }, note: "Restored from revision 1",
      });
      expect(await (await readPublic(id)).json()).toMatchObject({ title: "Three" });
      expect(await inspect("select action, after from app.audit_log where target = $1 order by id desc limit 1", [id])).toEqual([
        { action: "help.saved", after: { revision: 4, title: "One", restoredFrom: 1 } },
      ]);
    });

    test("answers 409 on an older base, 404 for a revision that isn't there and 403 to a viewer", async () => {
      expect((await bring("1", { base: 2 })).status).toBe(409);
      expect((await bring("9", { base: 3 })).status).toBe(404);
      expect((await bring("1", { base: 3 }, (await createAdmin("viewer")).headers)).status).toBe(403);
      expect((await entryOf(desk.read(id))).revision).toBe(3);
    });
  });

  test("twelve saves at once on one base: one is stored, eleven get 409, no revision is lost or doubled", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, async (_, index) => desk.save(id, { base: 3, content: helpContent({ title: `Writer ${index}` }) })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 11 }, () => 409)]);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(await entryOf(desk.read(id))).toMatchObject({ revision: 4, content: { title: `Writer ${winner}` } });
    expect(await inspect("select revision from app.help_revisions where entry_id = $1 order by revision", [id])).toEqual([1, 2, 3, 4].map((revision) => ({ revision })));
  });

  test("a save, a publication and a deletion at once leave one of the orders they could have come in", async () => {
    await Promise.all([desk.save(id, { base: 3, content: helpContent({ title: "Four" }) }), desk.publish(id, { base: 3 }), desk.remove(id, 3), seedHelp()]);
    const { status, publishedRevision } = await entryOf(desk.read(id));
    const documents = await inspect("select 1 from app.documents where source_id = $1", [id]);
    expect(documents.length).toBe(status === "published" && publishedRevision !== null ? 1 : 0);
  });
});

describe("a publication that breaks off", () => {
  let opened: TestDatabase;
  let owner: pg.Client;
  beforeAll(async () => {
    opened = await openTestDatabase("server");
    owner = new pg.Client({ connectionString: opened.url });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await opened.close();
  });

  test.each([
    ["by an error in the index", "raise exception 'broken off'", 500],
    ["by the end of its connection", "perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(5)", 503],
  ])("%s, after the entry was written, has changed nothing", async (_name, statement, status) => {
    const desk = consoleOf(await createAdmin("admin"));
    const id = `broken-${newId()}`;
    await entryOf(desk.create(id, helpContent({ body: "Zorbium is weighed at noon." })));
    await entryOf(desk.publish(id, { base: 1 }));
    await entryOf(desk.save(id, { base: 1, content: helpContent({ body: "Zorbium is weighed at midnight." }) }));
    const state = () => inspect(`select e.*, d.content_hash as indexed, (select count(*)::int from app.audit_log where target = e.id) as audited
      from app.help_entries e join app.documents d on d.source_id = e.id where e.id = $1`, [id]);
    const before = await state();
    await owner.query(`create function app.break_off() returns trigger language plpgsql security definer as $$ begin ${statement}; return new; end $$;
      create trigger break_off before insert on app.chunks for each row execute function app.break_off()`);
    try {
      expect((await refusal(desk.publish(id, { base: 2 }))).status).toBe(status);
    } finally {
      await owner.query("drop trigger break_off on app.chunks; drop function app.break_off()");
    }
    expect(await state()).toEqual(before);
    expect((await askVisitor("When is zorbium weighed?")).answer).toContain("noon");
    expect(await (await readPublic(id)).json()).toMatchObject({ body: "Zorbium is weighed at noon." });
    expect(await entryOf(desk.publish(id, { base: 2 }))).toMatchObject({ publishedRevision: 2 });
    await entryOf(desk.remove(id, 2));
  });
});
