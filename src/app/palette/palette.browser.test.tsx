import { beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import type { HelpManifest } from "#domains/help/index.ts";
import { PaletteButton } from "#ui/shell/palette-button.tsx";
import { Palette } from "#app/palette/palette.tsx";
import { makeEntry } from "../../../tests/support/answers.ts";
import { problem, serveApi } from "../../../tests/support/fake-api.ts";
import { visits } from "../../../tests/support/next/navigation.ts";

const manifest: HelpManifest = {
  origin: "database",
  entries: [
    makeEntry("hour-ending", "Hour ending", { tags: ["time"] }),
    makeEntry("negative-prices", "Negative prices", { topic: "Prices and markets" }),
    ...Array.from({ length: 10 }, (_, index) => makeEntry(`zone-${index}`, `Zone ${index}`)),
  ],
};
const pages = [
  { href: "/", label: "Overview", keywords: ["home", "part"], icon: null },
  { href: "/status", label: "System status", keywords: ["health", "part"], icon: null },
];

const field = page.getByRole("combobox", { name: "Find or ask" });
const opener = page.getByRole("button", { name: "Find" });
const note = page.getByRole("status");
const choices = () => page.getByRole("option").elements().map((option) => option.textContent);
const marked = () => page.getByRole("option", { selected: true }).elements().map((option) => option.textContent);

async function open() {
  await render(
    <>
      <PaletteButton>Find</PaletteButton>
      <input aria-label="Elsewhere" />
      <Palette pages={pages} />
    </>,
  );
  await opener.click();
  await expect.element(field).toHaveFocus();
}

describe("help entries", () => {
  /** First, since a page keeps the manifest that it has loaded. */
  test("a list that can't be loaded is said so, pages can still be found, and it can be tried again", async () => {
    serveApi({ "GET /api/help/manifest": () => problem(503, "DATABASE_UNAVAILABLE", "The database is away", "Later.") });
    await open();
    await expect.element(note).toHaveTextContent("Help entries couldn’t be loaded: The database is away.");
    await field.fill("health");
    expect(choices()[0]).toBe("System status");
    const requests = serveApi({ "GET /api/help/manifest": () => Response.json(manifest) });
    await page.getByRole("button", { name: "Try again" }).click();
    await field.fill("");
    await expect.element(note).toHaveTextContent("Type to search 12 help entries, or to ask.");
    expect(requests).toHaveLength(1);
  });

  test("once loaded, the list isn't asked for again", async () => {
    const requests = serveApi({});
    await open();
    await expect.element(note).toHaveTextContent("Type to search 12 help entries, or to ask.");
    expect(requests).toHaveLength(0);
  });
});

describe("the palette", () => {
  beforeEach(() => void serveApi({ "GET /api/help/manifest": () => Response.json(manifest) }));

  test("shows the pages first, and goes where Enter points", async () => {
    await open();
    expect(choices()).toEqual(["Overview", "System status"]);
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(visits).toEqual(["/status"]);
    await expect.element(field).not.toBeInTheDocument();
  });

  test("marks the first line anew for each query, and moves round", async () => {
    await open();
    await userEvent.keyboard("{ArrowUp}");
    await expect.poll(marked).toEqual(["System status"]);
    await field.fill("part");
    await expect.poll(marked).toEqual(["Overview"]);
    await field.fill("hour end");
    await expect.poll(marked).toEqual(["Hour endingReading the data"]);
    await userEvent.keyboard("{Enter}");
    expect(visits).toEqual(["/help/hour-ending"]);
  });

  test("shows the best eight entries and says how many there are", async () => {
    await open();
    await field.fill("zone");
    await expect.element(note).toHaveTextContent("8 of 10 help entries shown.");
    expect(choices()).toHaveLength(9);
    await field.fill("zone 7");
    await expect.element(note).toHaveTextContent("Enter opens the marked line.");
  });

  test("asks what no entry holds", async () => {
    await open();
    await field.fill("pizza");
    await expect.element(note).toMatchTextContent("No help entry has all these words.");
    expect(choices()).toEqual(["Ask “pizza”"]);
    await page.getByRole("option", { name: "Ask “pizza”" }).click();
    expect(visits).toEqual(["/ask?q=pizza"]);
  });

  test("offers asking first when the words read like a question", async () => {
    await open();
    await field.fill("hour ending?");
    await expect.poll(() => choices()[0]).toBe("Ask “hour ending?”");
    await field.fill("hour ending");
    await expect.poll(() => choices().at(-1)).toBe("Ask “hour ending”");
  });

  test("Escape closes it and gives focus back; what was typed is forgotten", async () => {
    await open();
    await field.fill("zone");
    await userEvent.keyboard("{Escape}");
    await expect.element(field).not.toBeInTheDocument();
    await expect.element(opener).toHaveFocus();
    await opener.click();
    await expect.element(field).toHaveValue("");
  });

  test("its button closes it", async () => {
    await open();
    await page.getByRole("button", { name: "Esc" }).click();
    await expect.element(field).not.toBeInTheDocument();
  });

  test.each(["{Control>}k{/Control}", "{Meta>}k{/Meta}", "/"])("%s opens it", async (keys) => {
    await open();
    await userEvent.keyboard("{Escape}");
    await expect.element(field).not.toBeInTheDocument();
    await userEvent.keyboard(keys);
    await expect.element(field).toHaveFocus();
    await expect.element(field).toHaveValue("");
  });

  test("keys that mean something else don't", async () => {
    await open();
    await userEvent.keyboard("{Escape}");
    const elsewhere = page.getByRole("textbox", { name: "Elsewhere" });
    await userEvent.type(elsewhere, "a/bk");
    await userEvent.keyboard("{Control>}{Shift>}k{/Shift}{/Control}{Control>}/{/Control}");
    await expect.element(elsewhere).toHaveValue("a/bk");
    await expect.element(field).not.toBeInTheDocument();
  });

  test("opens over no other dialog", async () => {
    await open();
    await userEvent.keyboard("{Escape}");
    const other = document.body.appendChild(document.createElement("dialog"));
    other.showModal();
    await userEvent.keyboard("{Control>}k{/Control}");
    await expect.element(field).not.toBeInTheDocument();
    other.remove();
  });

  test("on a phone its button is called Close", async () => {
    await page.viewport(360, 740);
    await open();
    await page.getByRole("button", { name: "Close" }).click();
    await expect.element(field).not.toBeInTheDocument();
  });
});
