import AxeBuilder from "@axe-core/playwright";
import type { Page, TestInfo } from "@playwright/test";
import { expect } from "./app.ts";

/** Widths of a phone, a tablet and a desk, CSS pixels. */
export const widths = [360, 768, 1280];

/** Counts how much of a page moves by itself; to be called before the page is opened. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        if (!shift.hadRecentInput) shifts.push(shift.value);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** The layout shift of a page since it was opened, as web vitals count it, without their windows. */
export async function shiftOf(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0));
}

/**
 * What every page owes its reader at any size, in both themes: it breaks no rule of access that axe knows, and nothing
 * reaches beyond its edge. Themes differ in colours alone, so in the dark the rules of colour are asked. With KEEP_PICTURES=1, keeps a picture of each.
 */
export async function expectLooks(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const [theme, rules] of [["light", null], ["dark", ["color-contrast", "link-in-text-block"]]] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    // No page holds frames of other sites: axe runs in the page alone, and tells of breaches alone, which takes a fifth of the time.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
    const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
    expect(violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    if (process.env["KEEP_PICTURES"] === "1") await info.attach(`${name} ${theme} ${page.viewportSize()?.width ?? ""}`, { body: await page.screenshot({ fullPage: true }), contentType: "image/png" });
  }
}
