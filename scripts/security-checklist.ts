/** npm run security:checklist: runs the tests of the security checklist and prints, check by check, how they ended. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { relative } from "node:path";
import { securityChecks, type SecurityCheck } from "./security-checks.ts";

interface Ran {
  file: string;
  fullName: string;
  /** Of the outermost describe. */
  checks: number[];
  passed: boolean;
}

const report = "test-results/security.json";

function runTests(): Ran[] {
  mkdirSync("test-results", { recursive: true });
  rmSync(report, { force: true });
  const files = new Set([...globSync("tests/security/*.test.ts"), ...securityChecks.flatMap(({ tests = [] }) => tests.map(({ file }) => file)).filter((file) => existsSync(file))]);
  spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "--reporter=json", `--outputFile=${report}`, ...files], { stdio: ["ignore", "ignore", "inherit"] });
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
    testResults: { name: string; status: string; message?: string; assertionResults: { ancestorTitles: string[]; title: string; fullName: string; status: string }[] }[];
  };
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(process.cwd(), name);
    if (assertionResults.length === 0) return [{ file, fullName: file, checks: [], passed: status === "passed" }];
    return assertionResults.map(({ ancestorTitles, title, fullName, status: ended }) => {
      const numbers = /^(\d+(?:, \d+)*) /.exec(ancestorTitles.find((part) => part !== "") ?? title)?.[1] ?? "";
      return { file, fullName, checks: numbers === "" ? [] : numbers.split(", ").map(Number), passed: ended === "passed" };
    });
  });
}

function rowOf({ number, what, tests = [], feature }: SecurityCheck, ran: Ran[]): { line: string; holds: boolean } {
  const belongs = ({ file, fullName, checks }: Ran) => checks.includes(number) || tests.some((named) => named.file === file && (named.names?.test(fullName) ?? true));
  const own = ran.filter(belongs);
  const failed = own.filter(({ passed }) => !passed);
  const isBuilt = feature === undefined || globSync(feature).length > 0;
  const result = own.length === 0 ? (isBuilt ? "**no test**" : "not built yet") : failed.length === 0 ? "holds" : `**${failed.length} failed**`;
  const files = [...new Set(own.map(({ file }) => `\`${file}\``))].join(", ");
  return { line: `| ${number} | ${what} | ${own.length === 0 ? "" : `${own.length}: ${files}`} | ${result} |`, holds: !result.startsWith("**") };
}

const ran = runTests();
const rows = securityChecks.map((check) => rowOf(check, ran));
console.log(["| | what holds | tests | result |", "|---|---|---|---|", ...rows.map(({ line }) => line)].join("\n"));
for (const { file, fullName } of ran.filter(({ passed }) => !passed)) console.error(`failed: ${file}: ${fullName}`);
process.exit(rows.every(({ holds }) => holds) ? 0 : 1);
