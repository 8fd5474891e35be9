import { expect, test } from "./app.ts";

test("finds an entry by search, reads it and rates it", async ({ page }) => {
  await page.goto("/help");
  await page.getByRole("searchbox").fill("negative prices");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/help\?q=negative\+prices/);
  await expect(page.locator("mark").first()).toBeVisible();
  await page.getByRole("link", { name: "Negative prices" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Negative prices" })).toBeVisible();

  await page.getByRole("radio", { name: /4/ }).check({ force: true });
  await page.getByRole("textbox", { name: /Comment/ }).fill("Clear and short");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Thanks. You gave 4 of 5.")).toBeVisible();
});

test("offers to ask when the search finds nothing", async ({ page }) => {
  await page.goto("/help?q=xylophone");
  await expect(page.getByRole("link", { name: /ask/i }).first()).toBeVisible();
});

test("opens the help of a title from the keyboard and gives the focus back", async ({ page }) => {
  await page.goto("/ask");
  const button = page.getByRole("button", { name: /help/i }).first();
  await button.focus();
  await page.keyboard.press("Enter");
  const popover = page.locator("[popover]:popover-open");
  await expect(popover).toBeVisible();
  await expect(popover.getByRole("link", { name: /read more/i })).toHaveAttribute("href", "/help/ask");
  await page.keyboard.press("Escape");
  await expect(popover).toBeHidden();
  await expect(button).toBeFocused();
});

test.describe("an entry that isn't there", () => {
  test.use({ allowedErrors: [/404/] });

  test("says so and offers the search", async ({ page }) => {
    const response = await page.goto("/help/no-such-entry");
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("searchbox")).toBeVisible();
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("help can be read and searched, and the overview asks", async ({ page }) => {
    await page.goto("/help?q=curtailment");
    await page.getByRole("link", { name: "Curtailment" }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Curtailment" })).toBeVisible();
  });
});
