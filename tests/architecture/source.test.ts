import { globSync, readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { describe, expect, test } from "vitest";

const sources = globSync("src/**/*.{ts,tsx}").filter((file) => statIsSource(file)).sort();
const texts = new Map(sources.map((file) => [file, readFileSync(file, "utf8")]));

function statIsSource(file: string): boolean {
  return !["src/platform/db/schema.ts", "src/ui/api/schema.ts"].includes(file);
}

/** Files whose text matches, as file:line. */
function holding(pattern: RegExp, files: string[] = sources): string[] {
  return files.flatMap((file) =>
    (texts.get(file) ?? "").split("\n").flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
  );
}

describe("the source", () => {
  test("reads the environment in platform/config only; NEXT_RUNTIME is a constant of the compiler", () => {
    const found = holding(/process\.env(?!\.NEXT_RUNTIME\b)/, sources.filter((file) => !file.startsWith("src/platform/config/") && !isTest(file)));
    expect(found).toEqual([]);
  });

  test("has no file of more than 400 lines, and none that names nothing", () => {
    expect(sources.filter((file) => (texts.get(file) ?? "").split("\n").length > 400)).toEqual([]);
    expect(sources.filter((file) => /^(utils|helpers|misc|common)\.tsx?$/.test(basename(file)))).toEqual([]);
  });

  test("names its files in kebab-case", () => {
    const names = sources.map((file) => basename(file, extname(file))).filter((name) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name));
    expect(names).toEqual([]);
  });

  test("doesn't switch the type checker or the linter off", () => {
    expect(holding(/\bas any\b|: any\s*[,;)=>\]|}&]|<any>|@ts-(ignore|expect-error|nocheck)|eslint-disable/)).toEqual([]);
  });

  test("holds SQL in queries.ts and <noun>-queries.ts, platform/db and platform/queue only, health checks aside", () => {
    const allowed = /^src\/(domains\/[a-z/-]*queries\.ts|platform\/(db|queue|auth|mail|flags)\/|platform\/observability\/health\.ts)/;
    expect(holding(/\bsql(<[^`]*>)?`/, sources.filter((file) => !allowed.test(file) && !isTest(file)))).toEqual([]);
  });

  test("logs an error through logError alone, which also sends it", () => {
    expect(holding(/log\(\)\.(error|fatal)\(/, sources.filter((file) => file !== "src/platform/observability/error-reports.ts"))).toEqual([]);
  });

  test("writes nothing to localStorage", () => {
    expect(holding(/localStorage/)).toEqual([]);
  });

  test("every domain says in at most 40 lines what it owns", () => {
    for (const readme of globSync("src/domains/*").map((domain) => `${domain}/README.md`)) {
      expect(readFileSync(readme, "utf8").split("\n").length).toBeLessThanOrEqual(41);
    }
  });
});

describe("the repository", () => {
  test("names no registry and no path of a machine", () => {
    const files = ["package.json", "package-lock.json", "README.md", ...globSync("{src,scripts,supabase,.github}/**/*.{ts,tsx,md,sql,yml,toml}"), ...globSync(".ci/*")];
    const found = files.filter((file) => /registry\.npmjs|npm\.pkg\.github|\/root\/|\/home\/|\/work\//.test(readFileSync(file, "utf8")));
    expect(found).toEqual([]);
  });
});

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file);
}
