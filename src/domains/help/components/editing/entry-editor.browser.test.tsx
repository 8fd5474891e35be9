import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import type { EditedHelpEntry } from "#domains/help/edit-schema.ts";
import { EntryEditor } from "#domains/help/components/editing/entry-editor.tsx";
import { problem, serveApi } from "../../../../../tests/support/fake-api.ts";
import { visits } from "../../../../../tests/support/next/navigation.ts";

const entry: EditedHelpEntry = {
  id: "ramp", revision: 7, publishedRevision: 5, status: "published", hash: "a", title: "Ramp", savedAt: "2026-11-20T21:35:00.000Z", author: "Ana Roy", checkedIn: false, note: "",
  content: { title: "Ramp", short: "A change of output.", topic: "Demand and supply", tags: ["ramp"], language: "en", questions: ["What is a ramp?"], sources: [], body: "A ramp is a change of output." },
};
const route = "/api/admin/help/ramp";
const button = (name: string) => page.getByRole("button", { name, exact: true });
const text = () => page.getByRole("textbox", { name: "Text", exact: true });
const title = page.getByRole("textbox", { name: "Title", exact: true });
const conflictAt8 = () =>
  Response.json(
    { title: "Conflict with the current state", status: 409, code: "CONFLICT", detail: "Revision 8 was saved meanwhile.", errors: [{ path: "base", message: "The newest revision is 8" }] },
    { status: 409, headers: { "Content-Type": "application/problem+json" } },
  );
const theirs = { ...entry, revision: 8, author: "Bo Lee", content: { ...entry.content, title: "Ramp rate" } };

const renderEditor = (over: Partial<Parameters<typeof EntryEditor>[0]> = {}) => render(<EntryEditor initial={entry} ids={["hoep"]} canEdit {...over} />);

beforeEach(() => sessionStorage.clear());

test("the state is said in words, and Ctrl+S saves what is in the fields", async () => {
  const requests = serveApi({ [`PUT ${route}`]: () => Response.json({ ...entry, revision: 8 }) });
  await renderEditor();
  await expect.element(page.getByText("Saved revision 7, published 5")).toBeVisible();
  await title.fill("Ramp rate");
  await expect.element(page.getByText("Unsaved changes to revision 7, published 5")).toBeVisible();
  await userEvent.keyboard("{Control>}s{/Control}");
  await expect.element(page.getByText("Saved revision 8, published 5")).toBeVisible();
  expect(await requests[0]?.json()).toEqual({ base: 7, note: "", content: { ...entry.content, title: "Ramp rate" } });
  expect(visits).toContain("refresh");
});

test("the preview follows the text, drawn as the article is: what is hostile is left out", async () => {
  serveApi({});
  await renderEditor();
  const preview = page.getByRole("region", { name: "Preview of the entry" });
  await expect.element(preview).toMatchTextContent("A ramp is a change of output.");
  await text().fill('**Bold** <img src=x onerror="window.owned = 1"> ![x](https://evil.example/x.png) [a](javascript:alert(1)) <script>window.owned = 1</script>');
  await expect.element(preview.getByText("Bold")).toBeVisible();
  expect(preview.element().querySelectorAll("img, script, [onerror], [href^='javascript']").length).toBe(0);
  expect("owned" in window).toBe(false);
});

test("publishing unsaved text saves it first; undone, readers have the earlier revision", async () => {
  const requests = serveApi({
    [`PUT ${route}`]: () => Response.json({ ...entry, revision: 8 }),
    [`POST ${route}/publish`]: async (request) => Response.json({ ...entry, revision: 8, publishedRevision: ((await request.clone().json()) as { revision: number }).revision }),
  });
  await renderEditor();
  await title.fill("Ramp rate");
  await button("Save and publish").click();
  await expect.element(page.getByText("Saved revision 8, published", { exact: true })).toBeVisible();
  await button("Undo").click();
  await expect.element(page.getByText("Saved revision 8, published 5")).toBeVisible();
  expect(await Promise.all(requests.slice(1).map((request) => request.json()))).toEqual([{ base: 8, revision: 8 }, { base: 8, revision: 5 }]);
});

test("deleting can be undone at once", async () => {
  const requests = serveApi({ [`DELETE ${route}`]: () => Response.json({ ...entry, status: "deleted" }), [`POST ${route}/restore`]: () => Response.json(entry) });
  await renderEditor();
  await button("Delete").click();
  await expect.element(page.getByText("Deleted, with revision 7")).toBeVisible();
  await expect.element(title).toHaveAttribute("readonly");
  await button("Undo").click();
  await expect.element(page.getByText("Saved revision 7, published 5")).toBeVisible();
  expect(new URL(requests[0]?.url ?? "").search).toBe("?base=7");
});

test("a refused save shows both texts; mine can be saved over theirs", async () => {
  let refused = false;
  const requests = serveApi({
    [`PUT ${route}`]: () => {
      if (refused) return Response.json({ ...theirs, revision: 9 });
      refused = true;
      return conflictAt8();
    },
    [`GET ${route}`]: () => Response.json(theirs),
  });
  await renderEditor();
  await title.fill("Ramping");
  await button("Save draft").click();
  const panel = page.getByRole("region", { name: "Revision 8 was saved while you were writing" });
  await expect.element(panel).toMatchTextContent("Bo Lee saved it");
  await expect.element(panel).toMatchTextContent("Removed: Ramp rate");
  await expect.element(panel).toMatchTextContent("Added: Ramping");
  await expect.element(page.getByRole("heading", { name: /Revision 8 was saved/ })).toHaveFocus();
  await button("Save mine over theirs").click();
  await expect.element(page.getByText("Saved revision 9, published 5")).toBeVisible();
  expect(await requests.at(-1)?.json()).toMatchObject({ base: 8, content: { title: "Ramping" } });
});

