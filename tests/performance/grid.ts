/**
 * npm run bench:grid: prints how fast grid data is ingested, beside COPY of the same rows, on a Postgres server and on
 * PGlite, as Markdown tables; nothing passes or fails. --years N (30) of hourly demand, --engine server|embedded,
 * --json FILE.
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { recordReading } from "#domains/grid/ingest/record.ts";
import { iesoDemand } from "#domains/grid/sources/ieso-demand.ts";
import type { Source } from "#domains/grid/sources/source.ts";
import { publish, withLoad } from "./machine.ts";
import { figure, type Findings } from "./report.ts";
import { openEmbeddedStore, openServerStore, type Store } from "./retrieval/store.ts";

const { values } = parseArgs({ options: { years: { type: "string", default: "30" }, engine: { type: "string" }, json: { type: "string" } } });
const years = Number(values.years);
const engines = { server: openServerStore, embedded: openEmbeddedStore };
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

/** Demand_YYYY.csv as IESO writes it, one for each year. */
function demandFiles(): string[] {
  return Array.from({ length: years }, (_, i) => {
    const year = 2026 - years + i;
    const days = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000;
    const rows = Array.from({ length: days * 24 }, (_row, at) => {
      const day = new Date(Date.UTC(year, 0, 1 + Math.floor(at / 24))).toISOString().slice(0, 10);
      const demand = 15_000 + Math.round(3_000 * Math.sin(at / 4) + 1_000 * Math.sin(at / 1_000));
      return `${day},${(at % 24) + 1},${demand + 2_000},${demand}`;
    });
    return `\\\\Hourly Demand Report,,,\n\\\\Created at ${year + 1}-01-02 07:30:09,,,\n\\\\For ${year},,,\nDate,Hour,Market Demand,Ontario Demand\n${rows.join("\n")}\n`;
  });
}

interface Run {
  observations: number;
  readSeconds: number;
  seconds: number;
}

/** Reads and records documents, as an ingest does once it has them. */
async function record(source: Source, texts: string[]): Promise<Run> {
  const run: Run = { observations: 0, readSeconds: 0, seconds: 0 };
  for (const text of texts) {
    const started = performance.now();
    const payload = { bytes: new TextEncoder().encode(text), origin: "bench", fetchedAt: new Date() };
    const reading = source.read(payload);
    run.readSeconds += (performance.now() - started) / 1_000;
    run.observations += (await recordReading(source, payload, reading)).inserted;
    run.seconds += (performance.now() - started) / 1_000;
  }
  return run;
}

/** Copies the rows that were recorded into an empty table of the same form; answers seconds. */
async function copySeconds(store: Store): Promise<number> {
  await store.owner("create unlogged table public.bench_rows as select * from app.observations");
  await store.owner("create table public.bench_copy (like app.observations including constraints including indexes)");
  try {
    const rows = await store.owner<{ line: string }>("select concat_ws(E'\\t', series_id, starts_at, ends_at, value, quality, known_at, payload_id) as line from public.bench_rows order by starts_at");
    const text = rows.map(({ line }) => `${line}\n`);
    if (store.url === null) {
      const started = performance.now();
      await store.owner("insert into public.bench_copy select * from public.bench_rows order by starts_at");
      return (performance.now() - started) / 1_000;
    }
    const sql = postgres(store.url, { max: 1, onnotice: () => undefined });
    const started = performance.now();
    await pipeline(Readable.from(text), await sql`copy public.bench_copy from stdin`.writable());
    const seconds = (performance.now() - started) / 1_000;
    await sql.end();
    return seconds;
  } finally {
    await store.owner("drop table public.bench_rows, public.bench_copy");
  }
}

async function measure(store: Store): Promise<Findings> {
  const { observations, readSeconds, seconds } = await record(iesoDemand, demandFiles());
  const copied = await copySeconds(store);
  const again = await record(iesoDemand, demandFiles().map((text) => text.replace(" 07:30:09", " 08:30:09")));
  const name = store.url === null ? "INSERT of the same rows by one statement, the fastest there is on PGlite" : "COPY of the same rows into a table of the same form";
  const perSecond = observations / seconds;
  return {
    title: `Ingest, ${store.name}: ${years} years of hourly demand`,
    figures: [
      figure("observations a second, read and recorded", "/s", [perSecond], {
        baseline: { name, samples: [observations / copied] }, goal: { least: 0.3 * (observations / copied) },
      }),
      figure("of the time, reading", "s", [readSeconds]),
      figure("of the time, in all", "s", [seconds]),
      figure("a reissue that changes nothing, in all", "s", [again.seconds]),
    ],
    notes: [`${store.description}; ${observations} observations. Recording includes revisions, daily rollups and a transaction for every 5,000.`],
  };
}

const findings: Findings[] = [];
for (const [name, open] of Object.entries(engines)) {
  if (values.engine !== undefined && values.engine !== name) continue;
  const store = await open();
  try {
    findings.push(await withLoad(() => measure(store)));
  } finally {
    await store.close();
  }
}
publish(findings, values.json);
process.exit(0);
