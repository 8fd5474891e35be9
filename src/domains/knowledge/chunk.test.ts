import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunkMarkdown } from "./chunk.ts";

describe("chunkMarkdown", () => {
  test("makes a passage a section, with its headings and anchor", () => {
    const chunks = chunkMarkdown("Opening.\n\n## Prices\n\nText.\n\n### In Alberta\n\nMore.\n\n## Prices\n\nAgain.");
    expect(chunks.map(({ headings, anchor, content }) => [headings, anchor, content])).toEqual([
      [[], "", "Opening."],
      [["Prices"], "prices", "Text."],
      [["Prices", "In Alberta"], "in-alberta", "More."],
      [["Prices"], "prices-2", "Again."],
    ]);
  });

  test("splits a long section between its blocks", () => {
    const paragraph = "word ".repeat(150).trim();
    const chunks = chunkMarkdown(`## Long\n\n${[paragraph, paragraph, paragraph].join("\n\n")}`);
    expect(chunks.map(({ content }) => content)).toEqual([`${paragraph}\n\n${paragraph}`, paragraph]);
  });

  test("keeps a table whole, however long, as rows of text", () => {
    const rows = Array.from({ length: 200 }, (_, i) => `| row ${i} | ${i * 10} MW |`).join("\n");
    const chunks = chunkMarkdown(`| name | power |\n|---|---|\n${rows}`);
    expect(chunks).toHaveLength(1);
    expect(chunks[0]?.content.split("\n")[1]).toBe("row 0 | 0 MW");
  });

  test("keeps code as it stands", () => {
    expect(chunkMarkdown("```sql\nselect *\n  from t;\n```")[0]?.content).toBe("select *\n  from t;");
  });

  test("takes the words of links, and nothing of raw HTML", () => {
    expect(chunkMarkdown('See [Ramp](/help/ramp). <b onclick="x">bold</b>\n\n<script>alert(1)</script>')[0]?.content).toBe("See Ramp. bold");
  });

  test("remembers where in the Markdown the blocks stand", () => {
    const markdown = "# Title\n\nFirst *block*.\n\nSecond block.";
    const [chunk] = chunkMarkdown(markdown);
    expect(markdown.slice(chunk?.start, chunk?.end)).toBe("First *block*.\n\nSecond block.");
  });

  test("makes nothing of nothing", () => {
    expect(chunkMarkdown("")).toEqual([]);
    expect(chunkMarkdown("# Only a heading")).toEqual([]);
  });

  test("never throws, and never overlaps, whatever the text", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("# H\n", "text ", "\n\n", "- a\n", "| a |\n|-|\n| b |\n", "```\n", "<b>", "[x](y)", "> q\n", "🙂"), { maxLength: 40 }), (parts) => {
        const markdown = parts.join("");
        let end = 0;
        for (const chunk of chunkMarkdown(markdown)) {
          expect(chunk.content.trim()).not.toBe("");
          expect(chunk.start).toBeGreaterThanOrEqual(end);
          end = chunk.end;
          expect(end).toBeLessThanOrEqual(markdown.length);
        }
      }),
    );
  });
});
