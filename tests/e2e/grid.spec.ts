import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import type { SeriesAnswer } from "#domains/grid/index.ts";
import { expect, test } from "./app.ts";
import { expectLooks, shiftOf, watchShifts, widths } from "./looks.ts";

const ontario = "/grid/ontario";

const card = (page: Page, name: RegExp) => page.getByRole("region", { name });
const figure = (within: Locator) => within.getByRole("img");
const plain = (text: string | null | undefined) => (text ?? "").replaceAll(/[\u00a0\u2009\u202f]/g, " ");

/** Waits until a card's chart is drawn, and answers how many of its pixels aren't empty. */
async function inked(within: Locator): Promise<number> {
  await figure(within).scrollIntoViewIfNeeded();
  await expect(figure(within)).toHaveAttribute("data-ready", "true", { timeout: 20_000 });
  const count = () => within.locator("canvas").first().evaluate((canvas: HTMLCanvasElement) => {
    const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let found = 0;
    for (let index = 3; index < data.length; index += 4) if ((data[index] ?? 0) > 0) found += 1;
    return found;
  });
  await expect.poll(count).toBeGreaterThan(1_000);
  return count();
}

for (const [path, name] of [[ontario, "Ontario"], ["/grid/alberta", "Alberta"]] as const) {
  test(`every chart of ${name} draws, and says what it shows`, async ({ page }) => {
    await page.goto(path);
    for (const title of [/demand, MW|internal load, MW/, /supply by source, MW/, /price, \$\/MWh/, /emissions intensity/]) {
      const own = card(page, title);
      await inked(own);
      expect(plain(await figure(own).getAttribute("aria-label"))).toMatch(/\d/);
    }
    await expect(card(page, /interties, MW/).getByRole("listitem").first()).toBeVisible();
  });
}

test("keys read a chart's values one by one", async ({ page }) => {
  await page.goto(ontario);
  const demand = card(page, /^Ontario demand/);
  await inked(demand);
  await figure(demand).focus();
  const live = async () => plain(await demand.locator("p[aria-live]").textContent());
  await page.keyboard.press("Home");
  await expect.poll(live).toMatch(/^00:00–\d\d:\d\d EST(, sample)?: Demand.* \d\d \d{3} MW/);
  const first = await live();
  await page.keyboard.press("ArrowRight");
  await expect.poll(live).not.toBe(first);
  await page.keyboard.press("Escape");
  await expect.poll(live).toBe("");
});

test("the table and the file hold the values that the API gives", async ({ page, request }) => {
  const asked = page.waitForResponse((response) => response.url().includes("/api/grid/series") && response.url().includes("metric=demand&"));
  await page.goto(ontario);
  const answer = (await (await asked).json()) as { lines: { value: (number | null)[] }[] };
  const demand = card(page, /^Ontario demand/);
  await inked(demand);
  await demand.getByRole("button", { name: /^Menu/ }).click();
  await demand.getByRole("button", { name: "Show as table" }).click();
  const cells = await demand.getByRole("table").locator("tbody tr td:nth-of-type(1)").allTextContents();
  const values = answer.lines.flatMap(({ value }) => value).filter((value) => value !== null).slice(0, cells.length).map((value) => Math.round(value).toString());
  expect(cells.map((cell) => cell.replaceAll(/\D/g, ""))).toEqual(values);

  await demand.getByRole("button", { name: /^Menu/ }).click();
  const link = demand.getByRole("link", { name: "Download CSV" });
  const href = (await link.getAttribute("href")) ?? "";
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const text = await readFile(await download.path(), "utf8");
  expect(text.split("\n").length).toBeGreaterThan(cells.length);
  expect((await request.get(href)).headers()["content-type"]).toContain("text/csv");
});

test("a chart can be kept as a picture", async ({ page }) => {
  await page.goto(ontario);
  const demand = card(page, /^Ontario demand/);
  await inked(demand);
  await demand.getByRole("button", { name: /^Menu/ }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), demand.getByRole("button", { name: "Download PNG" }).click()]);
  expect(download.suggestedFilename()).toBe("demand.png");
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(bytes.length).toBeGreaterThan(10_000);
});

test("supply is compared with an earlier time as a line over the stack", async ({ page }) => {
  await page.goto(`${ontario}?compare=day`);
  const supply = card(page, /supply by source/);
  await inked(supply);
  await expect(supply.getByText("Previous day, total")).toBeVisible();
  await expect.poll(async () => plain(await figure(supply).getAttribute("aria-label"))).toContain("Previous day, total: last");
});

test("interties and a province's small chart can be kept as pictures; the small chart is read by keys", async ({ page }) => {
  const keep = async (within: Locator) => {
    await within.getByRole("button", { name: /^Menu/ }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), within.getByRole("button", { name: "Download PNG" }).click()]);
    expect((await readFile(await download.path())).length).toBeGreaterThan(4_000);
  };
  await page.goto(ontario);
  const interties = card(page, /interties, MW/);
  await expect(interties.getByRole("listitem").first()).toBeVisible();
  await keep(interties);
  await page.goto("/grid/provinces");
  const nova = page.getByRole("figure", { name: "Nova Scotia demand, GW" });
  await inked(nova);
  await figure(nova).focus();
  await page.keyboard.press("Home");
  await expect.poll(async () => plain(await nova.textContent())).toMatch(/\d\d:00–\d\d:00 EST: \d\.\d\d GW/);
  await keep(nova);
});

