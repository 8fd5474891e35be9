/**
 * npm run bench:retrieval: prints what retrieval costs and how well it finds, on a Postgres server and on PGlite, as
 * Markdown tables; nothing passes or fails. --chunks N (100000) passages over --tenants N (50) on the server,
 * --embedded-chunks N (20000) on PGlite, --edits N (10000), --engine server|embedded for one of them alone, --json FILE
 * to write the figures there as well, --only NAME[,NAME] for those measures alone (filling comes first in any case).
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { seedHelp } from "#domains/help/server.ts";
import { say } from "../support/servers/process.ts";
import { publish, withLoad } from "./machine.ts";
import type { Findings } from "./report.ts";
import { measureAskBatch } from "./retrieval/ask-batch.ts";
import { measureBatch } from "./retrieval/batch.ts";
import type { Bench } from "./retrieval/bench.ts";
import { openWriter } from "./retrieval/documents.ts";
import { startEmbeddingEndpoint, type EmbeddingEndpoint } from "./retrieval/endpoint.ts";
import { fillTenants } from "./retrieval/fill.ts";
import { measureIndex } from "./retrieval/index-size.ts";
import { measureLangchain } from "./retrieval/langchain.ts";
import { measureOneQuestion } from "./retrieval/one-question.ts";
import { measureRecall } from "./retrieval/recall.ts";
import { measureStatistics } from "./retrieval/statistics-drift.ts";
import { openEmbeddedStore, openServerStore, type Store } from "./retrieval/store.ts";
import { fillVectors } from "./retrieval/vectors.ts";

/** In the order they are taken: edits come last, since they change what the others measure. */
const measureNames = ["index", "one", "batch", "recall", "ask", "langchain", "edits"] as const;
const engines = { server: openServerStore, embedded: openEmbeddedStore };

const { values } = parseArgs({
  options: {
    chunks: { type: "string", default: "100000" },
    "embedded-chunks": { type: "string", default: "20000" },
    tenants: { type: "string", default: "50" },
    edits: { type: "string", default: "10000" },
    engine: { type: "string" },
    only: { type: "string" },
    json: { type: "string" },
  },
});
const wanted = chosen("measure", measureNames, values.only);
// Ending by process.exit lets every child and temporary folder go.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
const findings: Findings[] = [];
const endpoint = await startEmbeddingEndpoint();
try {
  for (const engine of chosen("engine", ["server", "embedded"] as const, values.engine)) {
    const store = await engines[engine]();
    try {
      await measureStore(store, endpoint, count(engine === "server" ? values.chunks : values["embedded-chunks"]));
    } finally {
      await store.close();
    }
  }
} finally {
  await endpoint.close();
  publish(findings, values.json);
}

/** Fills the store and takes every measure that was asked for. */
async function measureStore(store: Store, endpoint: EmbeddingEndpoint, chunks: number): Promise<void> {
  say("bench", `${store.description}: ${chunks} passages`);
  const write = await openWriter();
  await seedHelp();
  const filled = await fillTenants(store, write, chunks, count(values.tenants));
  say("bench", "vectors");
  const { model, rate } = await fillVectors(store);
  // A server's autovacuum does so in its own time; the product has nothing of the kind on PGlite.
  if (store.engine === "server") await store.owner("vacuum analyze");
  const bench: Bench = { store, model, endpoint, tenants: filled.tenants };
  const measures: Record<(typeof measureNames)[number], (() => Promise<Findings>) | null> = {
    index: () => measureIndex(bench, filled, rate),
    one: () => measureOneQuestion(bench),
    batch: () => measureBatch(bench),
    langchain: () => measureLangchain(bench),
    recall: () => measureRecall(bench),
    ask: store.url !== null && isBuilt() ? () => measureAskBatch(bench) : null,
    edits: () => measureStatistics(bench, write, count(values.edits)),
  };
  for (const name of wanted) {
    const measure = measures[name];
    say("bench", `${store.name}: ${name}${measure ? "" : " left out"}`);
    if (measure) findings.push(await withLoad(measure));
  }
}

/** Whether the application was built from the sources as they are. */
function isBuilt(): boolean {
  return spawnSync(process.execPath, ["scripts/build.ts", "--check"]).status === 0;
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${text} is not a count`);
  return number;
}

/** The names asked for, in the order of `names`; all without a wish. Throws when there is no such name. */
function chosen<Name extends string>(what: string, names: readonly Name[], asked: string | undefined): Name[] {
  const unknown = asked?.split(",").filter((name) => !(names as readonly string[]).includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`There is no ${what} ${unknown.join(", ")}: ${names.join(", ")}`);
  return names.filter((name) => asked === undefined || asked.split(",").includes(name));
}
