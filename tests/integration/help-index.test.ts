import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedHelp } from "#domains/help/server.ts";
import { retrieve } from "#domains/knowledge/server.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

describe("the index of the help content", () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase("embedded");
    await seedHelp();
  });
  afterAll(() => opened.close());

  const found = async (question: string) =>
    (await retrieve(anonymous, [question], { limit: 5 })).retrievals[0]?.passages.map(({ sourceId }) => sourceId) ?? [];
  const indexedAt = () => inspect<{ xmin: string }>("select xmin::text from app.documents order by source_id");

  test("is left alone by a seed that finds it as it should be", async () => {
    const before = await indexedAt();
    await seedHelp();
    expect(await indexedAt()).toEqual(before);
  });

  test("loses what was unpublished with the next seed, and finds it again once it is published", async () => {
    await inspect("update app.help_entries set status = 'unpublished' where id = 'hoep'");
    await seedHelp();
    expect(await found("What does HOEP stand for?")).not.toContain("hoep");
    await inspect("update app.help_entries set status = 'published' where id = 'hoep'");
    await seedHelp();
    expect(await found("What does HOEP stand for?")).toContain("hoep");
  });

  test("is made anew from an entry that a person edited, when it was made in another way", async () => {
    await inspect("update app.help_entries set body = 'The edited wombat.', content_hash = 'edited' where id = 'ramp'");
    await inspect("update app.documents set content_hash = 'of an older version' where source_id = 'ramp'");
    expect(await seedHelp()).toMatchObject({ edited: 1 });
    expect((await found("edited wombat"))[0]).toBe("ramp");
  });

  test("comes back whole when all of it is gone", async () => {
    await inspect("delete from app.documents");
    await seedHelp();
    expect(await found("What is a reserve margin?")).toContain("reserve-margin");
  });
});
