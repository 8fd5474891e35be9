import { beforeEach, describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { est } from "#lib/clock.ts";
import { makeRegion, makeGridSource, makeSource, makeStatus, ontarioMix, statusAt } from "../../../../tests/support/grid-status.ts";
import { serveApi, problem } from "../../../../tests/support/fake-api.ts";
import { visit, visits } from "../../../../tests/support/next/navigation.ts";
import { RegionStrip } from "./region-strip.tsx";
import { RegionTile } from "./region-tile.tsx";
import { SourceHealthTable } from "./source-health-table.tsx";
import { StatusPoll } from "./status-poll.tsx";
import { SupplyCard } from "./supply-card.tsx";
import { ZoneSwitch } from "./zone-switch.tsx";

const now = new Date(statusAt);
const source = makeSource("ieso.realtime-totals");
const tile = (status: Parameters<typeof RegionTile>[0]["status"], of: typeof source | undefined = source) => (
  <RegionStrip>
    <RegionTile status={status} source={of} href="/grid/ontario" clock={est} at={statusAt} />
  </RegionStrip>
);
const seen = () => page.getByRole("listitem").element().textContent;
const dot = () => page.getByRole("listitem").element().querySelector(".state-dot")?.getAttribute("data-state");

describe("a region's tile", () => {
  test("says demand in three digits, the change of a day, and how fresh it is", async () => {
    await render(tile(makeRegion("CA-ON", 17_747)));
    expect(seen()).toBe("Ontario17.7 GW+0.42 GW from 19 Nov16:35 EST · 3 min ago");
    expect(dot()).toBe("ok");
    await expect.element(page.getByRole("link")).toHaveAttribute("href", "/grid/ontario");
  });

  test("of a source that doesn't answer shows the last good value as such", async () => {
    await render(tile(makeRegion("CA-NB", 1_861), { ...source, state: "not-answering" }));
    expect(seen()).toContain("1.86 GWLast good value16:35 EST · not answering");
    expect(dot()).toBe("down");
  });

  test("of a late source has another shape", async () => {
    await render(tile(makeRegion("CA-AB", 10_912), { ...source, state: "late" }));
    expect(dot()).toBe("degraded");
  });

  test("with made-up numbers says so, and dots its line", async () => {
    await render(tile(makeRegion("CA-ON", 17_747, { sample: true }), { ...source, state: "sample" }));
    expect(seen()).toContain("sample data");
    expect(page.getByRole("listitem").element().querySelector("path")?.hasAttribute("data-sample")).toBe(true);
  });

  test("without any value says that instead of zero", async () => {
    await render(tile(makeRegion("CA-QC", 0, { demand: null, demandChangeMw: null, demandDay: { start: [], value: [] } }), undefined));
    expect(seen()).toBe("QuébecNo valueNo source of it has answered yet");
  });

  test("without a value of the day before says so", async () => {
    await render(tile(makeRegion("CA-ON", 17_747, { demandChangeMw: null })));
    expect(seen()).toContain("No value of a day before");
  });
});

describe("supply by source", () => {
  const card = (over: Partial<ReturnType<typeof makeRegion>> = {}) => (
    <SupplyCard status={makeRegion("CA-ON", 17_747, { mix: ontarioMix, intensityGramsPerKwh: 91.6, ...over })} source={source} help={null} href="/grid/ontario" clock={est} now={now} />
  );

  test("names the total, what nuclear and hydro carry, the intensity and what leaves", async () => {
    await render(card());
    const text = page.getByRole("region", { name: "Ontario supply by source, MW" }).element().textContent;
    expect(text).toContain("19\u202f526\u00a0MW in total. Nuclear and hydro carry 73\u00a0%; emissions intensity 92\u00a0g/kWh, lifecycle factors. Exports take 1\u202f547\u00a0MW.");
    expect(text).toContain("16:30–16:35 EST");
    const [bar] = page.getByRole("img").elements();
    expect(bar?.getAttribute("aria-label")).toMatch(/Nuclear 9\u202f588, Hydro 4\u202f697.*Storage 210 MW$/);
  });

  test.each([1280, 700, 560])("no label covers another at %d px", async (width) => {
    await page.viewport(width, 800);
    await render(card());
    const labels = [...document.querySelectorAll<HTMLElement>(".\\@container .absolute > span")].filter((label) => label.checkVisibility()).map((label) => label.getBoundingClientRect());
    expect(labels).toHaveLength(8);
    const overlaps = labels.flatMap((a, index) => labels.slice(index + 1).filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
    expect(overlaps).toEqual([]);
    expect(labels.every(({ left, right }) => left >= 0 && right <= width)).toBe(true);
  });

  test("on a phone each part is a row", async () => {
    await page.viewport(360, 740);
    await render(card());
    const rows = page.getByRole("table").getByRole("row").elements().filter((row) => row.checkVisibility()).map((row) => row.textContent);
    expect(rows).toContain("Nuclear9\u202f588\u00a0MW49.1\u00a0%");
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  });

  test("without output by source says what would be here", async () => {
    await render(card({ mix: null }));
    await expect.element(page.getByText("No output by source yet")).toBeVisible();
  });

  test("of made-up numbers carries the badge", async () => {
    await render(card({ sample: true }));
    await expect.element(page.getByRole("link", { name: "Sample data" })).toHaveAttribute("href", "/help/sample-data");
  });
});

test("the health of sources: cells by hour say in words what they show", async () => {
  const hours = [...Array.from({ length: 20 }, () => "good" as const), "partly" as const, "failed" as const, "failed" as const, "not-read" as const];
  await render(
    <SourceHealthTable
      sources={[makeGridSource("ieso.realtime-totals", { hours }), makeGridSource("nb-power.system", { publisher: "NB Power", name: "System information", state: "not-answering", dataUntil: "2026-11-18T18:05:00Z" })]}
      clockOf={() => est} now={now}
    />,
  );
  const rows = page.getByRole("row").elements().map((row) => row.textContent);
  expect(rows[1]).toContain("5 min16:35 ESTOn time");
  expect(rows[2]).toContain("18 Nov, 13:05 ESTnot readNot answering");
  await expect.element(page.getByRole("img")).toHaveAccessibleName("Last 24 hours: 20 read without failure, 1 some attempts failed, 2 every attempt failed, 1 not read");
});

describe("renewing the page", () => {
  beforeEach(() => { visits.length = 0; });

  test("asks with the version it has, and renews the page only when there is a newer one", async () => {
    const versions: (string | null)[] = [];
    serveApi({
      "GET /api/grid/status": (request) => {
        versions.push(request.headers.get("If-None-Match"));
        return versions.length === 1 ? Response.json(makeStatus(), { headers: { ETag: '"one"' } }) : new Response(null, { status: 304 });
      },
    });
    await render(<StatusPoll shown="16:35 EST" everyMs={60} />);
    await expect.poll(() => versions.length).toBeGreaterThan(2);
    expect(versions.slice(0, 3)).toEqual([null, '"one"', '"one"']);
    expect(visits).toEqual(["refresh"]);
  });

  test("says that the numbers are old once they can't be renewed, and stops saying so", async () => {
    let away = true;
    serveApi({ "GET /api/grid/status": () => (away ? problem(503, "DATABASE_UNAVAILABLE", "The database is away", "Later.") : Response.json(makeStatus())) });
    await render(<StatusPoll shown="16:35 EST" everyMs={60} />);
    await expect.element(page.getByRole("status")).toMatchTextContent("Newer numbers can’t be fetchedWhat is shown was read at 16:35 EST.");
    away = false;
    await expect.element(page.getByRole("status")).toHaveTextContent("");
  });
});

test("the time zone stands in the address beside what is there", async () => {
  visit("/?range=7d");
  await render(<ZoneSwitch value="operator" icon={null} />);
  const select = page.getByLabelText("Time zone");
  await select.selectOptions("UTC");
  expect(visits.at(-1)).toBe(`${location.pathname}?range=7d&tz=utc`);
  await select.selectOptions("EST (UTC−5)");
  expect(visits.at(-1)).toBe(`${location.pathname}?range=7d`);
});
