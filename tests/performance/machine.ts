/** What the figures were measured on, and how they are given out. */
import { mkdirSync, writeFileSync } from "node:fs";
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { toMarkdown, type Findings } from "./report.ts";

/** One line: versions, processors, memory. */
export function machine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.version}, ${platform()} ${arch()}, ${availableParallelism()} × ${cpus()[0]?.model ?? "?"}, ${gigabytes} GiB`;
}

/** Runs a measure; its notes also say how many processes wanted to run before and after: on a shared machine also those of others. */
export async function withLoad(measure: () => Promise<Findings>): Promise<Findings> {
  const before = load();
  const found = await measure();
  return { ...found, notes: [...found.notes, `Load of the machine before and after: ${before}, ${load()}.`] };
}

/** Prints the findings, and writes them to `file` where one is given. */
export function publish(findings: Findings[], file: string | undefined): void {
  console.log(`${machine()}\n\n${toMarkdown(findings)}`);
  if (file === undefined) return;
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), findings }, null, 2)}\n`);
}

function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
