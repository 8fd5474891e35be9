import { expect, test } from "./app.ts";
import { expectLooks, widths } from "./looks.ts";

const ontario = "/grid/ontario?range=7d";

test("a chart is explained from its menu, each number leads to its values, and focus returns", async ({ page }) => {
  await page.goto(ontario);
  const menu = page.getByRole("button", { name: "Menu: Ontario demand, MW" });
  await menu.click();
  await page.getByRole("button", { name: "Explain this chart" }).click();
  const panel = page.getByRole("dialog", { name: "Explain this chart" });
  await expect(panel.getByRole("rowheader", { name: "Largest rise in an hour" })).toBeVisible();
  await expect(panel.getByText("Computed from the values; no model was used.")).toBeVisible();
  const href = await panel.getByRole("link", { name: /^Values: Highest/ }).getAttribute("href");
  const values = await page.request.get(href ?? "");
  expect(await values.json()).toMatchObject({ region: "CA-ON", lines: [{ metric: "demand" }] });
  await panel.getByRole("button", { name: "Data quality" }).click();
  await expect(panel.getByRole("heading", { name: "Late arrivals" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(menu).toBeFocused();
  await expect(page).toHaveURL(/\/grid\/ontario\?range=7d$/);
});

for (const width of widths) {
  test(`the explanation looks right at ${width} px`, async ({ page }, info) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${ontario}&explain=price`);
    const panel = page.getByRole("dialog", { name: "Explain this chart" });
    await expect(panel.getByRole("rowheader", { name: "Mean on peak" })).toBeVisible();
    await expectLooks(page, info, "explanation");
  });
}
