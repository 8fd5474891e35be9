import type { Page } from "@playwright/test";
import { expect, test } from "./app.ts";

const paletteField = (page: Page) => page.getByPlaceholder("Find a page or a term, or ask");

/** Keys that come before the page's scripts have started are nobody's: presses until the palette is there. */
async function openByKey(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(paletteField(page)).toBeFocused({ timeout: 2_000 });
  }).toPass();
}

test("the palette opens, finds and goes, all from the keyboard", async ({ page }) => {
  await page.goto("/");
  await openByKey(page);
  const field = paletteField(page);
  await field.fill("hour end");
  await expect(page.getByRole("option", { name: /Hour ending/ }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/help\/hour-ending$/);
});

test("the palette asks what was typed", async ({ page }) => {
  await page.goto("/help");
  await openByKey(page);
  await paletteField(page).fill("What is a reserve margin?");
  await page.getByRole("option", { name: /^Ask/ }).click();
  await expect(page).toHaveURL(/\/ask/);
  await expect(page.getByText("Quoted from the sources")).toBeVisible();
});

test("Escape closes the palette and gives the focus back", async ({ page }) => {
  await page.goto("/");
  const opener = page.getByRole("button", { name: /find or ask/i });
  await opener.click();
  await expect(paletteField(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(paletteField(page)).toBeHidden();
  await expect(opener).toBeFocused();
});

test("the theme is kept in a cookie and comes with the page", async ({ page, context }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /dark/i }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const html = await (await context.request.get("/help")).text();
  expect(html).toMatch(/<html[^>]*data-theme="dark"/);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("the first Tab leads past the navigation", async ({ page }) => {
  await page.goto("/help");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: /skip/i });
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("the menu is a sheet that leads on and closes", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: /menu/i }).tap();
    const sheet = page.getByRole("dialog");
    await expect(sheet).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await page.getByRole("button", { name: /menu/i }).tap();
    await sheet.getByRole("link", { name: "Help" }).tap();
    await expect(page).toHaveURL(/\/help$/);
    await expect(sheet).toBeHidden();
  });
});
