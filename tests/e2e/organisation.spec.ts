import type { Page } from "@playwright/test";
import { expect, test } from "./app.ts";
import { expectLooks, widths } from "./looks.ts";

const password = "correct horse battery staple";

/** Fills the page that makes an account, which is open. */
async function signUp(page: Page, name: string): Promise<void> {
  await page.getByLabel("E-mail").fill(`${name.toLowerCase()}.${Date.now()}.${Math.random().toString(36).slice(2)}@example.com`);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
}

async function createOrganisation(page: Page, owner: string, name: string): Promise<void> {
  await page.goto("/signup?next=%2Forganisation");
  await signUp(page, owner);
  await expect(page.getByText("You don’t belong to an organisation yet")).toBeVisible();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create an organisation" }).click();
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
}

test("an owner invites somebody, who joins through the link; a key works until it is revoked", async ({ page, browser, baseURL }) => {
  test.slow();
  await createOrganisation(page, "Olive", "Northern Power");
  await expect(page.getByRole("link", { name: "Northern Power" })).toBeVisible();
  await page.getByRole("button", { name: "Create an invitation" }).click();
  const link = await page.getByLabel("Link for one member").inputValue();
  expect(new URL(link).hash.length).toBe(44);

  const other = await browser.newContext({ baseURL: baseURL ?? "" });
  const guest = await other.newPage();
  await guest.goto(`/invite${new URL(link).hash}`);
  await expect(guest.getByText("You are invited to “Northern Power”")).toBeVisible();
  await guest.getByRole("link", { name: "Create an account" }).first().click();
  await signUp(guest, "Mina");
  await guest.getByRole("button", { name: "Join Northern Power" }).click();
  await expect(guest).toHaveURL(/\/organisation$/);
  await expect(guest.getByText("Only owners can do this")).toBeVisible();
  await expect(guest.getByRole("button", { name: "Delete the organisation" })).toHaveCount(0);
  await guest.goto(`/invite${new URL(link).hash}`);
  await expect(guest.getByText("You belong to “Northern Power” already")).toBeVisible();
  await guest.getByRole("button", { name: "Work in Northern Power" }).click();
  await expect(guest).toHaveURL(/\/organisation$/);
  expect(await guest.evaluate(() => localStorage.length)).toBe(0);

  await page.reload();
  const role = page.getByLabel("Role of Mina");
  await role.selectOption("owner");
  await expect(page.getByText("Mina is an owner now.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(role).toHaveValue("member");
  await expect(page.getByText("Mina is a member now.")).toBeVisible();

  await page.goto("/organisation/keys");
  await expect(page.getByText("There are no API keys")).toBeVisible();
  await page.getByLabel("Name").fill("Nightly report");
  await page.getByRole("button", { name: "Create an API key" }).click();
  const key = await page.getByLabel("API key", { exact: true }).inputValue();
  expect(key).toMatch(/^tl_[A-Za-z0-9]{40}$/);
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByText(key)).toHaveCount(0);
  const asked = () => fetch(`${baseURL}/api/ask`, { method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": "application/json" }, body: JSON.stringify({ question: "What is hour ending?" }) });
  const answer = await asked();
  expect([answer.status, ((await answer.json()) as { mode: string }).mode]).toEqual([200, "extractive"]);
  await page.getByRole("button", { name: "Revoke Nightly report" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText(/^Revoked /)).toBeVisible();
  expect((await asked()).status).toBe(401);

  await page.goto("/organisation/activity?action=api_key.revoked");
  await expect(page.getByRole("cell", { name: "revoked an API key" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "created an API key" })).toHaveCount(0);

  await page.goto("/organisation");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download" }).click()]);
  expect(file.suggestedFilename()).toBe("tieline-organisation.ndjson");
  await page.getByRole("button", { name: "Remove Mina" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByLabel("Role of Mina")).toHaveCount(0);
  await page.getByRole("button", { name: "Delete the organisation" }).click();
  await page.getByLabel("Type the name: Northern Power").fill("Southern Power");
  await page.getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByText(/Type the organisation’s name as it stands/)).toBeVisible();
  await page.getByLabel("Type the name: Northern Power").fill("Northern Power");
  await page.getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByText("You don’t belong to an organisation yet")).toBeVisible();
  await other.close();
});
test("a new name is said where it was written; addresses of lists that were typed wrong still show the lists", async ({ page }) => {
  await createOrganisation(page, "Olive", "Northern Power");
  const [name, save] = [page.getByLabel("Name", { exact: true }), page.getByRole("button", { name: "Save name" })];
  await name.fill("Northern Light");
  await save.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "Northern Light" })).toBeVisible();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(save).toBeFocused();
  for (const path of ["/organisation?cursor=abc&invitations=abc", "/organisation/keys?cursor=abc"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 2, name: /Members|Keys/ })).toBeVisible();
  }
  for (const query of ["cursor=abc", "actor=%00", "from=yesterday"]) {
    await page.goto(`/organisation/activity?${query}`);
    await expect(page.getByText("These filters can’t be used")).toBeVisible();
  }
});

test.use({ allowedErrors: [/400 \(Bad Request\)/] });

test("the organisation's pages are accessible and fit", async ({ page }, info) => {
  test.slow();
  await createOrganisation(page, "Olive", "Ontario Municipal Electricity Distributors");
  await page.getByRole("button", { name: "Create an invitation" }).click();
  await expect(page.getByLabel("Link for one member")).toBeVisible();
  for (const path of ["/organisation", "/organisation/keys", "/organisation/activity", "/invite"]) {
    if (path !== "/organisation") await page.goto(path, { waitUntil: "networkidle" });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await expectLooks(page, info, path);
    }
  }
});
