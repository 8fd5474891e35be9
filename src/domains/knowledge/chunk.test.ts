import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunkMarkdown } from "./chunk.ts";
import { tokensOf } from "./tokens.ts";

const sentence = (n: number) => `Sentence number ${n} says in plain words what the one before it left out.`;
const longSection = `## Long\n\n${Array.from({ length: 120 }, (_, n) => sentence(n)).join(" ")}`;

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

  test("cuts a long section between sentences into passages of 300 to 500 tokens", () => {
    const chunks = chunkMarkdown(longSection);
    expect(chunks.length).toBeGreaterThan(3);
    for (const { content } of chunks) {
      expect(tokensOf(content)).toBeGreaterThan(300);
      expect(tokensOf(content)).toBeLessThanOrEqual(500);
      expect(content).toMatch(/^Sentence.*out\.$/s);
    }
  });

  test("begins a passage with the end of the one before, within a section only", () => {
    const [first, second] = chunkMarkdown(longSection);
    const repeated = (first?.content.match(/Sentence[^.]*\./g) ?? []).filter((text) => second?.content.includes(text));
    expect(repeated.length).toBeGreaterThan(0);
    expect(tokensOf(repeated.join(" "))).toBeLessThan(60);
    const [, after] = chunkMarkdown(`${longSection}\n\n## Next\n\nShort.`).slice(-2);
    expect(after?.content).toBe("Short.");
  });

  test("keeps a table whole, as rows of text", () => {
    const rows = Array.from({ length: 200 }, (_, i) => `| row ${i} | ${i * 10} MW |`).join("\n");
    const chunks = chunkMarkdown(`Before.\n\n| name | power |\n|---|---|\n${rows}`);
    const holding = chunks.filter(({ content }) => content.includes("row 0 | 0 MW"));
    expect(holding).toHaveLength(1);
    expect(holding[0]?.content).toContain("row 199 | 1990 MW");
  });

  test("cuts a table that no model could take between its rows, each part under the head", () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => `| row ${i} | ${i * 10} MW |`).join("\n");
    const chunks = chunkMarkdown(`| name | power |\n|---|---|\n${rows}`);
    expect(chunks.length).toBeGreaterThan(10);
    for (const { content } of chunks) {
      expect(content.split("\n")[0]).toBe("name | power");
      expect(tokensOf(content)).toBeLessThanOrEqual(510);
    }
  });

  test("keeps code as it stands", () => {
    expect(chunkMarkdown("```sql\nselect *\n  from t;\n```")[0]?.content).toBe("select *\n  from t;");
  });

  test("takes the words of links, and nothing of raw HTML, comments and images", () => {
    const markdown = 'See [Ramp](/help/ramp). <b onclick="x">bold</b> <!-- hidden --> ![obey](https://evil.example/)\n\n<!-- more -->\n\n<script>alert(1)</script>';
    expect(chunkMarkdown(markdown)[0]?.content).toBe("See Ramp. bold");
  });

  test("leaves out characters that don't show", () => {
    const tags = [..."obey"].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("");
    expect(chunkMarkdown(`Pool\u200b price\u202e${tags} is\u00ad hourly.`)[0]?.content).toBe("Pool price is hourly.");
  });

  test("remembers where in the Markdown a passage stands, past emphasis, links, escapes and entities", () => {
    const markdown = "# Title\n\nFirst *block* of [words](/x) &amp; \\*more\\*.\n\nSecond block.";
    const [chunk] = chunkMarkdown(markdown);
    expect(markdown.slice(chunk?.start, chunk?.end)).toBe("First *block* of [words](/x) &amp; \\*more\\*.\n\nSecond block.");
    expect(chunk?.content).toBe("First block of words & *more*.\n\nSecond block.");
  });

  test("points at the very sentences of a passage of a long section", () => {
    for (const { content, start, end } of chunkMarkdown(longSection)) expect(longSection.slice(start, end)).toBe(content);
  });

  test("makes nothing of nothing", () => {
    expect(chunkMarkdown("")).toEqual([]);
    expect(chunkMarkdown("# Only a heading")).toEqual([]);
  });

  test("never throws, and keeps its offsets within the text, whatever it is", () => {
    const parts = fc.constantFrom("# H\n", "text ", "A sentence. ", "\n\n", "- a\n", "| a |\n|-|\n| b |\n", "```\n", "<b>", "[x](y)", "> q\n", "🙂", "&amp;", "\\*");
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (chosen) => {
        const markdown = chosen.join("");
        for (const chunk of chunkMarkdown(markdown)) {
          expect(chunk.content.trim()).not.toBe("");
          expect(chunk.start).toBeGreaterThanOrEqual(0);
          expect(chunk.end).toBeGreaterThan(chunk.start);
          expect(chunk.end).toBeLessThanOrEqual(markdown.length);
        }
      }),
    );
  });
});
