import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const config = createRequire(import.meta.url)("../../.dependency-cruiser.cjs") as {
  forbidden: NonNullable<ICruiseOptions["ruleSet"]>["forbidden"];
  options: ICruiseOptions;
};

async function violations(baseDir: string): Promise<string[]> {
  const options = { ...config.options, baseDir, validate: true, ruleSet: { forbidden: config.forbidden ?? [] } };
  const { output } = await cruise(["src"], options, undefined, { tsConfig: extractTSConfig("tsconfig.json") });
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

test("every import in src keeps to the layers", async () => {
  expect(await violations(process.cwd())).toEqual([]);
});

/** One file a rule that breaks it, put into a copy of the source. */
const offenders: Record<string, [file: string, text: string]> = {
  "lib-stands-alone": ["src/lib/offender.ts", 'export * from "#platform/db/claims.ts";'],
  "platform-below-domains": ["src/platform/offender.ts", 'export * from "#domains/help/index.ts";'],
  "ui-knows-only-lib": ["src/ui/offender.ts", 'export * from "#domains/help/index.ts";'],
  "domains-below-app": ["src/domains/help/offender-app.ts", 'export * from "#commands/run.ts";'],
  "domain-uses-ui-in-components-only": ["src/domains/help/offender-ui.ts", 'export * from "#ui/button.tsx";'],
  "doors-between-domains": ["src/domains/assistant/offender-door.ts", 'export * from "#domains/knowledge/chunk.ts";'],
  "doors-from-above": ["src/commands/offender.ts", 'export * from "#domains/help/service.ts";'],
  "queries-stay-home": ["src/commands/offender-queries.ts", 'export * from "#domains/help/queries.ts";'],
  "model-vendors-in-providers-only": ["src/domains/assistant/offender-vendor.ts", 'export { ChatOpenAI } from "@langchain/openai";'],
  "providers-behind-the-gateway": ["src/domains/llm/ledger/offender-provider.ts", 'export * from "#domains/llm/providers/provider.ts";'],
  "database-drivers-in-platform-only": ["src/domains/help/offender-driver.ts", 'export { default } from "pg";'],
  "domain-help": ["src/domains/help/offender-edge.ts", 'export * from "#domains/llm/index.ts";'],
  "product-without-tests": ["src/lib/offender-test.ts", 'export * from "./slug.test.ts";'],
  "no-cycles": ["src/lib/offender-cycle.ts", 'export * from "./offender-cycle-back.ts";'],
  unresolved: ["src/lib/offender-unresolved.ts", 'export * from "./nowhere.ts";'],
};

describe("each rule finds what breaks it:", () => {
  let copy: string;
  let found: string[];
  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), "tieline-layers-"));
    await cp("src", join(copy, "src"), { recursive: true });
    await cp("package.json", join(copy, "package.json"));
    await symlink(resolve("node_modules"), join(copy, "node_modules"));
    for (const [file, text] of Object.values(offenders)) await writeFile(join(copy, file), text);
    await writeFile(join(copy, "src/lib/offender-cycle-back.ts"), 'export * from "./offender-cycle.ts";');
    found = await violations(copy);
  }, 120_000);
  afterAll(() => rm(copy, { recursive: true }));

  test.each(Object.keys(offenders))("%s", (rule) => {
    const file = offenders[rule]?.[0].replace(".ts", "") ?? "";
    expect(found.filter((line) => line.startsWith(`${rule}: `) && line.includes(file))).not.toEqual([]);
  });
});
