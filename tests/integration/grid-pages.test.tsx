import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import OverviewPage from "#app/(public)/page.tsx";
import ProvincesPage from "#app/(public)/grid/provinces/page.tsx";
import WeatherPage from "#app/(public)/grid/weather/page.tsx";
import SourcesPage from "#app/(public)/sources/page.tsx";
import SourcePage from "#app/(public)/sources/[id]/page.tsx";
import { useDatabase } from "#platform/db/database.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { requestPage } from "../support/next/server-parts.ts";
import { renderPage, textOf } from "../support/render-page.ts";

vi.mock("next/headers", async () => (await import("../support/next/server-parts.ts")).nextHeaders);
vi.mock("next/navigation", async (original) => ({ ...(await original<object>()), ...(await import("../support/next/server-parts.ts")).pageHooks }));
vi.mock("next/server", async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

type Query = Record<string, string | string[]>;
const asked = (query: Query) => ({ searchParams: Promise.resolve(query) });
const provinces = async (query: Query = {}) => renderPage(await ProvincesPage(asked(query)));
const weather = async (query: Query = {}) => renderPage(await WeatherPage(asked(query)));
const sources = async (query: Query = {}) => renderPage(await SourcesPage(asked(query)));
const source = async (id: string, query: Query = {}) => renderPage(await SourcePage({ params: Promise.resolve({ id }), ...asked(query) }));

beforeEach(() => requestPage());

describe("pages of the grid on a database without any data", () => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase("embedded")));
  afterAll(() => opened.close());

  test("provinces name every region; those without a feed say so", async () => {
    const page = await provinces();
    expect(textOf(page)).toMatch(/Sample data.*Demand, GW.*Ontario .*Peak \d\d\.\d\d GW.*No public feed read: .*Yukon/);
    expect(page.match(/<figure/g)?.length).toBeGreaterThan(3);
    expect(page).toContain('aria-sort="descending"');
  });

  test("provinces keep their filters in every link, and take an address that makes no sense", async () => {
    const page = await provinces({ range: "30d", scale: "same", sort: "price" });
    expect(page).toContain('href="/grid/provinces?range=30d&amp;scale=same&amp;sort=price&amp;order=reversed"');
    expect(textOf(page)).toContain("All charts have the same scale, from zero.");
    expect(textOf(await provinces({ range: "x", scale: ["same"], sort: "__proto__", tz: "Mars" }))).toContain("Each chart has a scale of its own");
  });

  test("weather stands beside demand of the place's region", async () => {
    expect(textOf(await weather())).toMatch(/Temperature of Toronto, °C.*Ontario demand, MW.*Demand against temperature.*\d+ hours/);
    expect(textOf(await weather({ place: "calgary", show: "wind-speed", range: "30d", tz: "utc" }))).toMatch(/Times in UTC.*Wind speed of Calgary, km\/h.*Alberta demand, MW/);
    expect(textOf(await weather({ place: "atlantis" }))).toContain("Temperature of Toronto");
  });

  test("sources are listed with their rules and licence, and can be filtered", async () => {
    const page = await sources();
    expect(page).toContain('id="ieso.demand"');
    expect(textOf(page)).toMatch(/21 of 21 sources.*Real-time totals.*IESO.*Off.*5 min.*none yet.*IESO terms of use/);
    expect(textOf(await sources({ publisher: "Hydro-Québec" }))).toContain("2 of 21 sources");
    expect(textOf(await sources({ state: "late" }))).toContain("No source that these filters fit");
  });

  test("one source shows its rules and its runs, with why they failed and no address of a key", async () => {
    await inspect(`insert into app.ingest_runs (source, cause, started_at, ended_at, outcome, error)
      values ('ieso.demand', 'schedule', '2026-11-21T12:00:00Z', '2026-11-21T12:00:01Z', 'failed', 'https://reports.example/file.csv?key=secret answered 503')`);
    const page = await source("ieso.demand", { cursor: "nonsense" });
    expect(textOf(page)).toMatch(/IESO hourly demand.*Units.*Times Hour 1 to 24.*21 Nov 2026, 07:00 EST.*Failed.*answered 503/);
    expect(page).not.toContain("secret");
    await expect(source("ieso.nothing")).rejects.toMatchObject({ digest: expect.stringContaining("404") });
  });
});

describe("while the database is away", () => {
  beforeAll(() => useDatabase(Promise.reject(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }))));
  afterAll(() => useDatabase(undefined));

  test.each([["overview", () => OverviewPage(asked({}))], ["provinces", () => ProvincesPage(asked({}))], ["weather", () => WeatherPage(asked({}))], ["sources", () => SourcesPage(asked({}))]])(
    "%s says so", async (_name, open) => expect(textOf(await renderPage(await open()))).toContain("The grid’s numbers can’t be read"));
});
