import type { Page } from "@playwright/test";
import { expect, test } from "./app.ts";
import { consoleAdmin, enterConsole } from "./console.ts";

const editor = (page: Page) => page.locator(".cm-content");

async function write(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

/** What a visitor without any session is answered. */
async function askVisitor(baseURL: string | undefined, question: string): Promise<string> {
  return (await fetch(`${baseURL}/api/ask`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ question }) })).text();
}

test("an administrator logs in, writes an entry and publishes it; a visitor reads it and Ask cites it, until it is unpublished", async ({ page, browser, baseURL }) => {
  test.slow();
  const { email, password } = consoleAdmin();
  await page.goto("/admin/help");
  await expect(page).toHaveURL(/\/admin\/login/);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("link", { name: "New entry" }).click();

  await page.getByLabel("Id", { exact: true }).fill("snow-load");
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Snow load factor");
  await page.getByLabel("Short text").fill("How much snow a line carries.");
  await page.getByLabel(/Questions it answers/).fill("What is the snow load factor?");
  await write(page, "The snow load factor is the weight of wombat-coloured snow that a transmission line carries.");
  await expect(page.getByRole("region", { name: "Preview of the entry" })).toContainText("wombat-coloured");
  await page.getByRole("button", { name: "Create entry" }).click();
  await expect(page).toHaveURL(/\/admin\/help\/snow-load$/);
  await expect(page.getByText("Saved revision 1, not published")).toBeVisible();

  const visitor = await (await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }) })).newPage();
  expect((await visitor.goto("/help/snow-load"))?.status()).toBe(404);

  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("Saved revision 1, published")).toBeVisible();
  await visitor.goto("/help/snow-load");
  await expect(visitor.getByText("wombat-coloured snow")).toBeVisible();
  await expect(visitor.getByRole("link", { name: "Edit" })).toHaveCount(0);
  expect(await askVisitor(baseURL, "What is the snow load factor?")).toContain("/help/snow-load");

  await write(page, "The snow load factor is the weight of turquoise snow that a transmission line carries.");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved revision 2, published 1")).toBeVisible();
  expect(await askVisitor(baseURL, "What is the snow load factor?")).toContain("wombat");
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("Saved revision 2, published", { exact: true })).toBeVisible();
  const answer = await askVisitor(baseURL, "What is the snow load factor?");
  expect(answer).toContain("turquoise");
  expect(answer).not.toContain("wombat");

  await page.getByRole("button", { name: "Unpublish" }).click();
  await expect(page.getByText("Saved revision 2, not published")).toBeVisible();
  expect((await visitor.goto("/help/snow-load"))?.status()).toBe(404);
  expect(await askVisitor(baseURL, "What is the snow load factor?")).not.toContain("/help/snow-load");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Saved revision 2, published", { exact: true })).toBeVisible();

  await page.goto("/help/snow-load");
  await page.getByRole("link", { name: "Edit" }).click();
  await expect(page).toHaveURL(/\/admin\/help\/snow-load$/);
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText(/^Deleted, with revision 2/)).toBeVisible();
  expect((await visitor.goto("/help/snow-load"))?.status()).toBe(404);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Saved revision 2, published", { exact: true })).toBeVisible();
  await visitor.context().close();
});

