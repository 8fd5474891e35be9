import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseEnvironment, variableNames } from "#platform/config/environment.ts";

const example = new Map(
  [...readFileSync(".env.local.example", "utf8").matchAll(/^# ([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [name ?? "", value ?? ""]),
);
const readme = readFileSync("README.md", "utf8");

describe(".env.local.example", () => {
  test("lists every variable the application reads, and no other", () => {
    expect([...example.keys()].sort()).toEqual([...variableNames].sort());
  });

  test("shows each default as it is", () => {
    const defaults = parseEnvironment({}) as Record<string, string | number | string[] | undefined>;
    for (const [name, value] of example) expect([name, value]).toEqual([name, String(defaults[name] ?? "")]);
  });
});

describe("the README's table", () => {
  test("has each variable with its default", () => {
    for (const [name, value] of example) {
      expect(readme).toMatch(new RegExp(`^\\| \`${name}\` \\| ${value === "" ? "" : `\`${value.replaceAll(".", "\\.")}\``} ?\\|`, "m"));
    }
  });
});
