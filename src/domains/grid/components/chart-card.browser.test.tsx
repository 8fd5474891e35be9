import { useState } from "react";
import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { zoneClock } from "#ui/charts/zone-clock.ts";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";
import { ChartCard, type CardState } from "./chart-card.tsx";
import { FreshnessBadge } from "./freshness-badge.tsx";
import type { TableContent } from "./value-table.tsx";

const note: SourceNote = {
  id: "ieso.realtime-totals", name: "IESO real-time totals", publisher: "IESO", licence: { name: "Terms of use", url: "https://example.org/terms" }, page: "https://example.org",
  cadenceMinutes: 5, dataUntil: "2026-11-20T21:35:00Z", fetchedAt: "2026-11-20T21:36:00Z", state: "on-time",
};
const table: TableContent = { rowLabel: "Interval, EST", columns: ["Demand, MW"], count: 250, row: (index) => ({ name: `interval ${index}`, cells: [index === 1 ? "" : String(index)] }) };

function Card({ state, sample = false, partial = null }: { state: CardState; sample?: boolean; partial?: string | null }) {
  return (
    <ChartCard id="demand" title="Ontario demand, MW" summary="Now 17 747 MW." sources={[note]} csvHref="/api/grid/series?format=csv" table={table} state={state} sample={sample} partial={partial} height={200} help={<button type="button">Help</button>} explain={<button type="button">Explain</button>}>
      <p>the figure</p>
    </ChartCard>
  );
}

const menu = () => page.getByRole("button", { name: "Menu: Ontario demand, MW" });

test("says what it measures, in one sentence, whose numbers they are and on what terms", async () => {
  await render(<Card state={{ kind: "ready" }} />);
  await expect.element(page.getByRole("region", { name: "Ontario demand, MW" })).toBeVisible();
  await expect.element(page.getByText("Now 17 747 MW.")).toBeVisible();
  await expect.element(page.getByRole("link", { name: "IESO real-time totals" })).toHaveAttribute("href", "https://example.org");
  await expect.element(page.getByRole("link", { name: "Terms of use" })).toHaveAttribute("href", "https://example.org/terms");
  expect(page.getByText("Sample data").elements()).toEqual([]);
});

test("the menu leads to the table, whose rows are paged, to the file and to the slots", async () => {
  await render(<Card state={{ kind: "ready" }} />);
  await menu().click();
  await expect.element(page.getByRole("link", { name: "Download CSV" })).toHaveAttribute("href", "/api/grid/series?format=csv");
  await expect.element(page.getByRole("button", { name: "Explain" })).toBeVisible();
  await page.getByRole("button", { name: "Show as table" }).click();
  const rows = page.getByRole("table", { name: "Ontario demand, MW" }).getByRole("rowheader");
  expect(rows.elements()).toHaveLength(100);
  expect(page.getByRole("columnheader").elements().map((cell) => cell.textContent)).toEqual(["Interval, EST", "Demand, MW"]);
  await expect.element(page.getByRole("cell", { name: "no data" })).toBeVisible();
  await page.getByRole("button", { name: "Later" }).click();
  await page.getByRole("button", { name: "Later" }).click();
  await expect.element(page.getByText("Rows 201–250 of 250")).toBeVisible();
  expect(page.getByRole("button", { name: "Later" }).element()).toHaveProperty("disabled", true);
  await menu().click();
  await page.getByRole("button", { name: "Show as chart" }).click();
  await expect.element(page.getByText("the figure")).toBeVisible();
});

test("copies a link to itself with the page's filters", async () => {
  const written: string[] = [];
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => void written.push(text));
  history.replaceState(null, "", "/grid/ontario?range=7d");
  await render(<Card state={{ kind: "ready" }} />);
  await menu().click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect.element(page.getByText("Link copied")).toBeVisible();
  expect(written).toEqual([`${location.origin}/grid/ontario?range=7d#demand`]);
});

test("is as high while it loads as with its figure", async () => {
  const screen = await render(<Card state={{ kind: "loading" }} />);
  const region = page.getByRole("region", { name: "Ontario demand, MW" });
  expect(region.element().getAttribute("aria-busy")).toBe("true");
  const { height } = region.element().getBoundingClientRect();
  await screen.rerender(<Card state={{ kind: "ready" }} />);
  expect(region.element().getBoundingClientRect().height).toBe(height);
});

test("says what is empty, partial, failed or closed, and what to do", async () => {
  const retry = vi.fn();
  const screen = await render(<Card state={{ kind: "empty", title: "No values in this range", detail: "Choose a later one.", action: <button type="button">Show today</button> }} />);
  await expect.element(page.getByRole("button", { name: "Show today" })).toBeVisible();
  await screen.rerender(<Card state={{ kind: "ready" }} partial="The forecast couldn’t be loaded." />);
  await expect.element(page.getByRole("note")).toHaveTextContent("The forecast couldn’t be loaded.");
  await screen.rerender(<Card state={{ kind: "failed", retry, problem: { title: "The database is away", status: 503, code: "UNAVAILABLE", requestId: "0197-abc" } }} />);
  expect(page.getByRole("alert").element().textContent).toContain("0197-abc");
  await page.getByRole("button", { name: "Try again" }).click();
  expect(retry).toHaveBeenCalledOnce();
  await screen.rerender(<Card state={{ kind: "failed", retry, problem: { title: "Forbidden", status: 403, code: "FORBIDDEN" } }} />);
  await expect.element(page.getByText("These values aren’t open to you")).toBeVisible();
});

test("made-up numbers carry a badge that leads to what it means", async () => {
  await render(<Card state={{ kind: "ready" }} sample />);
  await expect.element(page.getByRole("link", { name: "Sample data" })).toHaveAttribute("href", "/help/sample-data");
});

test("freshness turns amber past the cadence and red past three, in shape and words", async () => {
  const clock = zoneClock({ name: "Etc/GMT+5", offsets: [{ from: "2026-01-01T00:00:00Z", minutes: -300 }] });
  function Badges() {
    const [minutes, setMinutes] = useState(3);
    return (
      <div>
        <FreshnessBadge note={note} clock={clock} now={Date.parse("2026-11-20T21:35:00Z") + minutes * 60_000} />
        {[12, 30].map((each) => (
          <button key={each} type="button" onClick={() => setMinutes(each)}>{`${each} later`}</button>
        ))}
      </div>
    );
  }
  await render(<Badges />);
  const shown = () => [document.querySelector("[data-freshness]")?.getAttribute("data-freshness"), document.querySelector("[data-freshness]")?.textContent];
  expect(shown()).toEqual(["ok", "16:35 EST · 3 min ago"]);
  await page.getByRole("button", { name: "12 later" }).click();
  expect(shown()).toEqual(["degraded", "16:35 EST · 12 min ago"]);
  await page.getByRole("button", { name: "30 later" }).click();
  expect(shown()).toEqual(["down", "16:35 EST · 30 min ago"]);
});