test.describe("in the console", () => {
  test.beforeEach(({ context, baseURL }) => enterConsole(context, baseURL));

  test.describe("two who edit one entry", () => {
    test.use({ allowedErrors: [/409/] });

    test("see both texts, and nothing is lost", async ({ page, context }) => {
      test.slow();
      await page.goto("/admin/help/source-nb-power");
      await expect(editor(page)).toBeVisible();
      const other = await context.newPage();
      await other.goto("/admin/help/source-nb-power");
      await write(other, "Theirs: a text about New Brunswick.");
      await other.keyboard.press("Control+s");
      await expect(other.getByText("Saved revision 2, published 1")).toBeVisible();

      await write(page, "Mine: another text about New Brunswick.");
      await page.getByRole("button", { name: "Save draft" }).click();
      const panel = page.getByRole("region", { name: /Revision 2 was saved while you were writing/ });
      await expect(panel.locator("del")).toContainText(["Theirs: a text"]);
      await expect(panel.locator("ins")).toContainText(["Mine: another text"]);
      await panel.getByRole("button", { name: "Save mine over theirs" }).click();
      await expect(page.getByText("Saved revision 3, published 1")).toBeVisible();

      await page.getByRole("link", { name: "Revisions" }).click();
      await page.getByRole("radio", { name: "Compare from revision 2" }).check();
      await page.getByRole("button", { name: "Compare" }).click();
      await expect(page).toHaveURL((url) => url.searchParams.get("from") === "2" && url.searchParams.get("to") === "3");
      await expect(page.locator("del").first()).toContainText("Theirs");
      await page.getByRole("button", { name: "Restore revision 1" }).click();
      await expect(page).toHaveURL(/\/admin\/help\/source-nb-power$/);
      await expect(page.getByText("Saved revision 4, published 1")).toBeVisible();
      await expect(editor(page)).not.toContainText("Mine");
    });
  });

  test("what was typed is asked about, kept and brought back", async ({ page }) => {
    await page.goto("/admin/help/source-weather");
    await write(page, "Half a thought about the weather");
    await page.getByRole("link", { name: "Feedback" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(editor(page)).toContainText("Half a thought");
    await page.getByRole("link", { name: "Feedback" }).first().click();
    await dialog.getByRole("button", { name: "Leave" }).click();
    await expect(page).toHaveURL(/\/admin\/feedback/);
    await page.goBack();
    await expect(page.getByText("Your unsaved text is back")).toBeVisible();
    await expect(editor(page)).toContainText("Half a thought");
    await page.reload();
    await expect(editor(page)).toContainText("Half a thought");
    await page.getByRole("button", { name: "Discard it" }).click();
    await expect(editor(page)).not.toContainText("Half a thought");
  });

  test("hostile text does nothing in the preview", async ({ page }) => {
      const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto("/admin/help/new");
    await write(page, [
      "<script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">", "![x](https://evil.example/x.png)", "[a](javascript:document.title='owned')",
      "[b](data:text/html,x)", "<iframe src=https://evil.example></iframe>", "Harmless end",
    ].join("\n\n"));
    const preview = page.getByRole("region", { name: "Preview of the entry" });
    await expect(preview).toContainText("Harmless end");
    expect(await preview.locator("script, img, iframe, [onerror]").count()).toBe(0);
    for (const href of await preview.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""))) expect(href).not.toMatch(/^(javascript|data):/i);
    await expect(page).not.toHaveTitle("owned");
    expect(requests.filter((url) => url.includes("evil.example"))).toEqual([]);
    });

  test("Tab indents, and Esc, then Tab leaves the text field", async ({ page }) => {
    await page.goto("/admin/help/new");
    await editor(page).click();
    await page.keyboard.press("Tab");
    await expect(editor(page)).toBeFocused();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await expect(editor(page)).not.toBeFocused();
  });

  test.describe("a text that is refused", () => {
    test.use({ allowedErrors: [/400/] });

    test("is named at its field, which gets focus", async ({ page }) => {
      await page.goto("/admin/help/new");
      await page.getByLabel("Id", { exact: true }).fill("half-an-entry");
      await page.getByRole("button", { name: "Create entry" }).click();
      const title = page.getByRole("textbox", { name: "Title", exact: true });
      await expect(title).toBeFocused();
      await expect(title).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByText("Some fields need correcting")).toBeVisible();
    });
  });

  test("feedback arrives, is marked as handled and taken back", async ({ page, baseURL }) => {
    await fetch(`${baseURL}/api/help/fuel-types/feedback`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ rating: 2, comment: "Which fuel is biofuel?" }) });
    await page.goto("/admin/feedback?entry=fuel-types");
    const item = page.getByRole("listitem").filter({ hasText: "Which fuel is biofuel?" });
    await item.getByRole("button", { name: "Mark handled" }).click();
    await expect(item.getByText("Handled")).toBeVisible();
    await expect(page.getByText("Marked as handled")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(item.getByRole("button", { name: "Mark handled" })).toBeVisible();
    await expect(item.getByRole("link", { name: /^Edit/ })).toHaveAttribute("href", "/admin/help/fuel-types");
  });
});
