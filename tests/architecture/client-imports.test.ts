import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const files = globSync("src/**/*.{ts,tsx}").filter((file) => !/\.test\.tsx?$/.test(file));
const trees = new Map(files.map((file) => [file, ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest)]));

/** What the compiler keeps of a file's imports and re-exports: those of types alone are gone when it has run. */
function importsOf(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((statement) => {
    const isKept = (ts.isImportDeclaration(statement) && !statement.importClause?.isTypeOnly) || (ts.isExportDeclaration(statement) && !statement.isTypeOnly);
    return isKept && statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier) ? [moduleNamed(statement.moduleSpecifier.text, tree.fileName)] : [];
  });
}

/** The file for one of ours, the name as it stands for a package. */
function moduleNamed(name: string, from: string): string {
  if (name.startsWith("#")) return `src/${name.slice(1)}`;
  return name.startsWith(".") ? join(dirname(from), name) : name;
}

/** The shortest way of imports from a module to one that is sought, undefined without one. */
function wayTo(sought: (module: string) => boolean, from: string, importsBy: (module: string) => readonly string[]): string[] | undefined {
  const ways = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1) ?? from;
    if (sought(last)) return way;
    for (const next of importsBy(last)) {
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

const isZod = (module: string) => /^zod(?:\/|$)/.test(module);
const imports = new Map([...trees].map(([file, tree]) => [file, importsOf(tree)]));

describe("what a browser loads", () => {
  /** Our schemas check what comes in at the server. With zod they would be a seventh of the script of a page. */
  test("holds no schema: no component of the browser reaches zod", () => {
    const clients = files.filter((file) => trees.get(file)?.statements.some((statement) => ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression) && statement.expression.text === "use client"));
    expect(clients.length).toBeGreaterThan(50);
    const ways = clients.flatMap((file) => wayTo(isZod, file, (module) => imports.get(module) ?? [])?.join(" → ") ?? []);
    expect(ways).toEqual([]);
  });

  test("is followed through other modules and round cycles", () => {
    const graph: Record<string, string[]> = { form: ["text", "index"], text: ["form"], index: ["schema"], schema: ["zod"] };
    const importsBy = (module: string) => graph[module] ?? [];
    expect(wayTo(isZod, "form", importsBy)).toEqual(["form", "index", "schema", "zod"]);
    expect(wayTo(isZod, "text", () => ["form", "text"])).toBeUndefined();
  });

  test("is read from imports as the compiler keeps them", () => {
    const text = 'import type { A } from "./a.ts"; import { b } from "#lib/b.ts"; export type { C } from "./c.ts"; export * from "../d.ts"; import "zod";';
    expect(importsOf(ts.createSourceFile("src/ui/x.ts", text, ts.ScriptTarget.Latest))).toEqual(["src/lib/b.ts", "src/d.ts", "zod"]);
  });
});
