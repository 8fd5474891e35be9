/** What reading a help entry costs the database: first, again, and revalidated. */
import { setTimeout as sleep } from "node:timers/promises";
import { readSeedEntries } from "#domains/help/seed-files.ts";
import { startApp } from "../support/app-server.ts";
import { figure, type Figure, type Findings } from "./report.ts";
import { costsOf } from "./request-log.ts";

const entriesRead = 20;
/** Longer than an entry is served from memory. */
const cacheRunsOutMs = 10_500;

interface Step {
  name: string;
  revalidate: boolean;
  status: 200 | 304;
  waitMs: number;
  /** Units of work, at most. */
  goal: number;
}

const steps: Step[] = [
  { name: "cold", revalidate: false, status: 200, waitMs: 0, goal: 1 },
  { name: "cached", revalidate: false, status: 200, waitMs: 0, goal: 1 },
  { name: "revalidated", revalidate: true, status: 304, waitMs: 0, goal: 0 },
  { name: "revalidated after 10 s", revalidate: true, status: 304, waitMs: cacheRunsOutMs, goal: 1 },
];

/** Reads entries of a fresh process in each way. */
export async function measureHelpCost(): Promise<Findings> {
  const ids = (await readSeedEntries()).slice(0, entriesRead).map(({ id }) => id);
  const app = await startApp({ RATE_LIMIT_PER_MINUTE: "1000000" });
  try {
    const tags = new Map<string, string>();
    const figures: Figure[] = [];
    for (const { name, revalidate, status, waitMs, goal } of steps) {
      await sleep(waitMs);
      const responses: Response[] = [];
      for (const id of ids) {
        const headers: Record<string, string> = revalidate ? { "if-none-match": tags.get(id) ?? "" } : {};
        const response = await fetch(`${app.url}/api/help/${id}`, { headers, signal: AbortSignal.timeout(30_000) });
        await response.text();
        if (response.status !== status) throw new Error(`${id}, ${name}: ${response.status}`);
        tags.set(id, response.headers.get("etag") ?? "");
        responses.push(response);
      }
      const costs = await costsOf(app, responses);
      figures.push(
        figure(`${name} (${status}): units of work`, "", costs.map(({ unitsOfWork }) => unitsOfWork), { goal: { most: goal, of: "maximum" } }),
        figure(`${name} (${status}): statements`, "", costs.map(({ statements }) => statements)),
      );
    }
    return { title: "GET /api/help/{id}, what it costs the database", figures, notes: ["Statements include the one that sets up each unit of work."] };
  } finally {
    await app.end();
  }
}
