import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { toString } from "mdast-util-to-string";
import { gfmTable } from "micromark-extension-gfm-table";
import { describe, expect, test } from "vitest";
import { chunkMarkdown } from "#domains/knowledge/chunk.ts";
import { plainTextToMarkdown } from "./plain-text.ts";

const drawnTogether = (text: string) => text.split(/\s+/).filter(Boolean).join(" ");
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
const chunked = (text: string) => chunkMarkdown(plainTextToMarkdown(text)).map(({ content }) => content).join(" ");

/** What the Markdown shows, if it holds nothing but paragraphs of plain text. */
function paragraphs(text: string): string {
  const tree = fromMarkdown(plainTextToMarkdown(text), { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  for (const node of tree.children) {
    expect(node.type).toBe("paragraph");
    for (const child of "children" in node ? node.children : []) expect(child.type).toBe("text");
  }
  return drawnTogether(tree.children.map((node) => toString(node)).join("\n"));
}

describe("plain text as Markdown", () => {
  test.each([
    ["a heading", "# not a heading\n#nor this\n###### six"],
    ["an underlined heading", "Title\n=====\nOther\n---\nText"],
    ["lists", "- one\n+ two\n* three\n1. four\n22) five\n3.14 is a number"],
    ["emphasis", "a *b* **c** _d_ __e__ ***f*** snake_case_name 2*3*4"],
    ["code", "`code` ``a ` b`` ```fence\n~~~\nx\n~~~\n    indented\n\tby a tab"],
    ["links", "[a](http://x.y) ![img](z) [b][c]\n[c]: http://x.y \"t\"\n<http://auto.link> <a@b.c>"],
    ["HTML", "<b>bold</b> <!-- comment -->\n<script>alert(1)</script>\n<div>\nblock\n</div>\n<?php ?> <![CDATA[x]]>"],
    ["entities", "AT&amp;T &lt; &#35; &copy; &nbsp; a & b"],
    ["a table", "| a | b |\n|---|---|\n| c | d |\n\na | b\n- | -\n:--|--:\nc | d"],
    ["quotations", "> quoted\n>> twice\n>no space"],
    ["rules", "***\n---\n___\n- - -\n* * *"],
    ["backslashes", "C:\\dir\\*.txt \\# \\\\ end\\\nnext\\"],
    ["marks of other Markdown", "~~struck~~ ~sub~ H~2~O $x$ :smile: [^1]\n[^1]: note\n==marked== - [ ] task"],
    ["lines of spaces", "one  \ntwo   \n   \nthree"],
  ])("keeps %s as they stand", (_, text) => {
    expect(paragraphs(text)).toBe(drawnTogether(text));
    // A passage leaves out what holds no word.
    expect(wordsOf(chunked(text))).toEqual(wordsOf(text));
  });

  test("keeps paragraphs and makes no heading", () => {
    const [chunk, ...more] = chunkMarkdown(plainTextToMarkdown("One two.\n\n# Three four.\r\n\r\n    Five six."));
    expect(more).toEqual([]);
    expect(chunk).toMatchObject({ headings: [], anchor: "", content: "One two.\n\n# Three four.\n\nFive six." });
  });

  test("keeps every word of any ASCII text, in its order", () => {
    const pieces = fc.constantFrom("word", "1", " ", "\n", "\n\n", "    ", "\t", ..."!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join("");
        expect(paragraphs(text)).toBe(drawnTogether(text));
        expect(chunked(text).match(/word/g) ?? []).toEqual(text.match(/word/g) ?? []);
      }),
      { numRuns: 1_000 },
    );
  });

  test("drops what Postgres doesn't take", () => {
    expect(plainTextToMarkdown("a\u0000b\uD800c\u000Cd")).toBe("a b\uFFFDc d");
  });
});
