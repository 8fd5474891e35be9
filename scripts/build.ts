/**
 * Builds the application for production; with --if-changed only when what it is made of has changed. With --check it
 * builds nothing: the exit code says whether the last build is of the sources as they are.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const stamp = join(".next", "sources-hash");

function sourcesHash(): string {
  const hash = createHash("sha256").update(process.version);
  const made = ["src/**/*", "public/**/*", "package-lock.json", "next.config.ts", "tsconfig.json", "postcss.config.mjs"];
  const files = made.flatMap((pattern) => globSync(pattern)).filter((file) => !file.includes(".test.") && statSync(file).isFile());
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

const hash = sourcesHash();
const isCurrent = existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
if (process.argv.includes("--check")) process.exit(isCurrent ? 0 : 1);
if (process.argv.includes("--if-changed") && isCurrent) process.exit(0);
const { status } = spawnSync(process.execPath, [join("node_modules", "next", "dist", "bin", "next"), "build"], { stdio: "inherit", env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } });
if (status === 0) writeFileSync(stamp, hash);
process.exit(status ?? 1);
