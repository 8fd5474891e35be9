import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { DiffView } from "#domains/help/components/editing/diff-view.tsx";

test("a difference is said by signs, words and underlines, not by colour alone", async () => {
  const rows = [
    { kind: "gap" as const, lines: 12 },
    { kind: "removed" as const, spans: [{ text: "Set at ", changed: false }, { text: "noon", changed: true }] },
    { kind: "added" as const, spans: [{ text: "Set at ", changed: false }, { text: "midnight <b>", changed: true }] },
  ];
  await render(<DiffView diffs={[{ field: "Text", rows }]} before="revision 1" after="revision 2" />);
  const section = page.getByRole("region", { name: "Text" });
  await expect.element(section).toMatchTextContent("12 unchanged lines");
  await expect.element(section).toMatchTextContent("−Removed: Set at noon");
  await expect.element(section).toMatchTextContent("+Added: Set at midnight <b>");
  await expect.element(section.getByText("midnight <b>")).toHaveClass("underline");
  expect(section.element().querySelectorAll("del, ins").length).toBe(2);
});

test("two equal texts are said to be the same", async () => {
  await render(<DiffView diffs={[]} before="revision 1" after="revision 2" />);
  await expect.element(page.getByText("The two texts are the same.")).toBeVisible();
});
