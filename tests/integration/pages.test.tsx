import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { ReactNode } from "react";
import ArticlePage, { generateMetadata as articleMetadata } from "#app/(public)/help/[id]/page.tsx";
import ArticleNotFound from "#app/(public)/help/[id]/not-found.tsx";
import AskLoading from "#app/(public)/ask/loading.tsx";
import AskPage from "#app/(public)/ask/page.tsx";
import HelpPage, { generateMetadata as helpMetadata } from "#app/(public)/help/page.tsx";
import OverviewPage from "#app/(public)/page.tsx";
import PublicLayout from "#app/(public)/layout.tsx";
import StatusLoading from "#app/(public)/status/loading.tsx";
import StatusPage from "#app/(public)/status/page.tsx";
import GlobalError from "#app/global-error.tsx";
import NotFound from "#app/not-found.tsx";
import RootError from "#app/error.tsx";
import RootLayout, { generateViewport } from "#app/layout.tsx";
import { forgetHelpEntries, seedHelp } from "#domains/help/server.ts";
import { useDatabase } from "#platform/db/database.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { requestPage } from "../support/next/server-parts.ts";
import { renderPage, textOf } from "../support/render-page.ts";

vi.mock("next/headers", async () => (await import("../support/next/server-parts.ts")).nextHeaders);
vi.mock("next/navigation", async (original) => ({ ...(await original<object>()), ...(await import("../support/next/server-parts.ts")).pageHooks }));
vi.mock("next/font/local", async () => (await import("../support/next/server-parts.ts")).nextFont);
vi.mock("next/server", async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const html = (page: ReactNode | Promise<ReactNode>) => Promise.resolve(page).then(renderPage);
const text = async (page: ReactNode | Promise<ReactNode>) => textOf(await html(page));
const help = (searchParams: Record<string, string | string[]>) => HelpPage({ searchParams: Promise.resolve(searchParams) });
const overview = (searchParams: Record<string, string> = {}) => OverviewPage({ searchParams: Promise.resolve(searchParams) });
const article = (id: string) => ({ params: Promise.resolve({ id }) });

beforeEach(() => requestPage());

describe("pages on a database", () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase("embedded");
    await seedHelp();
    forgetHelpEntries();
  });
  afterAll(() => opened.close());

  test("the overview holds demand of four regions, Ontario's supply, the question field, what changed in help, and the sources' health", async () => {
    const page = await html(overview());
    expect(page).toMatch(/<form[^>]* action="\/ask"/);
    expect(textOf(page)).toMatch(/Sample data.*Ontario \d\d\.\d GW.*Alberta.*Québec.*New Brunswick.*Ontario supply by source, MW.*Ask the grid.*What is hour ending\?.*Help, recently changed.*No source has been read yet/);
    expect(page).toContain('aria-label="Help: ');
  });

  test("the Ask page shows what to ask before it knows the tab's questions", async () => {
    const page = await html(AskPage());
    expect(textOf(page)).toContain("Ask about the Canadian electricity grid");
    expect(page).toContain('href="/ask?q=What%20is%20hour%20ending%3F"');
    expect(page).not.toContain("Clear history");
  });

  test("the Ask page of a linked question shows that question at once", async () => {
    requestPage({ path: "/ask?q=What%20is%20a%20ramp%3F" });
    expect(await text(AskPage())).toMatch(/What is a ramp\? Searching the sources/);
  });

  test("help lists every topic", async () => {
    const page = await html(help({}));
    expect(page).toContain('id="demand-and-supply"');
    expect(page).toContain('href="/help/hour-ending"');
    expect(await helpMetadata({ searchParams: Promise.resolve({}) })).toEqual({ title: "Help" });
  });

  test("help finds, marks what it found and keeps its results out of search engines", async () => {
    const page = await html(help({ q: "hour ending" }));
    expect(page).toMatch(/href="\/help\/hour-ending[#"]/);
    expect(page).toMatch(/<mark[^>]*>[Hh]our<\/mark>/);
    expect(textOf(page)).toMatch(/(\d+|best) entries for “hour ending”/);
    const metadata = await helpMetadata({ searchParams: Promise.resolve({ q: ["hour", "ending"] }) });
    expect(metadata).toEqual({ title: "hour ending · Help", robots: { index: false } });
  });

  test("help that finds nothing offers to ask", async () => {
    const page = await html(help({ q: "zzzxqj" }));
    expect(textOf(page)).toContain("Nothing found for “zzzxqj”");
    expect(page).toContain('href="/ask?q=zzzxqj"');
  });

  test("help shows the entries of a tag, and says when none carries it", async () => {
    expect(await text(help({ tag: "no-such-tag" }))).toContain("No entry carries this tag");
  });

  test("an article has its sections, its sources, the way back, and a form to rate it", async () => {
    const page = await html(ArticlePage(article("hour-ending")));
    const seen = textOf(page);
    expect(page).toMatch(/<h1[^>]*>Hour ending<\/h1>/);
    expect(page).toMatch(/<a[^>]*href="\/help"[^>]*>Help<\/a>/);
    expect(seen).toMatch(/On this page.*Sources.*Was this useful\?.*Ask about this/);
    expect(seen).not.toContain("The database isn’t answering");
    const { title, description } = await articleMetadata(article("hour-ending"));
    expect([title, typeof description]).toEqual(["Hour ending", "string"]);
  });

  test("an unknown article is a page that doesn't exist, and says where to look", async () => {
    await expect(ArticlePage(article("no-such-entry"))).rejects.toMatchObject({ digest: expect.stringContaining("404") });
    const page = await html(<ArticleNotFound />);
    expect(textOf(page)).toContain("This entry doesn’t exist, or was renamed");
    expect(page).toContain('role="search"');
  });

  test("the status page names each part with its state", async () => {
    const seen = await text(StatusPage());
    expect(seen).toMatch(/Everything works.*Database.*Working.*Migrations.*Working.*Queue.*Not in use.*Version \d/);
    expect(seen).toContain("Check again");
  });
});

