import { expect, test } from "./app.ts";
// The administrator was made by the command that README names, while the application ran (tests/support/e2e-setup.ts).
import { consoleAdmin, enterConsole } from "./console.ts";

const withoutAccess = { cookies: [], origins: [] };

test.describe("an administrator", () => {
  test.use({ storageState: withoutAccess, allowedErrors: [/401/] });

  test("logs in on the way to a page, is told what is wrong, and logs out for good", async ({ page, context }) => {
    const bodies: string[] = [];
    page.on("response", (response) => {
      if (response.url().includes("/api/admin/")) void response.text().then((text) => bodies.push(text), () => undefined);
    });
    const { email, password } = consoleAdmin();
    await page.goto("/admin/audit?action=admin.");
    await expect(page).toHaveURL(/\/admin\/login\?next=/);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Log in" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "You weren’t logged in" })).toContainText("don't belong together");
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Log in" }).click();
    await expect(page).toHaveURL(/\/admin\/audit\?action=admin\.$/);
    await expect(page.getByRole("cell", { name: "admin.logged_in" }).first()).toBeVisible();
    await expect(page.getByRole("cell", { name: "admin.login_failed" }).first()).toBeVisible();

    const [cookie] = (await context.cookies()).filter(({ name }) => name === "tieline_admin");
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie.includes("admin")])).toEqual([0, 0, false]);

    await page.getByRole("button", { name: "Log out" }).click();
    await expect(page.getByText("You are logged out.")).toBeVisible();
    expect((await context.cookies()).filter(({ name }) => name === "tieline_admin")).toEqual([]);
    if (cookie) await context.addCookies([cookie]);
    await page.goto("/admin/users");
    await expect(page).toHaveURL(/\/admin\/login/);
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) expect(body).not.toContain(cookie?.value.split(".")[2] ?? "no cookie");
  });
});

test.describe("in the console", () => {
  test.beforeEach(({ context, baseURL }) => enterConsole(context, baseURL));

  test("a flag is switched off now, and on again, and the log says by whom", async ({ page }) => {
    await page.goto("/admin/flags");
    const flag = page.getByRole("region", { name: "generated-answers" });
    await flag.getByRole("button", { name: "Switch generated-answers off now" }).click();
    await expect(flag.getByText("off", { exact: true })).toBeVisible();
    await flag.getByLabel("Share in %").fill("250");
    await expect(flag.getByText("Write a whole number from 0 to 100.")).toBeVisible();
    await flag.getByLabel("Share in %").fill("100");
    await flag.getByRole("button", { name: "Switch on generated-answers" }).click();
    await expect(flag.getByText("on for everybody")).toBeVisible();
    await page.goto("/admin/audit?action=flag.switched");
    const row = page.getByRole("row").nth(1);
    await expect(row).toContainText(consoleAdmin().email);
    await row.getByText("Before and after").click();
    await expect(row.locator("del")).toHaveText("false");
    await expect(row.locator("ins")).toHaveText("true");
  });

  test("an administrator is added, sees what a viewer sees, and is disabled", async ({ page, browser, baseURL }) => {
    const email = `viewer-${Date.now()}@example.com`;
    await page.goto("/admin/admins");
    await page.getByRole("button", { name: "Add an administrator" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill("nonsense");
    await dialog.getByRole("button", { name: "Add" }).click();
    await expect(dialog.getByLabel("E-mail")).toBeFocused();
    await dialog.getByLabel("E-mail").fill(email);
    await dialog.getByLabel("Name").fill("Vera Viewer");
    await dialog.getByRole("button", { name: "Add" }).click();
    const password = await dialog.locator("code").innerText();
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(page.getByRole("row", { name: email })).toContainText("never");

    const other = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }) });
    const theirs = await other.newPage();
    await theirs.goto("/admin/flags");
    await theirs.getByLabel("E-mail").fill(email);
    await theirs.getByLabel("Password").fill(password);
    await theirs.getByRole("button", { name: "Log in" }).click();
    await expect(theirs.getByRole("heading", { name: "Flags" })).toBeVisible();
    await expect(theirs.getByRole("region", { name: "generated-answers" }).getByText("on for everybody")).toBeVisible();
    await expect(theirs.getByRole("button", { name: /off now/ })).toHaveCount(0);
    await theirs.goto("/admin/admins");
    await expect(theirs.getByRole("row", { name: email })).toBeVisible();
    await expect(theirs.getByRole("button", { name: /Disable|Add an/ })).toHaveCount(0);

    await page.getByRole("button", { name: "Disable Vera Viewer" }).last().click();
    await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.getByRole("dialog", { name: "Disable Vera Viewer?" }).getByRole("button", { name: "Disable" }).click();
    await expect(page.getByRole("row", { name: email })).toContainText("disabled");
    await theirs.goto("/admin/users");
    await expect(theirs).toHaveURL(/\/admin\/login/);
    await other.close();
  });

  test("filters and the place in the list stand in the address", async ({ page }) => {
    await page.goto("/admin/users");
    await page.getByLabel("Name or e-mail").fill("nobody at all");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(/\/admin\/users\?q=nobody\+at\+all$/);
    await expect(page.getByText("Nobody by this name or e-mail")).toBeVisible();
    await page.getByRole("link", { name: "Clear" }).click();
    await expect(page).toHaveURL(/\/admin\/users$/);
    await page.goto("/admin/audit?limit=1");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL(/cursor=/);
    await page.getByRole("link", { name: "First page" }).click();
    await expect(page).not.toHaveURL(/cursor=/);
  });
});
