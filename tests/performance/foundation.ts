/**
 * npm run bench: prints the figures of the foundation as Markdown tables, each beside a baseline of the same run; nothing
 * passes or fails. --json FILE also writes them there; --clone adds the way from git clone to the first answer, which
 * takes minutes; --only NAME[,NAME] measures those alone.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from "node:os";
import { delimiter, dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { run, say } from "../support/servers/process.ts";
import { measureAsk } from "./ask-latency.ts";
import { measureClone } from "./clone-to-answer.ts";
import { buildEmptyNext, type EmptyNext } from "./empty-next.ts";
import { measureFirstLoad } from "./first-load-javascript.ts";
import { measureHelpCost } from "./help-cost.ts";
import { measureHelpThroughput } from "./help-throughput.ts";
import { toMarkdown, type Findings } from "./report.ts";
import { measureStarts } from "./starts.ts";

const measures: Record<string, (empty: EmptyNext) => Promise<Findings>> = {
  starts: measureStarts,
  javascript: measureFirstLoad,
  ask: measureAsk,
  "help-cost": measureHelpCost,
  "help-throughput": measureHelpThroughput,
  clone: measureClone,
};
const buildTimeoutMs = 300_000;
const allTimeoutMs = 2_400_000;

/** The names to measure, as asked for. Throws when there is no such measure. */
function chosen(only: string | undefined, clone: boolean): string[] {
  const names = only?.split(",") ?? Object.keys(measures).filter((name) => name !== "clone");
  const unknown = names.filter((name) => !(name in measures));
  if (unknown.length > 0) throw new Error(`There is no measure ${unknown.join(", ")}: ${Object.keys(measures).join(", ")}`);
  return clone && !names.includes("clone") ? [...names, "clone"] : names;
}

function machine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.version}, ${platform()} ${arch()}, ${availableParallelism()} × ${cpus()[0]?.model ?? "?"}, ${gigabytes} GiB`;
}

/** Processes that wanted to run during the last minute: on a shared machine also those of others. */
function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

const { values } = parseArgs({ options: { json: { type: "string" }, clone: { type: "boolean", default: false }, only: { type: "string" } } });
const names = chosen(values.only, values.clone);
// Ending by process.exit lets every child and temporary folder go.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
setTimeout(() => process.exit(1), allTimeoutMs).unref();
// As npm run sets it, for the build that calls `next` by its name.
process.env["PATH"] = [resolve("node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter);

say("bench", "building");
await run(process.execPath, ["scripts/build.ts", "--if-changed"], { timeoutMs: buildTimeoutMs });
const empty = await buildEmptyNext();
const findings: Findings[] = [];
try {
  for (const name of names) {
    say("bench", name);
    const before = load();
    const found = await measures[name]?.(empty);
    if (found) findings.push({ ...found, notes: [...found.notes, `Load of the machine before and after: ${before}, ${load()}.`] });
  }
} finally {
  await empty.remove();
  console.log(`${machine()}\n\n${toMarkdown(findings)}`);
  if (values.json !== undefined) {
    mkdirSync(dirname(resolve(values.json)), { recursive: true });
    writeFileSync(values.json, `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), findings }, null, 2)}\n`);
  }
}