describe("pages while the database is away", () => {
  beforeAll(() => {
    forgetHelpEntries();
    useDatabase(Promise.reject(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })));
  });
  afterAll(() => {
    useDatabase(undefined);
    forgetHelpEntries();
  });

  test("the overview says so and shows the copy of this version", async () => {
    expect(await text(overview())).toMatch(/The database isn’t answering.*The grid’s numbers can’t be read.*Ask the grid.*Help, recently changed/);
  });

  test("an article can be read, not rated", async () => {
    const seen = await text(ArticlePage(article("hour-ending")));
    expect(seen).toContain("The database isn’t answering");
    expect(seen).not.toContain("Was this useful?");
    await expect(ArticlePage(article("no-such-entry"))).rejects.toMatchObject({ digest: expect.stringContaining("404") });
  });

  test("a search says that it couldn't be run, and can be run again", async () => {
    const page = await html(help({ q: "hour" }));
    expect(page).toContain('role="alert"');
    expect(textOf(page)).toMatch(/The search couldn’t be run.*Entries can still be opened from the index\. Search again/);
    expect(page).toContain('href="/help?q=hour"');
  });

  test("the status page says what is out of order", async () => {
    expect(await text(StatusPage())).toMatch(/Partly out of order.*Database.*Out of order/);
  });
});

describe("the frame", () => {
  test("the document has the reader's theme from its first byte, and none else", async () => {
    requestPage({ cookies: { theme: "dark" } });
    expect(await html(RootLayout({ children: "Page" }))).toMatch(/<html lang="en-CA" data-theme="dark" class="font--font-plex [^"]+"/);
    expect(await generateViewport()).toMatchObject({ themeColor: "#0f1114" });
    requestPage({ cookies: { theme: '"><script>' } });
    const page = await html(RootLayout({ children: "Page" }));
    expect(page).not.toMatch(/data-theme|<script>/);
    expect((await generateViewport()).themeColor).toHaveLength(2);
  });

  test.each([
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "⌘K"],
    ["Mozilla/5.0 (X11; Linux x86_64)", "Ctrl K"],
  ])("on %s the palette's keys are %s", async (agent, keys) => {
    requestPage({ path: "/help/ramp", headers: { "user-agent": agent } });
    const page = await html(PublicLayout({ children: <p>The page</p> }));
    expect(page).toContain(`>${keys}</kbd>`);
    expect(page).toMatch(/<main id="main"[^>]*><p>The page<\/p><\/main>/);
    expect(page).toMatch(/<a aria-current="true"[^>]*href="\/help"/);
  });

  test("an address without a page says so within the frame", async () => {
    const seen = await text(<NotFound />);
    expect(seen).toMatch(/Skip to content.*There is no page at this address.*Go to the overview.*Search help/);
  });

  test("while a page is made, its outline shows", async () => {
    expect(await html(<AskLoading />)).toMatch(/^<div[^>]*aria-busy="true".*<h1[^>]*>Ask<\/h1>/s);
    expect(await html(<StatusLoading />)).toMatch(/^<div[^>]*aria-busy="true".*<h1[^>]*>System status<\/h1>/s);
  });
});

describe("a page that fails", () => {
  const failed = { error: Object.assign(new Error("secret of the server"), { digest: "1234567" }), retry: () => undefined };

  test("says so without the error's text, and names the line in the log", async () => {
    const seen = await text(<RootError {...failed} />);
    expect(seen).toMatch(/This page couldn’t be shown.*Error 1234567.*Try again/);
    expect(seen).not.toContain("secret");
  });

  test("without its layout is a document of its own", async () => {
    const page = await html(<GlobalError error="not an error" retry={() => undefined} />);
    expect(page).toMatch(/<html lang="en-CA">/);
    expect(textOf(page)).not.toContain("Error ");
  });
});
