/**
 * npm run bench:grid-read: prints how long answers about the grid take through the real handlers, beside the plain SELECT of
 * the rows they are made of, with 5,000,000 synthetic observations on a Postgres server and 500,000 on PGlite; nothing
 * passes or fails. --engine server|embedded, --rounds N (60), --json FILE.
 */
import { parseArgs } from "node:util";
import { CompiledQuery } from "kysely";
import { anonymous } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { forgetAnswers } from "#platform/http/kept-answers.ts";
import type { RouteHandler } from "#platform/http/operation.ts";
import { GET as generation } from "../../src/app/api/grid/generation/route.ts";
import { GET as series } from "../../src/app/api/grid/series/route.ts";
import { fillGrid, type Filled } from "./grid-fill.ts";
import { publish, withLoad } from "./machine.ts";
import { figure, type Figure, type Findings, type Goal } from "./report.ts";
import { openEmbeddedStore, openServerStore, type Store } from "./retrieval/store.ts";
import { inTurn } from "./retrieval/timing.ts";

process.env["LOG_LEVEL"] ??= "error";
const { values } = parseArgs({ options: { engine: { type: "string" }, rounds: { type: "string", default: "60" }, json: { type: "string" } } });
const rounds = Number(values.rounds);
const engines = { server: { open: openServerStore, observations: 5_000_000 }, embedded: { open: openEmbeddedStore, observations: 500_000 } };
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

let addresses = 0;
/** A client's address that no request had before: limits by address are not what is measured. */
const freshAddress = () => `10.${((addresses += 1) >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;

/** The whole answer as its reader gets it. */
async function ask(handler: RouteHandler, path: string, headers: Record<string, string> = {}): Promise<string> {
  const request = new Request(`http://bench.test${path}`, { headers: { "x-forwarded-for": freshAddress(), ...headers } });
  const response = await handler(request, { params: Promise.resolve({}) });
  const text = await response.text();
  if (response.status !== 200 && response.status !== 304) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return text;
}

interface Question {
  name: string;
  handler: RouteHandler;
  path: string;
  /** The rows it is made of. */
  baseline: string;
  goal?: Goal;
}

function questionsOf({ from, to, monthAgo }: Filled): Question[] {
  const range = (start: string) => `from=${start}&to=${to}`;
  const rowsOf = (table: string, metric: string, source: string, start: string, more = "") => `
    select o.starts_at, o.ends_at, o.${table === "rollups" ? "mean" : "value"}, o.quality from app.series s join app.${table} o on o.series_id = s.id ${more}
    where s.source = '${source}' and s.metric = '${metric}' and o.starts_at >= '${start}' and o.starts_at < '${to}' order by s.id, o.starts_at`;
  const year = `/api/grid/series?region=CA-ON&metric=demand&resolution=hour&${range(from)}`;
  const month = `/api/grid/generation?region=CA-AB&resolution=5min&${range(monthAgo)}`;
  const hourly = rowsOf("observations", "demand", "ieso.demand", from);
  const mix = rowsOf("observations", "generation", "aeso.current-supply-demand", monthAgo, "and s.item is null");
  return [
    { name: "one year by hours, every value", handler: series, path: `${year}&points=10000`, baseline: hourly, goal: { most: 40, of: "p95" } },
    { name: "one year by hours, thinned to 2,000", handler: series, path: year, baseline: hourly, goal: { most: 40, of: "p95" } },
    { name: "one year by hours, of five minutes kept as hours", handler: series, path: `${year}&points=10000&source=ieso.realtime-totals`, baseline: rowsOf("rollups", "demand", "ieso.realtime-totals", from, "and o.period = 'hour'") },
    { name: "one year by days of another zone", handler: series, path: `${year.replace("=hour", "=day")}&tz=America/Vancouver`, baseline: hourly },
    { name: "30 days of the mix by five minutes, every value", handler: generation, path: `${month}&points=10000`, baseline: mix, goal: { most: 80, of: "p95" } },
    { name: "30 days of the mix by five minutes, thinned to 2,000", handler: generation, path: month, baseline: mix, goal: { most: 80, of: "p95" } },
    { name: "30 days of the mix by hours", handler: generation, path: month.replace("5min", "hour"), baseline: rowsOf("rollups", "generation", "aeso.current-supply-demand", monthAgo, "and s.item is null and o.period = 'hour'") },
  ];
}

async function measure(store: Store, observations: number): Promise<Findings> {
  const filled = await fillGrid(store, observations);
  const figures: Figure[] = [];
  const notes: string[] = [];
  for (const { name, handler, path, baseline, goal } of questionsOf(filled)) {
    const select = () => db.as(anonymous, (tx) => tx.executeQuery(CompiledQuery.raw(baseline)));
    const first = () => { forgetAnswers(); return ask(handler, path); };
    const [samples = [], again = []] = await inTurn(rounds, 5, [first, () => ask(handler, path)]);
    // In rounds of its own: its tens of thousands of row objects are collected in the time of whoever comes next.
    const [plain = []] = await inTurn(rounds, 5, [select]);
    const bytes = (await ask(handler, path)).length;
    notes.push(`${name}: ${(await select()).rows.length} rows, an answer of ${Math.round(bytes / 1_000)} kB.`);
    figures.push(figure(`${name}, asked first`, "ms", samples, { baseline: { name: "SELECT", samples: plain }, ...(goal ? { goal } : {}) }));
    figures.push(figure(`${name}, asked again while nothing is new`, "ms", again, { baseline: { name: "SELECT", samples: plain }, ...(goal ? { goal } : {}) }));
  }
  const [unchanged = []] = await inTurn(rounds, 5, [() => ask(series, questionsOf(filled)[0]?.path ?? "", { "if-none-match": "*" })]);
  figures.push(figure("nothing new: 304 to a tag", "ms", unchanged));
  return { title: `Reading the grid, ${store.name}: ${filled.observations.toLocaleString("en-CA")} synthetic observations`, figures, notes: [store.description, ...notes] };
}

const findings: Findings[] = [];
for (const [name, { open, observations }] of Object.entries(engines)) {
  if (values.engine !== undefined && values.engine !== name) continue;
  const store = await open();
  try {
    findings.push(await withLoad(() => measure(store, observations)));
  } finally {
    await store.close();
  }
}
publish(findings, values.json);
process.exit(0);
