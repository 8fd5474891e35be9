/**
 * npm run bench: prints the figures of the foundation as Markdown tables, each beside a baseline of the same run; nothing
 * passes or fails. --json FILE also writes them there; --clone adds the way from git clone to the first answer, which
 * takes minutes; --only NAME[,NAME] measures those alone.
 */
import { delimiter, resolve } from "node:path";
import { parseArgs } from "node:util";
import { run, say } from "../support/servers/process.ts";
import { measureAsk } from "./ask-latency.ts";
import { measureClone } from "./clone-to-answer.ts";
import { buildEmptyNext, type EmptyNext } from "./empty-next.ts";
import { measureFirstLoad } from "./first-load-javascript.ts";
import { measureHelpCost } from "./help-cost.ts";
import { measureHelpThroughput } from "./help-throughput.ts";
import { publish, withLoad } from "./machine.ts";
import type { Findings } from "./report.ts";
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
    const measure = measures[name];
    if (measure) findings.push(await withLoad(() => measure(empty)));
  }
} finally {
  await empty.remove();
  publish(findings, values.json);
}
