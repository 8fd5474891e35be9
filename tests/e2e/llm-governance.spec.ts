import type { Browser, BrowserContext, Page } from "@playwright/test";
import { startApp } from "../support/app-server.ts";
import { createConsoleAdmin, type ConsoleAdmin } from "../support/console-admin.ts";
import { startFakeOpenAi } from "../support/fake-openai.ts";
import { expect, test as base } from "./app.ts";
import { expectLooks, widths } from "./looks.ts";

/** An application of its own: what is governed and budgeted here would keep other journeys from its model. */
interface Governed {
  url: string;
  admins: [ConsoleAdmin, ConsoleAdmin];
}

const test = base.extend<object, { governed: Governed }>({
  governed: [
    async ({}, use) => {
      const fake = await startFakeOpenAi();
      fake.behave(() => ({ kind: "stream", pieces: ["Hour ending names an hour by its end [1].", " It runs from 1 to 24 [1]."] }));
      const app = await startApp({ OPENAI_API_KEY: "test-key", OPENAI_BASE_URL: fake.baseUrl });
      await use({ url: app.url, admins: [await createConsoleAdmin(app), await createConsoleAdmin(app, "admin")] });
      await app.end();
      await fake.close();
    },
    { scope: "worker" },
  ],
  baseURL: ({ governed }, use) => use(governed.url),
});

test.describe.configure({ mode: "default" });

async function enter(context: BrowserContext, { url, admins }: Governed, which: 0 | 1): Promise<void> {
  await context.addCookies([{ ...admins[which].cookie, url }]);
}

/** A visitor who comes for the first time and asks, each time the same. */
async function askAnew(browser: Browser, { url }: Governed): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: url })).newPage();
  await page.goto(`/ask?q=${encodeURIComponent("What does hour ending mean?")}`);
  return page;
}

test("governed data reaches a model from when its steward's consent is recorded until it is withdrawn", async ({ page, context, browser, governed }, info) => {
  await enter(context, governed, 0);
  await page.goto("/admin/llm/consents");
  await expect(page.getByText("No dataset is under governance")).toBeVisible();
  await page.getByRole("button", { name: "Put a dataset under governance" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Dataset").selectOption("help");
  await dialog.getByLabel("Steward").fill("A Nation");
  await dialog.getByLabel(/^OCAP/).check();
  await dialog.getByLabel("Why, and who says so").fill("Band council resolution 2026-14");
  await dialog.getByRole("button", { name: "Put under governance" }).click();
  const dataset = page.getByRole("table", { name: "Datasets under governance" }).getByRole("row").last();
  await expect(dataset).toContainText("May not read it: no consent is on record");
  const refused = await askAnew(browser, governed);
  await expect(refused.getByText("The dataset help is governed by A Nation, whose consent to this use isn't on record.")).toBeVisible();

  await dataset.getByRole("button", { name: "Record a consent: help" }).click();
  await dialog.getByLabel("read by language models").check();
  await dialog.getByLabel("Where the decision is on paper").fill("Letter of 20 November 2026");
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await expectLooks(page, info, "consent form");
  }
  await dialog.getByRole("button", { name: "Record the consent" }).click();
  await expect(dataset).toContainText("May read it: a consent is in force");
  await expect((await askAnew(browser, governed)).getByText("It runs from 1 to 24").first()).toBeVisible();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await expectLooks(page, info, "data consents, filled");
  }

  await page.getByRole("button", { name: "Withdraw: A Nation, help" }).click();
  await page.getByRole("dialog", { name: "Withdraw the consent of A Nation to help?" }).getByRole("button", { name: "Withdraw" }).click();
  await expect(dataset).toContainText("May not read it: the consent was withdrawn");
  const withdrawn = await askAnew(browser, governed);
  await expect(withdrawn.getByText(/is governed by A Nation/)).toBeVisible();

  await page.goto("/admin/llm/consents?dataset=help&state=in_force");
  await expect(page.getByText("No consent that all these filters fit")).toBeVisible();
  await page.getByRole("button", { name: "Release: help" }).click();
  await page.getByRole("dialog", { name: "Release help from governance?" }).getByRole("button", { name: "Release" }).click();
  await expect(page.getByText("No dataset is under governance")).toBeVisible();
  await page.goto("/admin/audit?target=help");
  await expect(page.getByRole("row").nth(1)).toContainText("dataset.released");
});

test("a budget is changed and logged, met by a second administrator, and tells who is over it when to come back", async ({ page, context, browser, governed }) => {
  await enter(context, governed, 0);
  const name = "Everybody, each day";
  await page.goto("/admin/llm/budgets");
  const budget = page.getByRole("region", { name });
  const before = await budget.getByLabel("Limit in US$").inputValue();

  const other = await browser.newContext({ baseURL: governed.url });
  await enter(other, governed, 1);
  const theirs = await other.newPage();
  await theirs.goto("/admin/llm/budgets");
  const theirBudget = theirs.getByRole("region", { name });
  await expect(theirBudget.getByLabel("Limit in US$")).toHaveValue(before);

  await budget.getByLabel("Limit in US$").fill("30");
  await budget.getByRole("button", { name: `Save the limit: ${name}` }).click();
  await expect(budget.getByRole("status")).toContainText("The limit is");
  await page.goto("/admin/audit?action=budget.changed");
  const row = page.getByRole("row").nth(1);
  await expect(row).toContainText(governed.admins[0].email);
  await row.getByText("Before and after").click();
  await expect(row.locator("del")).toHaveText(before);
  await expect(row.locator("ins")).toHaveText("30");

  await theirBudget.getByLabel("Limit in US$").fill("0.00001");
  await theirBudget.getByRole("button", { name: `Save the limit: ${name}` }).click();
  await expect(theirBudget.getByRole("alert")).toContainText("Somebody else changed this meanwhile.");
  await theirBudget.getByRole("button", { name: "Read it again" }).click();
  await expect(theirBudget.getByText(/of US\$\s*30/)).toBeVisible();
  await expect(theirBudget.getByLabel("Limit in US$")).toHaveValue("0.00001");
  await theirBudget.getByRole("button", { name: `Save the limit: ${name}` }).click();
  await expect(theirBudget.getByRole("status")).toContainText("The limit is");

  // Nobody has asked this before: what is kept is given to whoever asks, and costs nothing.
  const question = "What is hour ending?";
  const visitor = await browser.newContext({ baseURL: governed.url });
  const refused = await visitor.request.post("/api/ask", { data: { question } });
  expect(refused.status()).toBe(429);
  expect(Number(refused.headers()["retry-after"])).toBeGreaterThan(0);
  const asking = await visitor.newPage();
  await asking.goto(`/ask?q=${encodeURIComponent(question)}`);
  await expect(asking.getByText(/budget for language models is used up for this day/)).toBeVisible();
  await expect(asking.getByText(/It can be tried again in \d/)).toBeVisible();
});
