import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, test } from "vitest";

interface Found {
  place: string;
  source: string;
  flags: string;
}

/** Every regular expression that a file writes out, with where it stands. */
function regexesIn(file: string, text = readFileSync(file, "utf8")): Found[] {
  const found: Found[] = [];
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, source = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
      found.push({ place: `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, source, flags });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const written = globSync("src/**/*.{ts,tsx}").filter((file) => !/\.test\.tsx?$|\/schema\.ts$|^src\/commands\//.test(file)).flatMap((file) => regexesIn(file));
/** What never meets text of a user: addresses of our own routes, numbers that are being written, a utility's own page. */
const aside = /^src\/(platform\/http\/openapi|lib\/format-number|domains\/grid\/sources\/nb-power-system)\.ts:/;
const regexes = [...new Map(written.filter(({ place }) => !aside.test(place)).map((found) => [`${found.source}/${found.flags}`, found])).values()];

/** Text that a pattern may be slow on: what it is made of, over and over, ending so that it fails at the last moment. */
function hostileUnits(source: string): string[] {
  const literals = [...source.matchAll(/[A-Za-z0-9_]{2,}|\\?[^\w\s\\]/g)].map(([part]) => part.replace(/^\\/, ""));
  const runs = [...source.matchAll(/(?:[\w @:/.,"'=<>#-]|\\[/.()[\]*+?])+/g)].map(([run]) => run.replaceAll("\\", ""));
  const common = ["a", "A", " ", "\t", "\n", "\r\n", "0", "1.", "<", ">", "](", "[", "(", "*", "_", "`", "|", "#", "-", ".", ",", "/", "\\", '"', "'", "=", "&", "%", "%2F", "a ", " a", "a.", "a-", "a1", "é", "a\n", "\n\n", "- ", "![](", "a: "];
  return [...new Set([...common, ...literals, ...runs, literals.join(""), runs.join("")])].filter((unit) => unit.length > 0 && unit.length < 200);
}

/** Milliseconds for the pattern to go through a text in every way that code does. */
function timeOf(regex: RegExp, text: string): number {
  const all = new RegExp(regex.source, /[gy]/.test(regex.flags) ? regex.flags : `${regex.flags}g`);
  const started = performance.now();
  regex.lastIndex = 0;
  regex.test(text);
  text.replace(all, "");
  return performance.now() - started;
}

const fill = (unit: string, size: number, end: string) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size) + end;

/**
 * The text that a pattern is slow on, undefined when none is found. Begins with a few characters, on which an exponential
 * pattern is slow already, so that it is found before it takes for ever; then looks at how the time grows.
 */
function isSlow(source: string, flags: string): string | undefined {
  const regex = new RegExp(source, flags);
  for (const unit of hostileUnits(source)) {
    for (const end of ["", "\u0000"]) {
      const slow = () => `${JSON.stringify(unit)} over and over, then ${JSON.stringify(end)}`;
      for (const size of [18, 24, 60, 300, 2_000]) {
        if (timeOf(regex, fill(unit, size, end)) > 40 * baseline && timeOf(regex, fill(unit, size, end)) > 40 * baseline) return slow();
      }
      if (timeOf(regex, fill(unit, 10_000, end)) > 8 * baseline && grows(regex, unit, end)) return slow();
    }
  }
  return undefined;
}

/** A linear pattern over 60 kB, on this machine as it is now. What grows with the text takes no more at that size than a few of these. */
const baseline = Math.max(0.2, Math.min(...Array.from({ length: 20 }, () => timeOf(/[a-z]+\d/, fill("a1", 60_000, "")))));

/** True when twice the text takes far more than twice the time, at two sizes and each time that it is tried. */
function grows(regex: RegExp, unit: string, end: string): boolean {
  const best = (size: number) => Math.min(...Array.from({ length: 3 }, () => timeOf(regex, fill(unit, size, end))));
  const isSteep = (size: number) => best(size * 2) / Math.max(best(size), 0.02) > 3;
  return [2_500, 5_000].every((size) => isSteep(size) && isSteep(size));
}

describe("32 no pattern takes more than linear time, whatever text it is given", () => {
  test("all of them are found", () => expect(regexes.length).toBeGreaterThan(100));

  test.each([
    ["(a+)+$", "g"], ["(\\w+\\s?)+!", ""], ["\\s+$", ""], ["^(.*?,)+x", ""], ["<[^>]*>.*<\\/b>", ""],
  ])("/%s/ is told for what it is", (source, flags) => expect(isSlow(source, flags)).toBeDefined());

  test.each([["\\d{3}-\\d{4}", "g"], ["^[a-z]+$", ""], ["[^/]*", "y"], ["(?:a|b)*c?", ""]])("/%s/ is passed", (source, flags) => expect(isSlow(source, flags)).toBeUndefined());

  test.each(regexes.map((found) => [found.place, found] as const))("%s", (place, { source, flags }) => {
    expect([place, source, isSlow(source, flags)]).toEqual([place, source, undefined]);
  }, 60_000);
});
