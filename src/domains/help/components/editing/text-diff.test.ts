import { describe, expect, test } from "vitest";
import { diffContents, diffLines, type DiffRow } from "#domains/help/components/editing/text-diff.ts";
import { emptyDraft, toContent } from "#domains/help/components/editing/entry-draft.ts";

const plain = (rows: DiffRow[]) =>
  rows.map((row) => (row.kind === "gap" ? `@${row.lines}` : { same: " ", removed: "-", added: "+" }[row.kind] + row.spans.map(({ text, changed }) => (changed ? `[${text}]` : text)).join("")));
const lines = (text: string) => text.split("\n");

describe("diffLines", () => {
  test("puts what was removed above what took its place, with the words that changed", () => {
    expect(plain(diffLines(lines("The price is set at noon."), lines("The price is set at midnight.")))).toEqual(["-The price is set at [noon].", "+The price is set at [midnight]."]);
  });

  test("leaves out long unchanged stretches and says how long they are", () => {
    const text = Array.from({ length: 20 }, (_, index) => `Line ${index}`);
    expect(plain(diffLines(text, text.with(10, "Other")))).toEqual(["@8", " Line 8", " Line 9", "-Line 10", "+Other", " Line 11", " Line 12", "@7"]);
  });

  test("marks no words in lines that have little in common, nor where lines came or went", () => {
    expect(plain(diffLines(["abc def"], ["uvw xyz"]))).toEqual(["-abc def", "+uvw xyz"]);
    expect(plain(diffLines(["a", "b"], ["a", "x y", "b z"]))).toEqual([" a", "-b", "+x y", "+b z"]);
  });

  test("can be brought back to both texts", () => {
    const [before, after] = [lines("a\nb\nc\n\nd"), lines("b\nc\nx\n\ne\nd")];
    const rows = diffLines(before, after).filter((row) => row.kind !== "gap");
    const side = (kind: string) => rows.filter((row) => row.kind === "same" || row.kind === kind).map(({ spans }) => spans.map(({ text }) => text).join(""));
    expect([side("removed"), side("added")]).toEqual([before, after]);
  });

  test("gives up on texts that have nothing in common rather than compare them for minutes", () => {
    const noise = (seed: number) => Array.from({ length: 20_000 }, (_, index) => `${(index * seed) % 19_997} word`);
    expect(diffLines(noise(31), noise(37)).filter(({ kind }) => kind === "removed").length).toBeGreaterThan(10_000);
  });
});

test("diffContents names the fields that changed and no others", () => {
  const content = toContent({ ...emptyDraft, title: "A", body: "Text", sources: [{ title: "S", url: "https://example.org" }] });
  expect(diffContents(content, content)).toEqual([]);
  const changed = diffContents(content, { ...content, title: "B", tags: ["x"], sources: [], translates: "ramp" });
  expect(changed.map(({ field, rows }) => [field, ...plain(rows)])).toEqual([["Title", "-A", "+B"], ["Translates", "+ramp"], ["Tags", "+x"], ["Sources", "-S (https://example.org)"]]);
});
