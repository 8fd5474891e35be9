import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as list, POST as create } from "#app/api/admin/help/route.ts";
import { HelpList, type HelpContent } from "#domains/help/index.ts";
import { seedHelp } from "#domains/help/server.ts";
import { createAdmin, type SignedInAdmin } from "../support/admins.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { askVisitor, consoleOf, entryOf, helpContent, readPublic, refusal } from "../support/help-entries.ts";
import { call } from "../support/http.ts";

const audited = (id: string) =>
  inspect<{ action: string; before: unknown; after: Record<string, unknown> | null; actor_id: string; actor_role: string; request_id: string | null }>(
    "select action, before, after, actor_id, actor_role, request_id from app.audit_log where target = $1 order by id", [id]);
const indexed = async (id: string) => (await inspect("select 1 from app.documents where source = 'help' and source_id = $1", [id])).length;
const cited = async (question: string) => (await askVisitor(question)).citations.map(({ url }) => url.replace(/#.*/, ""));

describe.each(engines)("help editing on the %s engine", (engine) => {
  let opened: TestDatabase;
  let admin: SignedInAdmin;
  let desk: ReturnType<typeof consoleOf>;
  let count = 0;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await seedHelp();
  });
  afterAll(() => opened.close());
  // Of its own, so that no test uses up another's limit.
  beforeEach(async () => {
    admin = await createAdmin("admin");
    desk = consoleOf(admin);
  });

  /** A published entry of its own for a test; its word stands in no other entry. */
  async function published(over: Partial<HelpContent> = {}): Promise<{ id: string; word: string }> {
    const word = `quibble${"abcdefghijklmnopqrstuvwxyz"[(count += 1)]}ium`;
    const id = `entry-${count}`;
    await entryOf(desk.create(id, helpContent({ title: `On ${word}`, questions: [`What is ${word}?`], body: `${word} is a metal that grid operators weigh at noon.`, ...over })));
    await entryOf(desk.publish(id, { base: 1 }));
    return { id, word };
  }

  describe("POST /api/admin/help", () => {
    test("makes an entry at revision 1 that readers don't see and that isn't cited", async () => {
      const entry = await entryOf(desk.create("frazil-ice", helpContent(), "First words"));
      expect(entry).toMatchObject({ id: "frazil-ice", revision: 1, status: "unpublished", publishedRevision: null, author: "The admin", checkedIn: false, note: "First words" });
      expect((await readPublic("frazil-ice")).status).toBe(404);
      expect(await indexed("frazil-ice")).toBe(0);
      expect(await audited("frazil-ice")).toMatchObject([
        { action: "help.saved", before: null, after: { revision: 1, title: "Frazil ice" }, actor_id: admin.admin.adminId, actor_role: "admin", request_id: expect.any(String) },
      ]);
    });

    test("answers 409 for an id that is taken, by a deleted entry too", async () => {
      const { id } = await published();
      expect(await refusal(desk.create(id))).toMatchObject({ status: 409, code: "CONFLICT", errors: [{ path: "id" }], detail: expect.stringMatching(/already an entry/) });
      await entryOf(desk.remove(id, 1));
      expect(await refusal(desk.create(id))).toMatchObject({ status: 409, detail: expect.stringMatching(/deleted entry.*Restore it/) });
    });

    test.each<[string, string, unknown, string]>([
      ["an id of another form", "Frazil Ice", helpContent(), "id"],
      ["an id that the console needs", "new", helpContent(), "id"],
      ["no title", "x", { ...helpContent(), title: "  " }, "content.title"],
      ["a title of two lines", "x", { ...helpContent(), title: "a\nb" }, "content.title"],
      ["a title that is too long", "x", { ...helpContent(), title: "a".repeat(121) }, "content.title"],
      ["an unknown topic", "x", { ...helpContent(), topic: "Gossip" }, "content.topic"],
      ["an unknown field", "x", { ...helpContent(), colour: "red" }, "content.colour"],
      ["no text", "x", { ...helpContent(), body: " \n" }, "content.body"],
      ["a text that is too long", "x", { ...helpContent(), body: "a".repeat(100_001) }, "content.body"],
      ["a NUL character", "x", { ...helpContent(), body: "a\0b" }, "content.body"],
      ["half a surrogate pair", "x", { ...helpContent(), short: "\ud800" }, "content.short"],
      ["thirteen tags", "x", { ...helpContent(), tags: Array.from({ length: 13 }, (_, index) => `t${index}`) }, "content.tags"],
      ["a source that isn't https", "x", { ...helpContent(), sources: [{ title: "a", url: "javascript:alert(1)" }] }, "content.sources.0.url"],
      ["the translation of an entry that isn't there", "x", helpContent({ translates: "no-such-entry" }), "content.translates"],
      ["the translation of itself", "x", helpContent({ translates: "x" }), "content.translates"],
    ])("refuses %s and says where", async (_name, id, content, path) => {
      const problem = await refusal(desk.create(id, content));
      expect(problem).toMatchObject({ status: 400, code: "INVALID_REQUEST" });
      expect(problem.errors?.map((error) => error.path)).toContain(path);
      expect((await desk.read("x")).status).toBe(404);
    });

    test("refuses a body over 256 kB", async () => {
      expect((await desk.create("x", helpContent({ body: "é".repeat(100_000) }))).status).toBe(201);
      const huge = { ...helpContent(), body: "a".repeat(300_000) };
      expect(await refusal(desk.create("y", huge))).toMatchObject({ status: 413, code: "BODY_TOO_LARGE" });
    });

    test("is for administrators who may edit: a viewer gets 403 and nothing is made", async () => {
      const viewer = await createAdmin("viewer");
      expect(await refusal(consoleOf(viewer).create("by-a-viewer"))).toMatchObject({ status: 403, code: "ADMIN_FORBIDDEN" });
      expect(await refusal(call(create, "/api/admin/help", { json: { id: "by-nobody", content: helpContent() } }))).toMatchObject({ status: 403, code: "ADMIN_FORBIDDEN" });
      expect(await inspect("select id from app.help_entries where id like 'by-%'")).toEqual([]);
    });
  });

  describe("GET /api/admin/help/{id}", () => {
    test("answers the newest text, not the published one, with state and hash", async () => {
      const { id } = await published();
      const before = await entryOf(desk.read(id));
      await entryOf(desk.save(id, { base: 1, content: helpContent({ title: "Draft" }) }));
      const entry = await entryOf(desk.read(id));
      expect(entry).toMatchObject({ revision: 2, publishedRevision: 1, status: "published", content: { title: "Draft" } });
      expect(entry.hash).not.toBe(before.hash);
    });

    test("answers 404 for an entry that isn't there, and lets a viewer read", async () => {
      expect((await desk.read("no-such-entry")).status).toBe(404);
      expect(await entryOf(consoleOf(await createAdmin("viewer")).read("hour-ending"))).toMatchObject({ revision: 1, checkedIn: true, status: "published" });
    });
  });

  describe("PUT /api/admin/help/{id}", () => {
    test("makes the next revision and changes nothing for readers", async () => {
      const { id, word } = await published();
      const entry = await entryOf(desk.save(id, { base: 1, content: helpContent({ title: "A draft" }), note: "Reworded" }));
      expect(entry).toMatchObject({ revision: 2, publishedRevision: 1, note: "Reworded" });
      expect(await (await readPublic(id)).json()).toMatchObject({ title: `On ${word}` });
      expect(await cited(`What is ${word}?`)).toEqual([`/help/${id}`]);
      expect((await audited(id)).at(-1)).toMatchObject({ action: "help.saved", before: { revision: 1 }, after: { revision: 2, title: "A draft" } });
    });

    test("answers 409 to a save that is based on an older revision, naming the newest, and loses neither text", async () => {
      const { id } = await published();
      await entryOf(desk.save(id, { base: 1, content: helpContent({ title: "Theirs" }) }));
      const problem = await refusal(desk.save(id, { base: 1, content: helpContent({ title: "Mine" }) }));
      expect(problem).toMatchObject({ status: 409, code: "CONFLICT", errors: [{ path: "base", message: "The newest revision is 2" }] });
      expect((await entryOf(desk.read(id))).content.title).toBe("Theirs");
      expect(await entryOf(desk.save(id, { base: 2, content: helpContent({ title: "Mine" }) }))).toMatchObject({ revision: 3, content: { title: "Mine" } });
    });

    test.each([[{ content: helpContent() }], [{ base: 0, content: helpContent() }], [{ base: "1", content: helpContent() }], [{ base: 1 }], [{ base: 1, content: helpContent(), id: "other" }], [{ base: 1, content: helpContent(), note: "x".repeat(301) }]])(
      "refuses %j", async (json) => {
        const { id } = await published();
        expect((await desk.save(id, json)).status).toBe(400);
        expect((await entryOf(desk.read(id))).revision).toBe(1);
      });

    test("answers 404 for an entry that isn't there and 403 to a viewer", async () => {
      expect((await desk.save("no-such-entry", { base: 1, content: helpContent() })).status).toBe(404);
      expect((await consoleOf(await createAdmin("viewer")).save("hour-ending", { base: 1, content: helpContent() })).status).toBe(403);
    });
  });

  describe("POST /api/admin/help/{id}/publish", () => {
    test("makes the newest text what readers see and what the very next question cites, and the old one is gone from both", async () => {
      const { id, word } = await published();
      expect((await askVisitor(`What is ${word}?`)).answer).toContain("weigh at noon");
      await entryOf(desk.save(id, { base: 1, content: helpContent({ title: `On ${word}`, questions: [], body: `${word} is a wooden instrument that operators play at midnight.` }) }));
      expect((await askVisitor(`What is ${word}?`)).answer).toContain("weigh at noon");
      expect(await entryOf(desk.publish(id, { base: 2 }))).toMatchObject({ status: "published", revision: 2, publishedRevision: 2 });
      const answer = await askVisitor(`What is ${word}?`);
      expect(answer.answer).toContain("play at midnight");
      expect(JSON.stringify(answer)).not.toContain("noon");
      expect(await (await readPublic(id)).json()).toMatchObject({ body: expect.stringContaining("midnight") });
      expect((await audited(id)).at(-1)).toMatchObject({ action: "help.published", before: { revision: 1, status: "published" }, after: { revision: 2 } });
    });

    test("publishes a named revision while a newer draft waits", async () => {
      const { id } = await published();
      await entryOf(desk.save(id, { base: 1, content: helpContent({ title: "Second" }) }));
      await entryOf(desk.save(id, { base: 2, content: helpContent({ title: "Third" }) }));
      expect(await entryOf(desk.publish(id, { base: 3, revision: 2 }))).toMatchObject({ revision: 3, publishedRevision: 2, content: { title: "Third" } });
      expect(await (await readPublic(id)).json()).toMatchObject({ title: "Second" });
    });

    test("finds a changed entry at once by the help search's words too", async () => {
      const { id, word } = await published();
      expect(await inspect<{ tags: string[]; title: string }>("select title, tags from app.documents where source_id = $1", [id])).toEqual([{ title: `On ${word}`, tags: ["ice"] }]);
    });

    test("answers 409 on an older base, on a deleted entry, and 404 for a revision that isn't there", async () => {
      const { id } = await published();
      await entryOf(desk.save(id, { base: 1, content: helpContent() }));
      expect((await desk.publish(id, { base: 1 })).status).toBe(409);
      expect((await desk.publish(id, { base: 2, revision: 9 })).status).toBe(404);
      await entryOf(desk.remove(id, 2));
      expect((await desk.publish(id, { base: 2 })).status).toBe(409);
      expect((await readPublic(id)).status).toBe(404);
    });
  });

  describe("POST /api/admin/help/{id}/unpublish", () => {
    test("takes the entry from its readers, the answers and the search in one", async () => {
      const { id, word } = await published();
      expect(await entryOf(desk.unpublish(id, { base: 1 }))).toMatchObject({ status: "unpublished", publishedRevision: null, revision: 1 });
      expect((await readPublic(id)).status).toBe(404);
      expect(await indexed(id)).toBe(0);
      expect(await cited(`What is ${word}?`)).not.toContain(`/help/${id}`);
      expect((await audited(id)).at(-1)).toMatchObject({ action: "help.unpublished", before: { revision: 1, title: `On ${word}` } });
    });

    test("answers 409 when it isn't published", async () => {
      const { id } = await published();
      await entryOf(desk.unpublish(id, { base: 1 }));
      expect(await refusal(desk.unpublish(id, { base: 1 }))).toMatchObject({ status: 409, detail: expect.stringMatching(/isn't published/) });
    });
  });

  describe("DELETE /api/admin/help/{id}", () => {
    test("hides the entry and takes it out of the index, its texts stay", async () => {
      const { id, word } = await published();
      expect(await entryOf(desk.remove(id, 1))).toMatchObject({ status: "deleted" });
      expect((await readPublic(id)).status).toBe(404);
      expect(await cited(`What is ${word}?`)).not.toContain(`/help/${id}`);
      expect((await entryOf(desk.read(id))).content.title).toBe(`On ${word}`);
      expect((await audited(id)).at(-1)).toMatchObject({ action: "help.deleted" });
    });

    test("answers 409 twice and on an older base, 400 without one", async () => {
      const { id } = await published();
      expect((await desk.remove(id, 2)).status).toBe(409);
      expect((await desk.remove(id, "")).status).toBe(400);
      expect((await desk.remove(id, "1.5")).status).toBe(400);
      await entryOf(desk.remove(id, 1));
      expect((await desk.remove(id, 1)).status).toBe(409);
      expect((await desk.save(id, { base: 1, content: helpContent() })).status).toBe(409);
    });
  });

  describe("POST /api/admin/help/{id}/restore", () => {
    test("brings a published entry back published and cited, with a waiting draft as it was", async () => {
      const { id, word } = await published();
      await entryOf(desk.save(id, { base: 1, content: helpContent({ title: "Draft" }) }));
      const before = await (await readPublic(id)).json() as object;
      await entryOf(desk.remove(id, 2));
      expect(await entryOf(desk.restore(id, { base: 2 }))).toMatchObject({ status: "published", revision: 2, publishedRevision: 1, content: { title: "Draft" } });
      expect(await (await readPublic(id)).json()).toEqual(before);
      expect(await cited(`What is ${word}?`)).toEqual([`/help/${id}`]);
      expect((await audited(id)).at(-1)).toMatchObject({ action: "help.restored", after: { status: "published" } });
    });

    test("brings an unpublished entry back unpublished, and answers 409 when nothing is deleted", async () => {
      const { id } = await published();
      await entryOf(desk.unpublish(id, { base: 1 }));
      expect((await desk.restore(id, { base: 1 })).status).toBe(409);
      await entryOf(desk.remove(id, 1));
      expect(await entryOf(desk.restore(id, { base: 1 }))).toMatchObject({ status: "unpublished", publishedRevision: null });
      expect(await indexed(id)).toBe(0);
    });
  });

  describe("GET /api/admin/help", () => {
    const page = async (query: string) => HelpList.parse(await (await call(list, `/api/admin/help${query}`, { headers: admin.headers })).json());
    const ids = async (query: string) => (await page(query)).items.map(({ id }) => id);

    test("lists everything but what is deleted, by title, in pages that miss and repeat nothing", async () => {
      const paged = async (limit: number) => {
        const collected: string[] = [];
        for (let cursor: string | null = ""; cursor !== null; ) {
          const { items, nextCursor } = await page(`?limit=${limit}${cursor && `&cursor=${cursor}`}`);
          collected.push(...items.map(({ id }) => id));
          cursor = nextCursor;
        }
        return collected;
      };
      const whole = await paged(200);
      const held = await inspect<{ id: string }>("select id from app.help_entries where status <> 'deleted'");
      expect(await paged(7)).toEqual(whole);
      expect(whole.toSorted()).toEqual(held.map(({ id }) => id).toSorted());
    });

    test("finds by words of the newest text, wherever they stand, and takes wildcards as they are", async () => {
      const { id, word } = await published();
      expect(await ids(`?q=${word.toUpperCase()} noon`)).toEqual([id]);
      await entryOf(desk.save(id, { base: 1, content: helpContent({ body: "Only xylophones%_." }) }));
      expect(await ids("?q=xylophones%25_.")).toEqual([id]);
      expect(await ids("?q=xylo%25es")).toEqual([]);
      expect(await ids(`?q=${word} noon`)).toEqual([]);
    });

    test("filters by status, topic, language and unpublished changes", async () => {
      const { id } = await published({ language: "fr", topic: "Emissions" });
      expect(await ids("?language=fr&topic=Emissions&limit=200")).toContain(id);
      expect(await ids("?language=en&topic=Emissions&limit=200")).not.toContain(id);
      expect(await ids("?changes=unpublished&limit=200")).not.toContain(id);
      await entryOf(desk.save(id, { base: 1, content: helpContent({ language: "fr", topic: "Emissions" }) }));
      expect(await ids("?changes=unpublished&limit=200")).toContain(id);
      await entryOf(desk.remove(id, 2));
      expect(await ids("?limit=200")).not.toContain(id);
      expect(await ids("?status=deleted&limit=200")).toContain(id);
    });

    test.each(["?status=gone", "?limit=0", "?cursor=x", "?cursor=W10", "?topic=Gossip", "?colour=red"])("refuses %s", async (query) => {
      expect((await call(list, `/api/admin/help${query}`, { headers: admin.headers })).status).toBe(400);
    });
  });

  describe("the seed after people's work", () => {
    test("leaves an edited, an unpublished, a deleted and a created entry and a draft alone, and what isn't touched follows the files", async () => {
      await entryOf(desk.save("intertie", { base: 1, content: helpContent({ title: "A draft" }) }));
      await entryOf(desk.save("hoep", { base: 1, content: helpContent({ title: "Edited" }) }));
      await entryOf(desk.publish("hoep", { base: 2 }));
      await entryOf(desk.unpublish("ramp", { base: 1 }));
      await entryOf(desk.remove("curtailment", 1));
      const { id } = await published();
      // As if the files had changed since.
      await inspect("update app.help_entries set seeded_hash = 'older', content_hash = 'older' where id in ('baseload-and-peak', 'ramp', 'curtailment', 'intertie')");
      expect(await seedHelp({ removeMissing: true })).toMatchObject({ written: 1, edited: 4, removed: 0 });
      const states = await inspect("select id, status, revision, published_revision, seeded_hash = content_hash as seeded from app.help_entries where id = any($1) order by id", [["baseload-and-peak", "curtailment", "hoep", "intertie", "ramp", id]]);
      expect(states).toMatchObject([
        { id: "baseload-and-peak", status: "published", revision: 2, published_revision: 2, seeded: true },
        { id: "curtailment", status: "deleted", revision: 1, published_revision: 1 },
        { id, status: "published", revision: 1, published_revision: 1 },
        { id: "hoep", status: "published", revision: 2, published_revision: 2, seeded: false },
        { id: "intertie", status: "published", revision: 2, published_revision: 1 },
        { id: "ramp", status: "unpublished", revision: 1, published_revision: null },
      ].sort((a, b) => (a.id < b.id ? -1 : 1)));
      expect(await indexed("ramp")).toBe(0);
      expect(await indexed("curtailment")).toBe(0);
      expect(await seedHelp()).toMatchObject({ written: 0 });
    });

    test("has written one revision by the seed for each file", async () => {
      const [row] = await inspect<{ entries: number; revisions: number }>(`select
        (select count(*)::int from app.help_entries e where seeded_hash is not null) as entries,
        (select count(*)::int from app.help_revisions where revision = 1 and author_id = 'seed') as revisions`);
      expect(row?.revisions).toBe(row?.entries);
      expect(row?.entries).toBeGreaterThan(100);
    });
  });
});
