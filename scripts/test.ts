/**
 * npm test: builds what has changed, then runs unit, architecture and integration tests and the journeys in a browser;
 * ends with a line "N passed, N failed". --coverage also measures the code in src and writes an HTML report.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { findChromium } from "../tests/support/servers/chromium.ts";

interface Counts {
  passed: number;
  failed: number;
}

function run(script: string, ...args: string[]): boolean {
  return spawnSync(process.execPath, [script, ...args], { stdio: "inherit" }).status === 0;
}

function vitest(): Counts {
  const file = "test-results/vitest.json";
  rmSync(file, { force: true });
  const coverage = process.argv.includes("--coverage") ? ["--coverage"] : [];
  const succeeded = run("node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...coverage);
  const report = read(file) as { numPassedTests: number; numFailedTests: number } | undefined;
  const failed = report?.numFailedTests ?? 1;
  // A file that can't be loaded, or coverage below its floor, fails without a failed test.
  return { passed: report?.numPassedTests ?? 0, failed: failed + (succeeded || failed > 0 ? 0 : 1) };
}

function playwright(): Counts {
  const file = "test-results/e2e.json";
  rmSync(file, { force: true });
  const succeeded = run("node_modules/@playwright/test/cli.js", "test");
  const report = read(file) as { stats: { expected: number; unexpected: number; flaky: number; skipped: number } } | undefined;
  const failed = (report?.stats.unexpected ?? 1) + (report?.stats.flaky ?? 0) + (report?.stats.skipped ?? 0);
  return { passed: report?.stats.expected ?? 0, failed: failed + (succeeded || failed > 0 ? 0 : 1) };
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

mkdirSync("test-results", { recursive: true });
const chromium = await findChromium();
console.log(chromium.description);
if (!run("scripts/build.ts", "--if-changed")) {
  console.log("0 passed, 1 failed");
  process.exit(1);
}
const counts = [vitest(), playwright()];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
