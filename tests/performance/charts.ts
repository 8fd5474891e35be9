/**
 * npm run bench:charts: prints how long the built application takes in Chromium to draw 100,000 points on /grid/ontario, how
 * long a frame takes while the chart is dragged, and how much JavaScript each page of the grid loads with its charts.
 */
import { chromium, type Browser, type Page } from "@playwright/test";
import playwrightConfig from "../../playwright.config.ts";
import { temporaryFolder } from "../support/servers/exit.ts";
import { loadPage } from "./first-load-javascript.ts";
import { publish, withLoad } from "./machine.ts";
import { figure, type Figure, type Findings } from "./report.ts";
import { product, serve } from "./served.ts";

const points = 100_000;
const draws = 5;
const frames = 240;
const stepMs = 60_000;
const javascriptAtMostKb = 250;
const frameAtMostMs = 16;
const path = "/grid/ontario?from=2026-01-01&to=2026-03-11";
const pages = ["/", "/grid", "/grid/ontario", "/grid/alberta", "/grid/provinces", "/grid/weather"];

/** A year's worth of shape in as many intervals of a minute: what the API would answer, were its intervals that short. */
function answer(): string {
  const from = Date.parse("2026-01-01T05:00:00Z");
  const iso = (at: number) => new Date(at).toISOString();
  const index = Array.from({ length: points }, (_, each) => each);
  return JSON.stringify({
    region: "CA-ON", resolution: "5min", from: iso(from), to: iso(from + points * stepMs), asOf: null, nextCursor: null, sources: [],
    zone: { name: "Etc/GMT+5", offsets: [{ from: iso(from), minutes: -300 }] },
    lines: [{
      id: "ieso.realtime-totals/demand", source: "ieso.realtime-totals", region: "CA-ON", metric: "demand", fuel: null, item: null, unit: "MW", sample: false,
      start: index.map((each) => iso(from + each * stepMs)), end: index.map((each) => iso(from + (each + 1) * stepMs)),
      value: index.map((each) => 16_000 + 2_500 * Math.sin(each / 230) + ((each * 7_919) % 101)), quality: index.map(() => "measured"),
    }],
  });
}

async function open(browser: Browser, url: string, body: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
  await page.route("**/api/grid/series*", (route) =>
    route.fulfill({ contentType: "application/json", body: route.request().url().includes("metric=demand&") ? body : body.replace(/"lines":\[.*\]/s, '"lines":[]') }));
  await page.addInitScript(() => {
    // From the moment at which the values are there to the first frame that shows them.
    const parse = Response.prototype.text;
    Response.prototype.text = async function text(this: Response) {
      const read = await parse.call(this);
      if (read.length > 1_000_000) performance.mark("values");
      return read;
    };
    const watch = () => {
      if (document.querySelector("#demand .plot[data-ready] canvas")) requestAnimationFrame(() => setTimeout(() => performance.mark("drawn")));
      else requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  });
  await page.goto(url + path);
  await page.waitForFunction(() => performance.getEntriesByName("drawn").length > 0, undefined, { timeout: 60_000 });
  return page;
}

/** Milliseconds from having the values to having drawn them. */
async function drawTime(page: Page): Promise<number> {
  return page.evaluate(() => {
    const [values] = performance.getEntriesByName("values");
    const [drawn] = performance.getEntriesByName("drawn");
    if (!values || !drawn) throw new Error("The chart's marks are missing");
    return drawn.startTime - values.startTime;
  });
}

/** Zooms in to a quarter, then drags by a few pixels a frame; answers the time of each frame. */
async function panTimes(page: Page): Promise<number[]> {
  return page.evaluate(async (count) => {
    const plot = document.querySelector<HTMLElement>("#demand .plot");
    if (!plot) throw new Error("There is no plot");
    const { left, top, width } = plot.getBoundingClientRect();
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
    for (let step = 0; step < 8; step += 1) {
      plot.dispatchEvent(new WheelEvent("wheel", { deltaY: -100, ctrlKey: true, clientX: left + width / 2, clientY: top + 50, bubbles: true, cancelable: true }));
      await frame();
    }
    const pointer = (type: string, x: number) => plot.dispatchEvent(new PointerEvent(type, { pointerId: 1, pointerType: "mouse", button: 0, buttons: 1, clientX: x, clientY: top + 50, bubbles: true, isPrimary: true }));
    plot.setPointerCapture = () => undefined;
    pointer("pointerdown", left + width / 2);
    const times: number[] = [];
    let before = await frame();
    for (let step = 0; step < count; step += 1) {
      pointer("pointermove", left + width / 2 + 300 * Math.sin(step / 20));
      const now = await frame();
      times.push(now - before);
      before = now;
    }
    pointer("pointerup", left + width / 2);
    return times;
  }, frames);
}

async function measure(): Promise<Findings> {
  const folder = temporaryFolder("bench-charts", null);
  const launch = playwrightConfig.use?.launchOptions ?? {};
  // Frames as fast as the work allows, not as the screen's rhythm.
  const browser = await chromium.launch({ ...launch, args: [...(launch.args ?? []), "--disable-frame-rate-limit", "--disable-gpu-vsync"] });
  const app = await serve(product(folder.path, folder.path));
  try {
    const body = answer();
    const drawn: number[] = [];
    let panned: number[] = [];
    for (let round = 0; round < draws; round += 1) {
      const page = await open(browser, app.url, body);
      drawn.push(await drawTime(page));
      if (round === draws - 1) panned = await panTimes(page);
      await page.close();
    }
    const loaded: Figure[] = [];
    for (const page of pages) {
      const { gzipBytes, scripts } = await loadPage(browser, app.url + page);
      loaded.push(figure(`${page}: ${scripts} scripts, gzip`, "kB", [gzipBytes / 1_000], { goal: { most: javascriptAtMostKb } }));
    }
    return {
      title: `Charts in Chromium, ${points.toLocaleString("en-CA")} points`,
      figures: [
        figure("from values to drawn, code loaded on the way", "ms", drawn),
        figure("a frame while dragging", "ms", panned, { goal: { most: frameAtMostMs } }),
        ...loaded,
      ],
      notes: ["Parsing the answer, preparing, the first load of the drawing code and the first frame are within the time to draw. Frames aren't held to the screen's rhythm; drawing is in software."],
    };
  } finally {
    await browser.close();
    await app.end();
    await folder.remove();
  }
}

publish([await withLoad(measure)], undefined);
