import { expect, test } from "./app.ts";

test("a page is shown as it was known, by its address, and back; what hasn't passed is refused at its field", async ({ page }) => {
  const asked = page.waitForRequest((request) => request.url().includes("/api/grid/series") && request.url().includes("as_of=2026-10-05T15%3A00%3A00Z"));
  await page.goto("/grid/ontario?asof=2026-10-05T15:00Z");
  await asked;
  const filters = page.getByRole("group", { name: "Filters" });
  await expect(filters.getByText(/As known 5 Oct 2026, 10:00/)).toBeVisible();
  await filters.getByRole("button", { name: "As known: earlier" }).click();
  const form = page.getByRole("form", { name: "As known at" });
  await expect(form.getByLabel(/As it was known at, EST/)).toHaveValue("2026-10-05T10:00");
  await form.getByLabel(/As it was known at/).fill("2099-12-31T10:00");
  await form.getByRole("button", { name: "Show" }).click();
  await expect(form.getByRole("alert")).toContainText("a time that has passed");
  await expect(form.getByLabel(/As it was known at/)).toBeFocused();
  await form.getByRole("button", { name: "Back to now" }).click();
  await expect(page).toHaveURL(/\/grid\/ontario$/);
  await expect(filters.getByRole("button", { name: "As known: now" })).toBeVisible();
});

test("the page's values are exported chart by chart, over the range that is shown", async ({ page, request }) => {
  await page.goto("/grid/alberta?range=7d");
  await page.getByRole("button", { name: "Export" }).click();
  const files = page.getByRole("dialog", { name: "Export the page’s range as CSV" });
  await expect(files.getByRole("link")).toHaveCount(6);
  for (const link of await files.getByRole("link").all()) {
    const answer = await request.get((await link.getAttribute("href")) ?? "");
    expect(answer.headers()["content-type"]).toContain("text/csv");
    expect((await answer.text()).split("\n").length).toBeGreaterThan(100);
  }
});
