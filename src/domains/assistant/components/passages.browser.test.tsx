import { beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { makeAnswer, makeCitation } from "../../../../tests/support/answers.ts";
import { ask, button, forgetConversation, renderAskPage, sendAnswer, serveStreams, turn } from "../../../../tests/support/ask-page.tsx";

const question = "What is hour ending?";
const answer = makeAnswer({
  answer: "An hour is named by its end. [1] Ontario counts in standard time. [2]",
  citations: [
    makeCitation(1),
    makeCitation(2, { title: "Time zones", heading: null, url: "/help/time-zones", snippet: "Ontario counts in standard time.\n\nAll year.", quotes: [] }),
  ],
});
const chip = (n: number, title: string) => turn(question).getByRole("button", { name: `Source ${n}: ${title}` }).first();
const first = chip(1, "Hour ending");
const second = chip(2, "Time zones");

async function showAnswer() {
  const { streams } = serveStreams();
  await renderAskPage();
  await ask(question);
  if (streams[0]) sendAnswer(streams[0], answer);
  await expect.element(first).toBeVisible();
}

beforeEach(() => forgetConversation());

test("the sources are listed with their section and date, each with a link", async () => {
  await showAnswer();
  const sources = turn(question).getByRole("list", { name: "Sources" }).getByRole("listitem").elements();
  expect(sources.map((source) => source.textContent)).toEqual(["1Hour ending · Whyupdated 2 Mar 2026", "2Time zonesupdated 2 Mar 2026"]);
  await expect.element(turn(question).getByRole("link", { name: "Hour ending · Why" })).toHaveAttribute("href", "/help/hour-ending#why");
});

describe("beside the text", () => {
  const passage = (n: number) => page.getByRole("complementary", { name: `Source ${n}` });

  test("a citation opens its passage, the quoted words marked, and focus goes there", async () => {
    await showAnswer();
    await expect.element(first).toHaveAttribute("aria-expanded", "false");
    await first.click();
    await expect.element(passage(1)).toHaveFocus();
    await expect.element(first).toHaveAttribute("aria-expanded", "true");
    expect(passage(1).element().querySelector("mark")?.textContent).toBe("An hour is named by its end.");
    await expect.element(passage(1).getByText("• HE 17 ends at 17:00.")).toBeVisible();
    await expect.element(passage(1).getByText("Help · section “Why” · updated 2 Mar 2026")).toBeVisible();
    await expect.element(passage(1).getByRole("link", { name: "Open the article" })).toHaveAttribute("href", "/help/hour-ending#why");
  });

  test("another citation takes its place", async () => {
    await showAnswer();
    await first.click();
    await second.click();
    await expect.element(passage(2)).toHaveFocus();
    await expect.element(passage(1)).not.toBeInTheDocument();
    await expect.element(passage(2).getByText("Help · updated 2 Mar 2026")).toBeVisible();
    await expect.element(first).toHaveAttribute("aria-expanded", "false");
  });

  test.each([
    ["Escape", () => userEvent.keyboard("{Escape}")],
    ["its button", () => button("Close source").click()],
    ["the same citation", () => first.click()],
  ])("%s closes it and gives focus back to the citation", async (_name, close) => {
    await showAnswer();
    await first.click();
    await expect.element(passage(1)).toBeVisible();
    await close();
    await expect.element(passage(1)).not.toBeInTheDocument();
    await expect.element(first).toHaveFocus();
  });

  test("clearing the history closes it", async () => {
    await showAnswer();
    await first.click();
    await button("Clear history").click();
    await expect.element(passage(1)).not.toBeInTheDocument();
  });
});

describe("on a phone", () => {
  beforeEach(() => page.viewport(360, 740));
  const sheet = page.getByRole("dialog", { name: "Source 1" });

  test("a citation opens its passage as a sheet, which Escape closes, giving focus back", async () => {
    await showAnswer();
    await first.click();
    await expect.element(sheet).toBeVisible();
    expect(document.querySelector("dialog:modal")).not.toBeNull();
    expect(sheet.element().querySelector("mark")?.textContent).toBe("An hour is named by its end.");
    await userEvent.keyboard("{Escape}");
    await expect.element(sheet).not.toBeInTheDocument();
    await expect.element(first).toHaveFocus();
    await first.click();
    await expect.element(sheet).toBeVisible();
  });

  test("an open passage moves beside the text when the window widens", async () => {
    await showAnswer();
    await first.click();
    await expect.element(sheet).toBeVisible();
    await page.viewport(1_280, 800);
    await expect.element(page.getByRole("complementary", { name: "Source 1" })).toBeVisible();
    await expect.element(sheet).not.toBeInTheDocument();
  });
});
