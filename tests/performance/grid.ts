/**
 * npm run bench:grid: prints how fast grid data is ingested, beside COPY of the same rows, on a Postgres server and on
 * PGlite, as Markdown tables; nothing passes or fails. --years N (30) of hourly demand, --days N (20) of generators,
 * --engine server|embedded, --json FILE.
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { recordReading } from "#domains/grid/ingest/record.ts";
import { iesoDemand } from "#domains/grid/sources/ieso-demand.ts";
import { iesoGeneratorOutput } from "#domains/grid/sources/ieso-generator-output.ts";
import type { Source } from "#domains/grid/sources/source.ts";
import { publish, withLoad } from "./machine.ts";
import { figure, type Findings } from "./report.ts";
import { median } from "./statistics.ts";
import { openEmbeddedStore, openServerStore, type Store } from "./retrieval/store.ts";

const { values } = parseArgs({ options: { years: { type: "string", default: "30" }, days: { type: "string", default: "20" }, engine: { type: "string" }, json: { type: "string" } } });
const years = Number(values.years);
const days = Number(values.days);
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

/** GenOutputCapability of a whole day with as many generators as Ontario has, one for each day. */
function generatorFiles(): string[] {
  return Array.from({ length: days }, (_, i) => {
    const day = new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10);
    const hours = (list: string, name: string, base: number) =>
      `<${list}>${Array.from({ length: 24 }, (_hour, at) => `<${name}><Hour>${at + 1}</Hour><EnergyMW>${base + ((at * 7 + i) % 90)}</EnergyMW></${name}>`).join("\n")}</${list}>`;
    const generators = Array.from({ length: 190 }, (_generator, n) =>
      `<Generator><GeneratorName>UNIT-${n}</GeneratorName><FuelType>${["NUCLEAR", "GAS", "HYDRO", "WIND", "SOLAR"][n % 5]}</FuelType>` +
      `${hours("Outputs", "Output", n)}${hours("Capabilities", "Capability", n + 100)}${hours("Capacities", "AvailCapacity", n + 200)}</Generator>`);
    return `<?xml version="1.0" encoding="UTF-8"?><IMODocument docID="GenOutputCapability" xmlns="http://www.theIMO.com/schema"><IMODocHeader><CreatedAt>${day}T23:55:02</CreatedAt></IMODocHeader>` +
      `<IMODocBody><Date>${day}</Date><Generators>${generators.join("\n")}</Generators></IMODocBody></IMODocument>`;
  });
}

interface Work {
  title: string;
  source: Source;
  texts: string[];
  /** The same documents, published a little later. */
  reissues: string[];
}

function works(): Work[] {
  const [generators, demand] = [generatorFiles(), demandFiles()];
  return [
    { title: `${days} GenOutputCapability days of 190 generators, a document each`, source: iesoGeneratorOutput, texts: generators, reissues: generators.map((text) => text.replace("T23:55:02", "T23:58:02")) },
    { title: `${years} years of hourly demand`, source: iesoDemand, texts: demand, reissues: demand.map((text) => text.replace(" 07:30:09", " 08:30:09")) },
  ];
}

interface Run {
  observations: number;
  readSeconds: number;
  seconds: number;
}

/** Reads and records a document, as an ingest does once it has it. */
async function record(source: Source, text: string): Promise<Run> {
  const payload = { bytes: new TextEncoder().encode(text), origin: "bench", fetchedAt: new Date() };
  const started = performance.now();
  const reading = source.read(payload);
  const readSeconds = (performance.now() - started) / 1_000;
  const { inserted } = await recordReading(source, payload, reading);
  return { observations: inserted, readSeconds, seconds: (performance.now() - started) / 1_000 };
}

/** Copies what the newest document was recorded as into a table of the same form; answers seconds. */
async function copy(store: Store, sql: postgres.Sql | null): Promise<number> {
  await store.owner("truncate public.bench_rows");
  await store.owner("insert into public.bench_rows select * from app.observations where payload_id = (select max(id) from app.payloads) order by starts_at, series_id");
  const rows = await store.owner<{ line: string }>("select concat_ws(E'\\t', series_id, starts_at, ends_at, value, quality, known_at, payload_id) as line from public.bench_rows order by starts_at, series_id");
  const text = rows.map(({ line }) => `${line}\n`).join("");
  const started = performance.now();
  if (sql) await pipeline(Readable.from([text]), await sql`copy public.bench_copy from stdin`.writable());
  else await store.owner("insert into public.bench_copy select * from public.bench_rows");
  return (performance.now() - started) / 1_000;
}

const sumOf = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0);

async function measure(store: Store, { title, source, texts, reissues }: Work): Promise<Findings> {
  await store.owner("create unlogged table public.bench_rows (like app.observations)");
  await store.owner("create table public.bench_copy (like app.observations including constraints including indexes)");
  const sql = store.url === null ? null : postgres(store.url, { max: 1, onnotice: () => undefined });
  const [runs, copied]: [Run[], number[]] = [[], []];
  // A document, then a copy of its rows: whatever else the machine does meets both.
  for (const text of texts) {
    runs.push(await record(source, text));
    copied.push(await copy(store, sql));
  }
  const again: number[] = [];
  for (const text of reissues) again.push((await record(source, text)).seconds);
  await sql?.end();
  await store.owner("drop table public.bench_rows, public.bench_copy");
  const name = store.url === null ? "INSERT of the same rows by one statement, the fastest there is on PGlite" : "COPY of the same rows into a table of the same form";
  const rates = (seconds: number[]) => seconds.map((each, i) => (runs[i]?.observations ?? 0) / each);
  return {
    title: `Ingest, ${store.name}: ${title}`,
    figures: [
      figure("observations a second, read and recorded, by document", "/s", rates(runs.map(({ seconds }) => seconds)), {
        baseline: { name, samples: rates(copied) }, goal: { least: 0.3 * median(rates(copied)) },
      }),
      figure("of the time, reading", "s", [sumOf(runs.map(({ readSeconds }) => readSeconds))]),
      figure("of the time, in all", "s", [sumOf(runs.map(({ seconds }) => seconds))]),
      figure("reissues that change nothing, in all", "s", [sumOf(again)]),
    ],
    notes: [`${store.description}; ${sumOf(runs.map(({ observations }) => observations))} observations. Recording includes revisions, daily rollups and a transaction for every 5,000.`],
  };
}

const findings: Findings[] = [];
for (const [name, open] of Object.entries(engines)) {
  if (values.engine !== undefined && values.engine !== name) continue;
  const store = await open();
  try {
    for (const work of works()) findings.push(await withLoad(() => measure(store, work)));
  } finally {
    await store.close();
  }
}
publish(findings, values.json);
process.exit(0);
