import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { countDrift } from "#domains/knowledge/queries.ts";
import { indexDocument, indexDocuments, removeDocument, retrieve, syncDocuments } from "#domains/knowledge/server.ts";
import type { DocumentInput } from "#domains/knowledge/index.ts";
import { anonymous, system, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { createDocument, createMember } from "../support/factories.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

const exact = { terms: 0, postings: 0, chunks: 0, length: 0 };
const drift = () => db.as(system("test"), countDrift);

describe.each(engines)("the search index on the %s engine", (engine) => {
  let opened: TestDatabase;
  let member: Extract<Principal, { kind: "member" }>;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    member = await createMember("Utility");
  });
  afterAll(() => opened.close());

  const own = (sourceId: string, markdown: string): DocumentInput => ({
    tenantId: member.tenantId, source: "upload", sourceId, title: `Document ${sourceId}`, url: `/d/${sourceId}`, tags: [], markdown,
  });
  const found = async (question: string, principal: Principal = member) =>
    ((await retrieve(principal, [question], { limit: 5 })).retrievals[0]?.passages ?? []).map(({ sourceId }) => sourceId);
  const corpus = async () =>
    (await inspect<{ chunk_count: number; total_length: number; version: number }>(
      "select chunk_count, total_length, version from app.corpora where tenant_id = $1", [member.tenantId]))[0];

  test("finds a document from the moment it is indexed, replaced and removed", async () => {
    await db.as(member, (tx) => indexDocument(tx, own("a", "The zanzibar converter links two grids.")));
    expect(await found("zanzibar converter")).toEqual(["a"]);
    await db.as(member, (tx) => indexDocument(tx, own("a", "The quokka line links two grids.")));
    expect(await found("zanzibar converter")).toEqual([]);
    expect(await found("quokka line")).toEqual(["a"]);
    expect(await db.as(member, (tx) => removeDocument(tx, own("a", "")))).toBe(true);
    expect(await db.as(member, (tx) => removeDocument(tx, own("a", "")))).toBe(false);
    expect(await found("quokka line")).toEqual([]);
    expect(await corpus()).toMatchObject({ chunk_count: 0, total_length: 0 });
    expect(await drift()).toEqual(exact);
  });

  test("leaves nothing of an index that isn't committed", async () => {
    const before = await corpus();
    const work = db.as(member, async (tx) => {
      await indexDocument(tx, own("undone", "The narwhal substation."));
      throw new Error("changed my mind");
    });
    await expect(work).rejects.toThrow("changed my mind");
    expect(await corpus()).toEqual(before);
    expect(await drift()).toEqual(exact);
  });

  test("keeps what is published while its source is brought up to date", async () => {
    const publisher = await createMember("Cooperative");
    const published = { ...own("meanwhile", "The kestrel line links two grids."), tenantId: publisher.tenantId };
    let publishing: Promise<void> | undefined;
    await db.as(publisher, (tx) => syncDocuments(tx, published, async () => {
      publishing = db.as(publisher, (other) => indexDocument(other, published));
      await sleep(100);
      return [];
    }));
    await publishing;
    expect(await found("kestrel line", publisher)).toEqual(["meanwhile"]);
  });

  test("keeps its statistics exact over random edits, by several writers at once", async () => {
    const words = Array.from({ length: 60 }, (_, index) => `word${String.fromCharCode(97 + (index % 26))}${index}`);
    const text = () => Array.from({ length: randomInt(1, 80) }, () => words[randomInt(words.length)]).join(" ");
    const markdown = () => Array.from({ length: randomInt(1, 5) }, (_, index) => `## Section ${index}\n\n${text()}.`).join("\n\n");
    const edit = () => {
      const id = `random-${randomInt(12)}`;
      if (randomInt(4) === 0) return db.as(member, (tx) => removeDocument(tx, own(id, "")));
      return db.as(member, (tx) => indexDocuments(tx, [own(id, markdown()), ...(randomInt(2) === 0 ? [own(`${id}-second`, markdown())] : [])]));
    };
    for (let round = 0; round < 40; round += 1) await Promise.all([edit(), edit(), edit()]);
    expect(await drift()).toEqual(exact);
    expect((await corpus())?.chunk_count).toBeGreaterThan(0);
  });

  test("lets two writers replace one document at once: one of the two texts stays, whole", async () => {
    const write = (word: string) => db.as(member, (tx) => indexDocument(tx, own("contested", `The ${word} feeder.\n\n## More\n\nMore about ${word}.`)));
    await Promise.all(["alpaca", "bison", "caribou", "dingo"].map(write));
    const hits = await Promise.all(["alpaca", "bison", "caribou", "dingo"].map(async (word) => (await found(word)).includes("contested")));
    expect(hits.filter(Boolean)).toHaveLength(1);
    expect(await inspect("select count(*)::int as n from app.chunks c join app.documents d on d.id = document_id where source_id = 'contested'")).toEqual([{ n: 2 }]);
    expect(await drift()).toEqual(exact);
  });

  test("gives the numbers of passages that went to later ones", async () => {
    const next = async () => (await inspect<{ next_number: number }>("select next_number from app.corpora where tenant_id = $1", [member.tenantId]))[0]?.next_number;
    await db.as(member, (tx) => indexDocument(tx, own("numbered", "One.\n\n## Two\n\nTwo.\n\n## Three\n\nThree.")));
    const before = await next();
    await db.as(member, (tx) => indexDocument(tx, own("numbered", "Four.")));
    await db.as(member, (tx) => removeDocument(tx, own("numbered", "")));
    await db.as(member, (tx) => indexDocuments(tx, [own("numbered", "Five.\n\n## Six\n\nSix."), own("more", "Seven.")]));
    expect(await next()).toBe(before);
    expect(await drift()).toEqual(exact);
  });

  test("takes documents of one tenant at a time, and the last of equally named ones", async () => {
    const mixed = [own("mixed", "Mine."), { ...own("mixed", "Public."), tenantId: null }];
    await expect(db.as(system("test"), (tx) => indexDocuments(tx, mixed))).rejects.toThrow("several tenants");
    await db.as(member, (tx) => indexDocuments(tx, [own("twice", "The gnu feeder."), own("twice", "The gazelle feeder.")]));
    expect([await found("gnu"), await found("gazelle")]).toEqual([[], ["twice"]]);
    expect(await drift()).toEqual(exact);
  });

  test("lets not even the service role put a document into another tenant's corpus", async () => {
    const [{ id } = { id: 0 }] = await inspect<{ id: number }>("select id from app.corpora where tenant_id = $1", [member.tenantId]);
    const plant = db.as(system("test"), (tx) =>
      tx.insertInto("app.documents").values({
        tenant_id: null, source: "x", source_id: "x", title: "x", url: "/x", content_hash: "x", chunk_count: 0, language: "english",
        tags: [], body: "x", updated_at: new Date(), corpus_id: id,
      }).execute());
    await expect(plant).rejects.toThrow(/row-level security/);
  });

  test("goes with its organisation", async () => {
    const leaving = await createMember("Leaving");
    await db.as(leaving, (tx) => indexDocument(tx, { ...own("x", "The platypus interconnector."), tenantId: leaving.tenantId }));
    const [{ id } = { id: 0 }] = await inspect<{ id: number }>("select id from app.corpora where tenant_id = $1", [leaving.tenantId]);
    await inspect("delete from app.organisations where id = $1", [leaving.tenantId]);
    for (const table of ["corpora where id", "documents where corpus_id", "chunks where corpus_id", "terms where corpus_id", "postings where corpus_id"]) {
      expect(await inspect(`select 1 from app.${table} = $1`, [id])).toEqual([]);
    }
    expect(await drift()).toEqual(exact);
  });

  test("keeps a tenant's words, passages and counts from every other", async () => {
    const other = await createMember("Other");
    await db.as(other, (tx) => indexDocument(tx, { ...own("secret", "The xylophone merger closes in May."), tenantId: other.tenantId }));
    for (const principal of [member, anonymous]) {
      const { retrievals, searched } = await retrieve(principal, ["xylophone merger"], { limit: 5 });
      expect(retrievals[0]?.passages).toEqual([]);
      expect(retrievals[0]?.terms.filter(({ known }) => known)).toEqual([]);
      const visible = await db.as(principal, (tx) => tx.selectFrom("app.corpora").select(({ fn }) => fn.sum<number>("chunk_count").as("n")).executeTakeFirst());
      expect(searched).toBe(Number(visible?.n ?? 0));
      for (const table of ["app.corpora", "app.documents", "app.chunks", "app.terms", "app.postings"] as const) {
        const rows = await db.as(principal, (tx) => tx.selectFrom(table).selectAll().execute());
        expect(JSON.stringify(rows)).not.toMatch(/xylophon|merger/);
      }
    }
    expect(await found("xylophone merger", other)).toEqual(["secret"]);
  });

  test("lets nobody write into another tenant's index", async () => {
    const other = await createMember("Victim");
    await db.as(other, (tx) => indexDocument(tx, { ...own("v", "The victim's feeder."), tenantId: other.tenantId }));
    const [victim] = await inspect<{ id: number; document: string }>(
      "select corpora.id, documents.id as document from app.corpora join app.documents on corpus_id = corpora.id where corpora.tenant_id = $1", [other.tenantId]);
    const corpusId = victim?.id ?? 0;
    const as = (work: Parameters<typeof db.as>[1]) => db.as(member, work);
    await expect(db.as(member, (tx) => indexDocument(tx, { ...own("w", "Planted."), tenantId: other.tenantId }))).rejects.toThrow();
    await expect(as((tx) => tx.insertInto("app.terms").values({ corpus_id: corpusId, term: "planted" }).execute())).rejects.toThrow(/row-level security/);
    await expect(as((tx) => tx.insertInto("app.postings").values({ term_id: 1, block: 0, corpus_id: corpusId, entries: [1] }).execute())).rejects.toThrow(/row-level security/);
    const changed = await db.as(member, async (tx) => [
      (await tx.updateTable("app.corpora").set({ chunk_count: 99 }).where("id", "=", corpusId).executeTakeFirst()).numUpdatedRows,
      (await tx.updateTable("app.postings").set({ entries: [99] }).where("corpus_id", "=", corpusId).executeTakeFirst()).numUpdatedRows,
      (await tx.deleteFrom("app.chunks").where("corpus_id", "=", corpusId).executeTakeFirst()).numDeletedRows,
    ]);
    expect(changed).toEqual([0n, 0n, 0n]);
    await expect(db.as(anonymous, (tx) => indexDocument(tx, own("z", "Planted.")))).rejects.toThrow(/permission denied/);
  });

  test("searches public content and the tenant's own together, each by its own statistics", async () => {
    await createDocument("The wombat bus is a public busbar.", { title: "Wombat bus" });
    await db.as(member, (tx) => indexDocument(tx, own("mine", "Our wombat bus stands in hall 3.")));
    expect((await found("wombat bus")).sort()).toHaveLength(2);
    expect(await found("wombat bus", anonymous)).not.toContain("mine");
  });
});
