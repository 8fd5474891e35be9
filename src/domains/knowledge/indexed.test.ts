import { describe, expect, test } from "vitest";
import { findUnstorable } from "#lib/storable-text.ts";
import { prepareDocument } from "./indexed.ts";

const document = { tenantId: null, source: "t", sourceId: "t", title: "T", url: "/t", tags: [], markdown: "" };

describe("prepareDocument", () => {
  test("counts a word no higher than a posting holds, and the length exactly", () => {
    const { chunks } = prepareDocument({ ...document, tags: [], markdown: "Text.", questions: ["kilowatt ".repeat(40_000)] });
    const [chunk] = chunks;
    expect(chunk?.frequencies[chunk.terms.indexOf("kilowatt")]).toBe(63);
    expect(chunk?.length).toBe(40_001);
  });

  test("makes every text storable, each passage still at its place", () => {
    const odd = "\0 \ud800 odd";
    const markdown = `Reserve \0 margin \ud800 here.\n\n\`\`\`\n\0\ud800code\n\`\`\`\n\nword a${"𐐀".repeat(40)}`;
    const prepared = prepareDocument({ ...document, title: odd, url: `/${odd}`, tags: [odd], questions: [odd], markdown });
    expect(findUnstorable(prepared)).toBeNull();
    expect(prepared.body).toHaveLength(markdown.length);
    expect(prepared.body.slice(prepared.chunks[0]?.start_offset, prepared.chunks[0]?.end_offset)).toMatch(/^Reserve .*𐐀$/s);
  });
});
