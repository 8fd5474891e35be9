import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as getManifest } from "#app/api/help/manifest/route.ts";
import { GET as getEntry } from "#app/api/help/[id]/route.ts";
import { POST as sendFeedback } from "#app/api/help/[id]/feedback/route.ts";
import { GET as search } from "#app/api/help/search/route.ts";
import { HelpEntryResponse, HelpManifest, HelpSearchResult } from "#domains/help/index.ts";
import { forgetHelpEntries, seedHelp } from "#domains/help/server.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { call, captureLog } from "../support/http.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

const read = (id: string, headers: Record<string, string> = {}) => call(getEntry, `/api/help/${id}`, { params: { id }, headers });
const withdraw = (id: string, status: string) =>
  db.as(system("test"), (tx) => tx.updateTable("app.help_entries").set({ status }).where("id", "=", id).execute());

describe.each(engines)("help on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await seedHelp();
  });
  afterAll(() => opened.close());
  beforeEach(() => forgetHelpEntries());

  describe("GET /api/help/manifest", () => {
    test("lists every published entry in one unit of work", async () => {
      const lines = captureLog();
      const manifest = HelpManifest.parse(await (await call(getManifest, "/api/help/manifest")).json());
      expect(manifest.origin).toBe("database");
      expect(manifest.entries.length).toBeGreaterThanOrEqual(24);
      expect(lines.at(-1)).toMatchObject({ unitsOfWork: 1 });
    });

    test("leaves out what is unpublished", async () => {
      await withdraw("ramp", "unpublished");
      const { entries } = HelpManifest.parse(await (await call(getManifest, "/api/help/manifest")).json());
      expect(entries.map(({ id }) => id)).not.toContain("ramp");
      await withdraw("ramp", "published");
    });
  });

  describe("GET /api/help/{id}", () => {
    test("answers an entry with its text and sources in one unit of work", async () => {
      const lines = captureLog();
      const entry = HelpEntryResponse.parse(await (await read("hour-ending")).json());
      expect(entry).toMatchObject({ id: "hour-ending", title: "Hour ending", origin: "database" });
      expect(entry.sources.length).toBeGreaterThan(0);
      expect(lines.at(-1)).toMatchObject({ unitsOfWork: 1, route: "/api/help/{id}" });
    });

    test("answers a revalidation with 304 and without a statement", async () => {
      const etag = (await read("hour-ending")).headers.get("etag") ?? "";
      const lines = captureLog();
      const again = await read("hour-ending", { "if-none-match": etag });
      expect([again.status, await again.text()]).toEqual([304, ""]);
      expect(lines.at(-1)).toMatchObject({ statements: 0, unitsOfWork: 0, status: 304 });
    });

    test("answers the whole entry once it has changed", async () => {
      const etag = (await read("hour-ending")).headers.get("etag") ?? "";
      await db.as(system("test"), (tx) => tx.updateTable("app.help_entries").set({ content_hash: "changed" }).where("id", "=", "hour-ending").execute());
      forgetHelpEntries();
      expect((await read("hour-ending", { "if-none-match": etag })).status).toBe(200);
    });

    test("answers 404 for an unknown and for an unpublished entry", async () => {
      await withdraw("ramp", "unpublished");
      for (const id of ["no-such-entry", "ramp"]) {
        const response = await read(id);
        expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, "NOT_FOUND"]);
      }
      await withdraw("ramp", "published");
    });

    test("answers 400 for an id of another form", async () => {
      expect((await read("../../etc/passwd")).status).toBe(400);
    });
  });

  describe("GET /api/help/search", () => {
    const find = async (q: string) => HelpSearchResult.parse(await (await call(search, `/api/help/search?q=${encodeURIComponent(q)}`)).json()).results;

    test("finds entries by words of their text, the best first, each once", async () => {
      const results = await find("negative prices");
      expect(results[0]?.id).toBe("negative-prices");
      expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
      expect(results.map(({ score }) => score)).toEqual(results.map(({ score }) => score).toSorted((a, b) => b - a));
    });

    test("matches other forms of a word", async () => {
      expect((await find("curtailing"))[0]?.id).toBe("curtailment");
    });

    test("finds nothing for words that stand nowhere", async () => {
      expect(await find("xylophone")).toEqual([]);
    });

    test.each(["", "?q=", `?q=${"x".repeat(300)}`, "?q=a&limit=1000", "?q=a&q=b"])("refuses the query %j", async (query) => {
      expect((await call(search, `/api/help/search${query}`)).status).toBe(400);
    });
  });

  describe("POST /api/help/{id}/feedback", () => {
    const rate = (id: string, json: unknown) => call(sendFeedback, `/api/help/${id}/feedback`, { params: { id }, json });

    test("stores a rating with its comment", async () => {
      const response = await rate("hour-ending", { rating: 4, comment: "Clear" });
      expect(response.status).toBe(201);
      const { id } = (await response.json()) as { id: string };
      expect(await inspect("select entry_id, rating, comment from app.help_feedback where id = $1", [id])).toEqual([
        { entry_id: "hour-ending", rating: 4, comment: "Clear" },
      ]);
    });

    test("answers 404 for an entry that isn't there", async () => {
      expect((await rate("no-such-entry", { rating: 4 })).status).toBe(404);
    });

    test.each([{ rating: 0 }, { rating: 6 }, { rating: 4.5 }, { rating: "4" }, {}, { rating: 3, comment: "x".repeat(3_000) }])(
      "refuses %j",
      async (json) => expect((await rate("hour-ending", json)).status).toBe(400),
    );
  });

  describe("the seed", () => {
    test("changes nothing when run again", async () => {
      expect(await seedHelp()).toMatchObject({ written: 0, removed: 0 });
    });

    test("keeps what a person has edited, and restores what is only gone", async () => {
      await db.as(system("test"), (tx) =>
        tx.updateTable("app.help_entries").set({ title: "Edited", content_hash: "edited" }).where("id", "=", "pool-price").execute());
      await db.as(system("test"), (tx) => tx.deleteFrom("app.help_entries").where("id", "=", "intertie").execute());
      expect(await seedHelp()).toMatchObject({ written: 1, edited: expect.any(Number) });
      const rows = await inspect("select id, title from app.help_entries where id in ('pool-price', 'intertie') order by id");
      expect(rows).toMatchObject([{ id: "intertie" }, { id: "pool-price", title: "Edited" }]);
    });

    test("removes entries that are no longer checked in when asked to, index included", async () => {
      await db.as(system("test"), (tx) =>
        tx.insertInto("app.help_entries").values({
          id: "gone", title: "Gone", short: "Gone", topic: "Answers", tags: [], sources: "[]", body: "Gone", content_hash: "x", seeded_hash: "x",
        }).execute());
      expect(await seedHelp()).toMatchObject({ removed: 0 });
      expect(await seedHelp({ removeMissing: true })).toMatchObject({ removed: 1 });
      expect((await read("gone")).status).toBe(404);
    });
  });
});
