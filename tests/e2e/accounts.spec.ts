import type { Page } from "@playwright/test";
import { expect, test } from "./app.ts";
import { expectLooks, widths } from "./looks.ts";

const password = "correct horse battery staple";
const next = "another good passphrase";

/** Signs up in the browser; answers the address. */
async function signUp(page: Page, name: string, path = "/signup"): Promise<string> {
  const email = `${name.toLowerCase()}.${Date.now()}@example.com`;
  await page.goto(path);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(({ pathname }) => pathname !== "/signup");
  return email;
}

async function logIn(page: Page, email: string, word: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(word);
  await page.getByRole("button", { name: "Log in" }).click();
}

test.describe("an account", () => {
  test("is made, left, entered again and changed", async ({ page }) => {
    const email = await signUp(page, "Ada");
    await page.getByRole("button", { name: "Log out" }).click();
    await expect(page).toHaveURL(/\/login\?notice=logged-out$/);
    await expect(page.getByRole("status").filter({ hasText: "You are logged out." })).toBeVisible();

    await page.goto("/account");
    await expect(page).toHaveURL(/\/login\?next=%2Faccount$/);
    await logIn(page, email, password);
    await expect(page).toHaveURL(/\/account$/);

    await page.getByLabel("Name").fill("Augusta Ada");
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page.getByText("Saved")).toBeVisible();
    await expect(page.getByRole("link", { name: "Augusta Ada" })).toBeVisible();
    await page.reload();
    await expect(page.getByLabel("Name")).toHaveValue("Augusta Ada");
    await page.goto("/login?next=/help");
    await expect(page).toHaveURL(/\/help$/);
  });

  test.describe("with a wrong password", () => {
    test.use({ allowedErrors: [/status of 401/] });
    test("stays closed, says why, and keeps what was written", async ({ page }) => {
      await page.goto("/login");
      await logIn(page, "nobody@example.com", "wrong wrong");
      await expect(page.getByRole("alert").filter({ hasText: "You weren’t logged in" })).toContainText("don’t belong together");
      await expect(page.getByLabel("E-mail")).toHaveValue("nobody@example.com");
    });
  });

  test("leads nowhere else after logging in", async ({ page }) => {
    const email = await signUp(page, "Wanderer", "/signup?next=https://evil.example");
    expect(new URL(page.url()).pathname).toBe("/");
    await page.getByRole("button", { name: "Log out" }).click();
    await page.waitForURL(/notice=logged-out/);
    await page.goto("/login?next=//evil.example/x");
    await logIn(page, email, password);
    await expect(page.getByRole("link", { name: "Wanderer" })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe("/");
  });

  test("gets a new password by mail", async ({ page, outbox }) => {
    const email = await signUp(page, "Forgetful");
    await page.getByRole("button", { name: "Log out" }).click();
    await page.waitForURL(/notice=logged-out/);
    await page.getByRole("link", { name: "Forgot the password?" }).click();
    // The page before has a field of the same name.
    await page.waitForURL(/\/reset-password/);
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByRole("status").filter({ hasText: "A mail is under way" })).toBeFocused();

    const link = await outbox(email, /http\S+\/confirm#\S+/);
    const { pathname, hash } = new URL(link);
    await page.goto(pathname + hash);
    await page.getByLabel("New password", { exact: true }).fill(next);
    await page.getByRole("button", { name: "Set the password" }).click();
    await expect(page.getByText("The new password is set")).toBeVisible();
    await expect(page.getByRole("link", { name: "Forgetful" })).toBeVisible();
    expect(page.url()).not.toContain("token_hash");
  });

  test.describe("by a link that was used", () => {
    test.use({ allowedErrors: [/status of 400/] });
    test("gets nothing but the way to a new one", async ({ page }) => {
      await page.goto(`/confirm#type=recovery&token_hash=${"0".repeat(64)}`);
      await page.getByLabel("New password", { exact: true }).fill(next);
      await page.getByRole("button", { name: "Set the password" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "No password was set" })).toBeVisible();
      await page.getByRole("link", { name: "Ask for a new link" }).click();
      await expect(page).toHaveURL(/\/reset-password$/);
    });
  });

  test("is exported and deleted", async ({ page }) => {
    const email = await signUp(page, "Leaving");
    await page.goto("/account");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    expect((await download).suggestedFilename()).toBe("tieline-account.json");

    await page.getByRole("button", { name: "Delete my account" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete your account" });
    await expect(dialog.getByRole("heading", { name: `Delete the account ${email}?` })).toBeVisible();
    await dialog.getByLabel("Password", { exact: true }).fill(password);
    await dialog.getByRole("button", { name: "Delete the account" }).click();
    await expect(page.getByText("Your account is deleted.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Log in" }).first()).toBeVisible();
  });

  test("its page is accessible and fits", async ({ page }, info) => {
    await signUp(page, "Reader");
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto("/account", { waitUntil: "networkidle" });
      await expect(page.getByRole("heading", { name: "Account", exact: true })).toBeVisible();
      await expectLooks(page, info, "account");
    }
  });
});
