/**
 * npm test: builds what has changed, then runs unit, architecture and integration tests and the journeys in a browser;
 * ends with a line "N passed, N failed". --coverage also measures the code in src and writes an HTML report.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { findChromium } from "../tests/support/servers/chromium.ts";
import { flakyFile } from "./flaky-reporter.ts";

interface Counts {
  passed: number;
  failed: number;
  /** What failed and why, printed once more at the end: of a long run often only the end is kept. */
  failures: string[];
  /** What passed at its second try alone, and what kept it from passing at the first. */
  flaky: string[];
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; status: string; message: string; assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[];
}

interface PlaywrightSuite {
  specs: { title: string; file: string; line: number; tests: { status: "expected" | "unexpected" | "flaky" | "skipped"; results: { error?: { message?: string } }[] }[] }[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: PlaywrightSuite[];
}

/** Of one failure. */
const mostCharacters = 2_000;

function run(script: string, ...args: string[]): boolean {
  return spawnSync(process.execPath, [script, ...args], { stdio: "inherit" }).status === 0;
}

function vitest(): Counts {
  const file = "test-results/vitest.json";
  for (const written of [file, flakyFile]) rmSync(written, { force: true });
  const coverage = process.argv.includes("--coverage") ? ["--coverage"] : [];
  const succeeded = run("node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", "--reporter=./scripts/flaky-reporter.ts", `--outputFile.json=${file}`, ...coverage);
  const report = read(file) as VitestReport | undefined;
  const failed = report?.numFailedTests ?? 1;
  // A file that can't be loaded, or coverage below its floor, fails without a failed test.
  return { passed: report?.numPassedTests ?? 0, failed: failed + (succeeded || failed > 0 ? 0 : 1), failures: report?.testResults.flatMap(failuresOfFile) ?? [], flaky: (read(flakyFile) as string[] | undefined) ?? [] };
}

function failuresOfFile({ name, status, message, assertionResults }: VitestReport["testResults"][number]): string[] {
  const tests = assertionResults.filter((test) => test.status === "failed");
  if (status === "failed" && tests.length === 0) return [`${name}\n${message}`];
  return tests.map(({ fullName, failureMessages }) => `${name} > ${fullName}\n${failureMessages.join("\n")}`);
}

function playwright(): Counts {
  const file = "test-results/e2e.json";
  rmSync(file, { force: true });
  const succeeded = run("node_modules/@playwright/test/cli.js", "test");
  const report = read(file) as PlaywrightReport | undefined;
  const failed = (report?.stats.unexpected ?? 1) + (report?.stats.skipped ?? 0);
  return {
    passed: (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0),
    failed: failed + (succeeded || failed > 0 ? 0 : 1),
    failures: report?.suites.flatMap((suite) => endedAs(suite, "unexpected")) ?? [],
    flaky: report?.suites.flatMap((suite) => endedAs(suite, "flaky")) ?? [],
  };
}

function endedAs({ specs, suites = [] }: PlaywrightSuite, wanted: "unexpected" | "flaky"): string[] {
  const own = specs.flatMap(({ title, file, line, tests }) =>
    tests.filter(({ status }) => status === wanted).map(({ results }) => {
      const messages = results.flatMap(({ error }) => error?.message ?? []);
      return `tests/e2e/${file}:${line} > ${title}\n${messages.join("\n")}`;
    }));
  return [...own, ...suites.flatMap((suite) => endedAs(suite, wanted))];
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
for (const first of counts.flatMap(({ flaky }) => flaky)) console.log(`\nFLAKY ${first.slice(0, mostCharacters)}`);
for (const failure of counts.flatMap(({ failures }) => failures)) console.log(`\nFAILED ${failure.slice(0, mostCharacters)}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
