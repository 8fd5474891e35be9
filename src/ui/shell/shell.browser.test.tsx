import { beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import type { FrameFacts } from "#ui/shell/frame-facts.ts";
import { Frame } from "#ui/shell/frame.tsx";
import { onPaletteAsked } from "#ui/shell/palette-signal.ts";
import { navigation } from "#ui/shell/routes.ts";
import { visit } from "../../../tests/support/next/navigation.ts";

const facts: FrameFacts = { theme: "system", version: "1.2.3", shortcut: "Ctrl K", navigation, home: "/" };

function renderFrame() {
  return render(
    <Frame {...facts}>
      <p>The page</p>
    </Frame>,
  );
}

const chosen = () => page.getByRole("button", { pressed: true }).element().getAttribute("aria-label");
const menu = page.getByRole("dialog", { name: "Menu" });
const menuButton = page.getByRole("button", { name: "Menu" });

beforeEach(() => {
  document.cookie = "theme=; Path=/; Max-Age=0";
  delete document.documentElement.dataset.theme;
});

test("the first Tab leads past the navigation", async () => {
  await renderFrame();
  await userEvent.tab();
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect.element(skip).toHaveFocus();
  expect(skip.element().getBoundingClientRect().width).toBeGreaterThan(50);
  expect(document.getElementById(skip.element().getAttribute("href")?.slice(1) ?? "")).toBe(page.getByRole("main").element());
});

test("the navigation marks the page, and the section that a page below it belongs to", async () => {
  visit("/help");
  await renderFrame();
  const navigation = page.getByRole("navigation", { name: "Main" });
  const current = (name: string) => navigation.getByRole("link", { name, exact: true }).element().getAttribute("aria-current");
  expect(["Overview", "Ask", "Help", "System status"].map(current)).toEqual([null, null, "page", null]);
  visit("/help/hour-ending");
  await expect.poll(() => current("Help")).toBe("true");
  visit("/");
  await expect.poll(() => current("Overview")).toBe("page");
});

test("pages under a heading are a list that it names; only the page itself is marked", async () => {
  visit("/grid/alberta");
  await renderFrame();
  const grid = page.getByRole("navigation", { name: "Main" }).getByRole("list", { name: "Grid" });
  const links = grid.getByRole("link").elements().map((link) => [link.textContent, link.getAttribute("aria-current")]);
  expect(links).toEqual([["Ontario", null], ["Alberta", "page"], ["Provinces", null], ["Weather", null]]);
});

test("the search button shows its keys and asks for the palette", async () => {
  let asked = 0;
  const stop = onPaletteAsked(() => (asked += 1));
  await renderFrame();
  const find = page.getByRole("button", { name: "Find or ask Ctrl K" });
  await find.click();
  expect(asked).toBe(1);
  stop();
  await find.click();
  expect(asked).toBe(1);
});

test("a theme is shown at once and kept in a cookie; the system's takes the choice back", async () => {
  await renderFrame();
  const background = () => getComputedStyle(document.body).backgroundColor;
  await page.getByRole("button", { name: "Light theme" }).click();
  const light = background();
  expect(document.cookie).toContain("theme=light");
  await page.getByRole("button", { name: "Dark theme" }).click();
  await expect.poll(chosen).toBe("Dark theme");
  expect(document.cookie).toContain("theme=dark");
  expect(background()).not.toBe(light);
  await page.getByRole("button", { name: "Theme of the system" }).click();
  await expect.poll(chosen).toBe("Theme of the system");
  expect(document.documentElement.dataset.theme).toBeUndefined();
  expect(document.cookie).toContain("theme=system");
});

test("the switch shows what the page shows, whoever changed it", async () => {
  await renderFrame();
  expect(chosen()).toBe("Theme of the system");
  document.documentElement.dataset.theme = "dark";
  await expect.poll(chosen).toBe("Dark theme");
  document.documentElement.dataset.theme = "no such theme";
  await expect.poll(chosen).toBe("Theme of the system");
});

test("breadcrumbs link what is above and name the page itself", async () => {
  await render(<Breadcrumbs crumbs={[{ label: "Help", href: "/help" }, { label: "Hour ending" }]} />);
  const trail = page.getByRole("navigation", { name: "Breadcrumb" });
  expect(trail.getByRole("link").elements().map((link) => link.textContent)).toEqual(["Help"]);
  await expect.element(trail.getByText("Hour ending")).toHaveAttribute("aria-current", "page");
});

describe("on a phone", () => {
  beforeEach(() => page.viewport(360, 740));

  test("the top bar says where one is", async () => {
    visit("/help/hour-ending");
    await renderFrame();
    await expect.element(page.getByRole("link", { name: "Tieline Help" })).toBeVisible();
    visit("/grid/weather");
    await expect.element(page.getByRole("link", { name: "Tieline Weather" })).toBeVisible();
    visit("/no-such-place");
    await expect.element(page.getByRole("link", { name: "Tieline", exact: true })).toBeVisible();
  });

  test("the menu opens as a sheet and gives focus back with Escape", async () => {
    await renderFrame();
    await menuButton.click();
    await expect.element(menu.getByRole("link", { name: "Ask" })).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expect.element(menu).not.toBeInTheDocument();
    await expect.element(menuButton).toHaveFocus();
  });

  test("a link in the menu closes it, a theme doesn't", async () => {
    await renderFrame();
    await menuButton.click();
    await menu.getByRole("button", { name: "Dark theme" }).click();
    await expect.element(menu).toBeVisible();
    await menu.getByRole("link", { name: "Help" }).click();
    await expect.element(menu).not.toBeInTheDocument();
  });

  test("the menu's own button closes it; finding closes it too", async () => {
    await renderFrame();
    await menuButton.click();
    await menu.getByRole("button", { name: "Close menu" }).click();
    await expect.element(menu).not.toBeInTheDocument();
    await menuButton.click();
    await menu.getByRole("button", { name: /^Find or ask/ }).click();
    await expect.element(menu).not.toBeInTheDocument();
  });

  test("what can be pressed in the menu is high enough for a fingertip", async () => {
    await renderFrame();
    await menuButton.click();
    const controls = [...menu.getByRole("link").elements(), ...menu.getByRole("button").elements()];
    const heights = controls.map((control) => {
      const around = parseFloat(getComputedStyle(control, "::after").height) || 0;
      return [control.textContent, Math.max(control.getBoundingClientRect().height, around)] as const;
    });
    expect(heights.length).toBeGreaterThan(8);
    expect(heights.filter(([, height]) => height < 44)).toEqual([]);
  });
});
