import { expect, test } from "./app.ts";
import { expectLooks, widths } from "./looks.ts";

test("a technique opens from the matrix, with focus, an address of its own, and ways to incidents and mitigations", async ({ page }) => {
  await page.goto("/security");
  const matrix = page.getByRole("group", { name: /Threat matrix/ });
  await matrix.getByRole("link", { name: /^Exploit Public-Facing Application/ }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(matrix.getByRole("link", { name: /^External Remote Services/ })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await expect(matrix.getByRole("link", { name: /^External Remote Services/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/technique=T0822/);
  const heading = page.getByRole("heading", { name: /External Remote Services T0822/ });
  await expect(heading).toBeFocused();

  const detail = page.getByRole("region", { name: /External Remote Services T0822/ });
  await expect(detail.getByRole("link", { name: "Attack on three Ukrainian distribution companies" })).toBeVisible();
  await detail.getByRole("link", { name: /CIP-005/ }).click();
  await expect(page.locator("#strategy-CIP-005")).toBeInViewport();
  await expect(page.locator("#strategy-CIP-005").getByText("A perimeter with defined access points")).toBeVisible();

  await page.reload();
  await expect(heading).toBeVisible();
  await detail.getByRole("link", { name: "Close" }).click();
  await expect(heading).toBeHidden();
});

test("details enter the page when they are opened, also by a link to them", async ({ page }) => {
  await page.goto("/security#strategy-CIP-005");
  await expect(page.getByText("A perimeter with defined access points")).toBeVisible();
  await expect(page.locator("#strategy-CIP-005")).toBeInViewport();
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(2_200);
});

test("incidents are filtered in the address, beside the technique that is open", async ({ page }) => {
  await page.goto("/security?technique=T0855");
  const form = page.getByRole("search", { name: "Incidents" });
  await form.getByLabel("Where").selectOption("Québec");
  await form.getByLabel("Kind").selectOption("Physical attack");
  await form.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/region=CA-QC/);
  await expect(page).toHaveURL(/technique=T0855/);
  const table = page.getByRole("table", { name: /Documented incidents/ });
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table.getByText("188 000")).toBeVisible();
  await table.getByText("Story and sources").click();
  await expect(table.getByRole("link", { name: /Pilot who shorted Quebec's grid/ })).toHaveAttribute("href", /^https:/);

  await page.goto("/security?kind=physical&region=CA-BC");
  await expect(page.getByText("No recorded incident fits all these filters")).toBeVisible();
  await page.goto("/security?kind=gossip");
  await expect(page.getByText("A part of this address makes no sense and was left out")).toBeVisible();
});

test("consultations say their state, link out as such, and can be narrowed", async ({ page }) => {
  await page.goto("/consultations");
  await expect(page.getByRole("region", { name: "Closed" }).getByRole("article").first()).toBeVisible();
  await expect(page.getByRole("link", { name: /Clean Electricity Regulations, draft in the Canada Gazette.*another site/ })).toHaveAttribute("href", /canadagazette/);
  await page.getByLabel("Words").fill("indigenous utilities");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(page.getByText("Indigenous governance:")).toBeVisible();
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).toHaveURL(/\/consultations$/);
});

for (const width of widths) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 800 } });

    for (const path of ["/security", "/security?technique=T0855", "/consultations"]) {
      test(`${path} is accessible and fits`, async ({ page }, info) => {
        await page.goto(path, { waitUntil: "networkidle" });
        await expectLooks(page, info, path);
      });
    }
  });
}
