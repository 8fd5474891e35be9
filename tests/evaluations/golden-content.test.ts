import { describe, expect, test } from "vitest";
import { readSeedEntries } from "#domains/help/seed-files.ts";
import { chunkMarkdown } from "#domains/knowledge/chunk.ts";
import { halves, readGolden } from "./golden.ts";

const drawnTogether = (text: string) => text.replace(/\s+/g, " ").trim();

/** The passages of each help entry by its id, as plain text. */
async function passagesByEntry(): Promise<Map<string, string[]>> {
  const entries = await readSeedEntries();
  return new Map(entries.map(({ id, body }) => [id, chunkMarkdown(body).map(({ content }) => drawnTogether(content))]));
}

describe.each(halves)("the checked-in half %s", (half) => {
  test("asks for entries that there are, and for answers that they hold", async () => {
    const passages = await passagesByEntry();
    const wrong = (await readGolden(half)).flatMap(({ id, relevant, answer }) => {
      const entries = Object.keys(relevant);
      const held = entries.flatMap((entry) => passages.get(entry) ?? []);
      return [
        ...entries.filter((entry) => !passages.has(entry)).map((entry) => `${id}: there is no entry ${entry}`),
        ...answer.filter((part) => !held.some((text) => text.includes(drawnTogether(part)))).map((part) => `${id}: no relevant entry says "${part}"`),
      ];
    });
    expect(wrong).toEqual([]);
  });
});
