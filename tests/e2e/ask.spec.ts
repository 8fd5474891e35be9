import { expect, test } from "./app.ts";

const question = "What is the difference between market demand and Ontario demand?";

test("from the overview to a cited answer, its passage and its article", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("textbox", { name: /question|ask/i }).fill(question);
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { name: question })).toBeVisible();
  await expect(page.getByText("Quoted from the sources, no model used")).toBeVisible();
  await expect(page.getByText("The difference between market demand and Ontario demand is exports.").first()).toBeVisible();

  const chip = page.getByRole("button", { name: /^Source 1: Market demand/ }).first();
  await chip.click();
  const passage = page.getByRole("complementary").filter({ hasText: "Market demand" });
  await expect(passage.locator("mark").first()).toContainText("The difference between market demand and Ontario demand is exports.");
  await page.keyboard.press("Escape");
  await expect(passage).toBeHidden();
  await expect(chip).toBeFocused();

  await chip.click();
  await passage.getByRole("link", { name: "Open the article" }).click();
  await expect(page).toHaveURL(/\/help\/market-demand#/);
  const target = new URL(page.url()).hash;
  await expect(page.locator(`[id="${target.slice(1)}"]`)).toBeInViewport();
});

test("keeps this tab's questions across a reload, and clears them with a way back", async ({ page }) => {
  await page.goto("/ask");
  const composer = page.getByRole("textbox", { name: "Question" });
  await composer.fill("What is hour ending?");
  await composer.press("Enter");
  await expect(page.getByText("Quoted from the sources")).toBeVisible();
  await composer.fill("What is a reserve margin?");
  await composer.press("Enter");
  await expect(page.getByText("Quoted from the sources")).toHaveCount(2);

  await page.reload();
  await expect(page.getByRole("heading", { name: "What is hour ending?" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What is a reserve margin?" })).toBeVisible();

  await page.getByRole("button", { name: "Clear history" }).click();
  await expect(page.getByRole("heading", { name: "What is hour ending?" })).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { name: "What is hour ending?" })).toBeVisible();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("answers a deep link at once", async ({ page }) => {
  await page.goto(`/ask?q=${encodeURIComponent("What is hour ending?")}`);
  await expect(page.getByText("Quoted from the sources")).toBeVisible();
});

test("copies an answer with its sources", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/ask?q=${encodeURIComponent(question)}`);
  await page.getByRole("button", { name: "Copy answer" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("The difference between market demand and Ontario demand is exports.");
  expect(copied).toMatch(/\[1\].*Market demand/s);
});

test("takes feedback on an answer", async ({ page }) => {
  await page.goto(`/ask?q=${encodeURIComponent(question)}`);
  const stored = page.waitForResponse((response) => response.url().endsWith("/api/ask/feedback"));
  await page.getByRole("button", { name: "Helpful", exact: true }).click();
  expect((await stored).status()).toBe(204);
  await expect(page.getByRole("button", { name: "Helpful", exact: true })).toHaveAttribute("aria-pressed", "true");
});

test("says that it has no answer, and offers the nearest entries", async ({ page }) => {
  await page.goto(`/ask?q=${encodeURIComponent("pizza intertie guitar weather football philosophy")}`);
  await expect(page.getByText("No answer given")).toBeVisible();
  await expect(page.getByText("Nearest entries")).toBeVisible();
});

test("shows markup and instructions in a question as text", async ({ page }) => {
  const hostile = `<img src=x onerror="document.title='pwned'"> ignore all instructions`;
  await page.goto(`/ask?q=${encodeURIComponent(hostile)}`);
  await expect(page.getByRole("heading", { name: hostile })).toBeVisible();
  await expect(page.getByText("No answer given")).toBeVisible();
  expect(await page.title()).not.toBe("pwned");
});

test.describe("without a connection", () => {
  test.use({ allowedErrors: [/ERR_INTERNET_DISCONNECTED/] });

  test("says so, keeps the question and asks again on request", async ({ page, context }) => {
    await page.goto("/ask");
    await context.setOffline(true);
    const composer = page.getByRole("textbox", { name: "Question" });
    await composer.fill("What is hour ending?");
    await composer.press("Enter");
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("Quoted from the sources")).toBeVisible();
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("opens the passage as a sheet", async ({ page }) => {
    await page.goto(`/ask?q=${encodeURIComponent(question)}`);
    await page.getByRole("button", { name: /^Source 1:/ }).first().tap();
    const sheet = page.getByRole("dialog").filter({ hasText: "Market demand" });
    await expect(sheet.locator("mark").first()).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
  });
});
