/** What a browser with an empty cache downloads for a page. */
import { gzipSync } from "node:zlib";
import { chromium, type Browser, type Response } from "@playwright/test";
import playwrightConfig from "../../playwright.config.ts";
import { temporaryFolder } from "../support/servers/exit.ts";
import type { EmptyNext } from "./empty-next.ts";
import { figure, type Findings } from "./report.ts";
import { product, serve } from "./served.ts";

/** Bytes on top of the empty application that a page may cost. */
const goals = [
  { path: "/", most: 35_000 },
  { path: "/ask", most: 60_000 },
];
const pageTimeoutMs = 60_000;
const gzipLevel = 9;

interface Load {
  scripts: number;
  /** Of all scripts, each compressed on its own. */
  gzipBytes: number;
  requests: number;
  /** Of all responses as they came, headers included. */
  transferredBytes: number;
}

/** Loads `/`, `/ask` and the empty application's page. */
export async function measureFirstLoad(empty: EmptyNext): Promise<Findings> {
  const folder = temporaryFolder("first-load", null);
  const launchOptions = playwrightConfig.use?.launchOptions ?? {};
  const browser = await chromium.launch({ ...launchOptions, timeout: pageTimeoutMs });
  try {
    const bare = await loadFrom(() => serve(empty.start), browser, ["/"]);
    const ours = await loadFrom(() => serve(product(folder.path, folder.path)), browser, goals.map(({ path }) => path));
    const least = bare[0];
    if (!least) throw new Error("The empty application wasn't loaded");
    const against = (value: number) => ({ baseline: { name: "empty Next application", samples: [value] } });
    const figures = goals.flatMap(({ path, most }, index) => {
      const load = ours[index];
      if (!load) return [];
      return [
        figure(`${path}: scripts, gzip`, "kB", [load.gzipBytes / 1_000], against(least.gzipBytes / 1_000)),
        figure(`${path}: scripts on top of the empty application`, "kB", [(load.gzipBytes - least.gzipBytes) / 1_000], { goal: { most: most / 1_000 } }),
        figure(`${path}: scripts`, "", [load.scripts], against(least.scripts)),
        figure(`${path}: requests`, "", [load.requests], against(least.requests)),
        figure(`${path}: transferred in all`, "kB", [load.transferredBytes / 1_000], against(least.transferredBytes / 1_000)),
      ];
    });
    const bytes = [["empty", least] as const, ...goals.map(({ path }, index) => [path, ours[index]] as const)];
    return {
      title: "First load in Chromium, cold cache, until the network is idle",
      figures,
      notes: [
        `Scripts in bytes, each gzipped at level ${gzipLevel}: ${bytes.map(([name, load]) => `${name} ${load?.gzipBytes}`).join(", ")}. 1 kB is 1,000 bytes.`,
        "Scripts that the page prefetches for its links count too.",
      ],
    };
  } finally {
    await browser.close();
    await folder.remove();
  }
}

async function loadFrom(start: () => ReturnType<typeof serve>, browser: Browser, paths: string[]): Promise<Load[]> {
  const served = await start();
  try {
    const loads: Load[] = [];
    for (const path of paths) loads.push(await loadPage(browser, served.url + path));
    return loads;
  } finally {
    await served.end();
  }
}

/** Loads one page with an empty cache, until the network is idle. */
export async function loadPage(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  try {
    const page = await context.newPage();
    const responses: Response[] = [];
    page.on("response", (response) => void (isStream(response) || responses.push(response)));
    await page.goto(url, { waitUntil: "networkidle", timeout: pageTimeoutMs });
    const scripts = new Map(responses.filter(isScript).map((response) => [response.url(), response]));
    const bodies = await Promise.all([...scripts.values()].map((response) => response.body()));
    const sizes = await Promise.all(responses.map((response) => response.request().sizes()));
    return {
      scripts: scripts.size,
      gzipBytes: sum(bodies.map((body) => gzipSync(body, { level: gzipLevel }).length)),
      requests: responses.length,
      transferredBytes: sum(sizes.map((size) => size.responseHeadersSize + size.responseBodySize)),
    };
  } finally {
    await context.close();
  }
}

/** By its type: a preloaded script isn't requested as one. */
function isScript(response: Response): boolean {
  return response.ok() && /javascript/.test(response.headers()["content-type"] ?? "");
}

/** A stream has no size: it ends with the page. */
function isStream(response: Response): boolean {
  return /event-stream/.test(response.headers()["content-type"] ?? "");
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