test("range, clocks and comparison stand in the address: they survive loading anew, and the way back works", async ({ page }) => {
  await page.goto(ontario);
  await page.getByRole("button", { name: "7 d", exact: true }).click();
  await expect(page).toHaveURL(/\?range=7d$/);
  await page.getByLabel("Time zone").selectOption("utc");
  await expect(page).toHaveURL(/range=7d&tz=utc$/);
  await page.getByLabel("Compare").selectOption("week");
  await expect(page).toHaveURL(/compare=week$/);
  await page.reload();
  await expect(page.getByRole("button", { name: "7 d", exact: true })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText(/times in UTC$/)).toBeVisible();
  const demand = card(page, /^Ontario demand/);
  await inked(demand);
  await expect.poll(async () => plain(await figure(demand).getAttribute("aria-label"))).toContain("Previous week: last");
  await page.goBack();
  await expect(page.getByLabel("Compare")).toHaveValue("off");
  await page.goForward();
  await expect(page.getByLabel("Compare")).toHaveValue("week");
});

test("days can be chosen, and a wrong choice is said at its field", async ({ page }) => {
  await page.goto(ontario);
  await page.getByRole("button", { name: "Custom" }).click();
  const form = page.getByRole("form", { name: "Custom range" });
  await form.getByLabel("First day").fill("2026-10-05");
  await form.getByLabel("Last day").fill("2026-10-01");
  await form.getByRole("button", { name: "Show" }).click();
  await expect(form.getByRole("alert")).toHaveText("The last day is before the first.");
  await expect(form.getByLabel("Last day")).toBeFocused();
  await form.getByLabel("Last day").fill("2026-10-07");
  await form.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/from=2026-10-05&to=2026-10-07/);
});

test("the factors are the reader's choice, with who says so", async ({ page }) => {
  await page.goto(ontario);
  const emissions = card(page, /emissions intensity/);
  await inked(emissions);
  await emissions.getByRole("button", { name: "Direct" }).click();
  await expect(page).toHaveURL(/factors=direct/);
  await expect(emissions.getByText(/burning alone\.$/)).toBeVisible();
  await emissions.getByText("Factors and their sources").click();
  await expect(emissions.getByRole("table").getByRole("link").first()).toBeVisible();
});

type Answer = Pick<SeriesAnswer, "lines" | "sources">;

/** Has the API answer about Ontario's demand as it would where its sources did otherwise. */
async function answerDemand(page: Page, changed: (answer: Answer) => Answer): Promise<void> {
  await page.route("**/api/grid/series*metric=demand&*", async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as Answer;
    await route.fulfill({ response, json: { ...answer, ...changed(answer) } });
  });
}

for (const [minutes, freshness] of [[4, "ok"], [13, "degraded"], [125, "down"]] as const) {
  test(`a card of values that are ${minutes} minutes old says so: ${freshness}`, async ({ page }) => {
    await answerDemand(page, ({ lines, sources }) => ({
      lines: lines.map((line) => ({ ...line, sample: false, quality: line.quality.map(() => "measured" as const) })),
      sources: sources.map((note) => ({ ...note, state: "on-time", cadenceMinutes: 5, dataUntil: new Date(Date.now() - minutes * 60_000).toISOString() })),
    }));
    await page.goto(ontario);
    const demand = card(page, /^Ontario demand/);
    await inked(demand);
    const badge = demand.locator("[data-freshness]");
    await expect(badge).toHaveAttribute("data-freshness", freshness);
    await expect(badge).toContainText(minutes < 60 ? new RegExp(`\\d\\d:\\d\\d EST · ${minutes} min ago`) : /EST · 2 h ago/);
  });
}

test("a card without values says what would be there, and does what may bring them", async ({ page }) => {
  let known = false;
  await answerDemand(page, (answer) => (known ? answer : { lines: [], sources: [] }));
  await page.goto(ontario);
  const demand = card(page, /^Ontario demand/);
  await expect(demand.getByText("No values yet")).toBeVisible();
  await expect(demand.getByText("Demand stands here as soon as a source of Ontario has told of these days.")).toBeVisible();
  await inked(card(page, /supply by source/));
  known = true;
  await demand.getByRole("button", { name: "Show the last 30 days" }).click();
  await expect(page).toHaveURL(/range=30d/);
  await inked(demand);
});

test.describe("without an answer", () => {
  test.use({ allowedErrors: [/503/] });
  test("a card says what happened and tries again, the others stand", async ({ page }) => {
    let refuse = true;
    await page.route("**/api/grid/generation*", (route) =>
      refuse ? route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ title: "The database is away", status: 503, code: "UNAVAILABLE", requestId: "0197-journey" }) }) : route.continue());
    await page.goto(ontario);
    const supply = card(page, /supply by source/);
    await expect(supply.getByRole("alert")).toContainText("0197-journey");
    await inked(card(page, /^Ontario demand/));
    refuse = false;
    await supply.getByRole("button", { name: "Try again" }).click();
    await inked(supply);
  });
});

for (const width of widths) {
  test(`Ontario is accessible, fits and stands still at ${width} px`, async ({ page }, info) => {
    await page.setViewportSize({ width, height: 800 });
    await watchShifts(page);
    await page.goto(ontario, { waitUntil: "networkidle" });
    for (const title of [/^Ontario demand/, /supply by source/, /price/, /emissions intensity/]) await inked(card(page, title));
    expect(await shiftOf(page)).toBeLessThan(0.01);
    await expectLooks(page, info, "Ontario");
  });
}
