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

  test("keeps a document whose nesting has no end", () => {
    for (const nesting of ["> ", "- ", "1. ", ">"]) {
      expect(chunkMarkdown(`# Deep\n\n${nesting.repeat(5_000)}wind\n\n## Next\n\nText.`).map(({ content }) => content).join(" ")).toMatch(/wind.*Text\./s);
    }
  });

  test("takes a block of nothing but delimiters as it stands, and nothing of its comments and tags", () => {
    const [first, ...others] = chunkMarkdown(`${"*a_ ".repeat(20_000)}<!-- hidden --> <b>bold</b>\n\n## Next\n\nText.`);
    expect(first?.content).toMatch(/^\*a_ \*a_/);
    const last = others.at(-2)?.content ?? "";
    expect(last).toContain("bold");
    expect(last).not.toMatch(/hidden|<b>/);
    expect(others.at(-1)).toMatchObject({ headings: ["Next"], anchor: "next", content: "Text." });
  });

  test("cuts between characters", () => {
    for (const { content } of chunkMarkdown("a" + "😀x".repeat(5_000))) expect(content.isWellFormed()).toBe(true);
  });

  test("cuts lines of code that no model could take, and loses nothing of them", () => {
    const chunks = chunkMarkdown(`\`\`\`\n${"kilowatt ".repeat(30_000)}\n\`\`\``);
    for (const { content } of chunks) expect(tokensOf(content)).toBeLessThanOrEqual(510);
    expect(chunks.flatMap(({ content }) => content.match(/kilowatt/g) ?? [])).toHaveLength(30_000);
  });

  test("repeats only the beginning of a table's long head", () => {
    const head = Array.from({ length: 3_000 }, (_, n) => `column${n}`).join(" ");
    const chunks = chunkMarkdown(`| ${head} | b |\n|---|---|\n${"| wind | 5 MW |\n".repeat(3_000)}`);
    expect(chunks.map(({ content }) => content).join(" ")).toContain("column2999");
    for (const { content } of chunks) {
      expect(content).toMatch(/^column0 column1 /);
      expect(tokensOf(content)).toBeLessThanOrEqual(610);
    }
  });

  test("repeats only the beginning of a long heading, and links to the page where its fragment would have no end", () => {
    const [chunk] = chunkMarkdown(`# ${"heading ".repeat(1_000)}\n\nText.`);
    expect(chunk?.headings[0]?.length).toBeLessThanOrEqual(400);
    expect(chunk?.anchor).toBe("");
  });

  test("makes no passage that a model couldn't take, whatever the document", () => {
    const parts = fc.constantFrom("word ", "電", "😀", "x".repeat(50), "a. ", "\n", "\n\n", "\n- a", "> ", "- ", "| a ", "\n|---|---|\n", "\n```\n", "\n    ", "*a_ ", "`", "<!-- ", "[a](", "]", "&amp;", "\n# ", "\r\n", "\t");
    fc.assert(
      fc.property(fc.array(fc.tuple(parts, fc.constantFrom(1, 2, 30, 3_000)), { maxLength: 8 }), (runs) => {
        const markdown = runs.map(([part, times]) => part.repeat(times)).join("");
        for (const { content, start, end, headings } of chunkMarkdown(markdown)) {
          expect(tokensOf(content)).toBeLessThanOrEqual(2_100);
          expect(tokensOf(headings.join(""))).toBeLessThanOrEqual(2_400);
          expect(content.isWellFormed()).toBe(true);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(markdown.length);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

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
