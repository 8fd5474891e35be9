/** How many help entries a second one process serves. */
import autocannon from "autocannon";
import { temporaryFolder } from "../support/servers/exit.ts";
import type { EmptyNext } from "./empty-next.ts";
import { figure, type Findings } from "./report.ts";
import { product, serve } from "./served.ts";

const entry = "hour-ending";
const connections = 10;
const seconds = 5;
const warmUpSeconds = 2;
const rounds = 3;

interface Load {
  name: string;
  url: string;
  headers?: Record<string, string>;
  status: 200 | 304;
}

/** An entry read and revalidated, GET /api/health and the empty application's page, in turn. */
export async function measureHelpThroughput(empty: EmptyNext): Promise<Findings> {
  const folder = temporaryFolder("throughput", null);
  const ours = await serve(product(folder.path, folder.path));
  try {
    const bare = await serve(empty.start);
    try {
      const etag = (await fetch(`${ours.url}/api/help/${entry}`)).headers.get("etag") ?? "";
      const read: Load = { name: "200", url: `${ours.url}/api/help/${entry}`, status: 200 };
      const revalidated: Load = { ...read, name: "304", headers: { "if-none-match": etag }, status: 304 };
      const health: Load = { name: "GET /api/health", url: `${ours.url}/api/health`, status: 200 };
      const page: Load = { name: "empty Next application's page", url: bare.url, status: 200 };
      const loads = [read, revalidated, health, page];
      const rates = new Map<Load, number[]>(loads.map((load) => [load, []]));
      for (const load of loads) await rate(load, warmUpSeconds);
      for (let round = 0; round < rounds; round += 1) for (const load of loads) rates.get(load)?.push(await rate(load, seconds));
      const samples = (load: Load) => rates.get(load) ?? [];
      const figures = [read, revalidated].flatMap((load) =>
        [health, page].map((baseline) => figure(load.name, "/s", samples(load), { baseline: { name: baseline.name, samples: samples(baseline) } })),
      );
      const notes = [`autocannon, ${connections} connections, ${rounds} × ${seconds} s each in turn; the product logs each request to a file, the empty application logs nothing.`];
      return { title: `GET /api/help/${entry}, requests per second`, figures, notes };
    } finally {
      await bare.end();
    }
  } finally {
    await ours.end();
    await folder.remove();
  }
}

/** Throws when a response had another status than the load is meant to have. */
async function rate({ url, headers = {}, status, name }: Load, duration: number): Promise<number> {
  const result = await autocannon({ url, headers, connections, duration });
  const statuses = Object.entries(result.statusCodeStats ?? {});
  const expected = statuses.find(([code]) => code === String(status))?.[1].count ?? 0;
  const others = statuses.filter(([code]) => code !== String(status));
  if (expected === 0 || others.length > 0 || result.errors > 0) {
    throw new Error(`${name}: ${expected} × ${status}, ${result.errors} errors, others ${JSON.stringify(others)}`);
  }
  return expected / result.duration;
}