test("taking theirs can be undone, and merging by hand saves on top of theirs", async () => {
  const requests = serveApi({ [`PUT ${route}`]: async (request) => (((await request.clone().json()) as { base: number }).base === 8 ? Response.json({ ...theirs, revision: 9 }) : conflictAt8()), [`GET ${route}`]: () => Response.json(theirs) });
  await renderEditor();
  await title.fill("Ramping");
  await button("Save draft").click();
  await button("Take theirs").click();
  await expect.element(title).toHaveValue("Ramp rate");
  await expect.element(page.getByText("Saved revision 8, published 5")).toBeVisible();
  await button("Undo").click();
  await expect.element(title).toHaveValue("Ramping");
  await button("Merge by hand").click();
  await title.fill("Ramping rate");
  await expect.element(page.getByRole("region", { name: "Merging with revision 8" })).toMatchTextContent("Added: Ramping rate");
  await button("Save draft").click();
  await expect.element(page.getByText("Saved revision 9, published 5")).toBeVisible();
  expect(await requests.at(-1)?.json()).toMatchObject({ base: 8, content: { title: "Ramping rate" } });
});

test("a publication of an entry that somebody else saved shows theirs and asks to look first", async () => {
  serveApi({ [`POST ${route}/publish`]: conflictAt8, [`GET ${route}`]: () => Response.json(theirs) });
  await renderEditor();
  await button("Publish").click();
  await expect.element(page.getByRole("alert")).toMatchTextContent("Revision 8 was saved meanwhile and is shown now.");
  await expect.element(title).toHaveValue("Ramp rate");
});

test("what isn't saved outlives the editor, and can be discarded and taken back", async () => {
  serveApi({});
  const first = await renderEditor();
  await title.fill("Half a title");
  await first.unmount();
  await renderEditor();
  await expect.element(title).toHaveValue("Half a title");
  await expect.element(page.getByText("Your unsaved text is back")).toBeVisible();
  await button("Discard it").click();
  await expect.element(title).toHaveValue("Ramp");
  await button("Undo").click();
  await expect.element(title).toHaveValue("Half a title");
});

test("leaving with unsaved text is asked about first", async () => {
  serveApi({});
  await render(
    <>
      <a href="/elsewhere">Elsewhere</a>
      <EntryEditor initial={entry} ids={[]} canEdit />
    </>,
  );
  await title.fill("Half a title");
  await page.getByRole("link", { name: "Elsewhere" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(visits).toEqual([]);
  await page.getByRole("link", { name: "Elsewhere" }).click();
  await dialog.getByRole("button", { name: "Leave" }).click();
  expect(visits).toEqual(["/elsewhere"]);
});

test("a field that is refused says so and gets focus, the text too", async () => {
  const requests = serveApi({
    [`PUT ${route}`]: () =>
      Response.json(
        { title: "The request is not valid", status: 400, code: "INVALID_REQUEST", detail: "Correct the fields listed under errors.", errors: [{ path: requests.length === 1 ? "content.short" : "content.body", message: "Too long" }] },
        { status: 400, headers: { "Content-Type": "application/problem+json" } },
      ),
  });
  await renderEditor();
  await title.fill("x");
  await button("Save draft").click();
  const short = page.getByRole("textbox", { name: "Short text" });
  await expect.element(short).toHaveFocus();
  await expect.element(short).toHaveAccessibleDescription("Too long");
  await button("Save draft").click();
  await expect.element(text()).toHaveFocus();
  await expect.element(text()).toHaveAttribute("aria-invalid", "true");
  await expect.element(title).toHaveValue("x");
});

test("when the server is away the text stays and the reason is said", async () => {
  serveApi({ [`PUT ${route}`]: () => problem(503, "DATABASE_UNAVAILABLE", "The database is away", "Try again in a minute.") });
  await renderEditor();
  await title.fill("x");
  await button("Save draft").click();
  await expect.element(page.getByRole("alert")).toMatchTextContent("Try again in a minute. What you wrote is still here.");
  await expect.element(title).toHaveValue("x");
});

test("a viewer reads without any way to change", async () => {
  serveApi({});
  await renderEditor({ canEdit: false });
  await expect.element(page.getByText("You can read this, not change it")).toBeVisible();
  await expect.element(title).toHaveAttribute("readonly");
  for (const name of ["Save draft", "Publish", "Delete"]) await expect.element(button(name)).not.toBeInTheDocument();
});

test("Tab indents; Esc, then Tab leaves the text", async () => {
  serveApi({});
  await renderEditor();
  await expect.poll(() => document.querySelector(".cm-content")).not.toBeNull();
  await text().click();
  await userEvent.keyboard("{Tab}");
  await expect.element(text()).toHaveFocus();
  await userEvent.keyboard("{Escape}{Tab}");
  await expect.element(text()).not.toHaveFocus();
});
