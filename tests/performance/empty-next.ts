/** The least there can be of a Next application, with the repository's own Next: what the product is measured beside. */
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join, parse, resolve } from "node:path";
import { temporaryFolder } from "../support/servers/exit.ts";
import { run } from "../support/servers/process.ts";
import type { Start } from "./served.ts";

export interface EmptyNext {
  start: Start;
  buildSeconds: number;
  remove(): Promise<void>;
}

const buildTimeoutMs = 300_000;
const next = join("node_modules", "next", "dist", "bin", "next");

/** Writes and builds it in a temporary folder. */
export async function buildEmptyNext(): Promise<EmptyNext> {
  const { path: cwd, remove } = temporaryFolder("empty-next", null);
  // node_modules is a link out of the folder, which the compiler follows within its root only.
  const config = { turbopack: { root: parse(cwd).root } };
  await mkdir(join(cwd, "app"));
  await Promise.all([
    symlink(resolve("node_modules"), join(cwd, "node_modules")),
    writeFile(join(cwd, "package.json"), '{ "name": "empty", "private": true, "type": "module" }'),
    writeFile(join(cwd, "next.config.mjs"), `export default ${JSON.stringify(config)};`),
    writeFile(join(cwd, "app", "layout.jsx"), 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;'),
    writeFile(join(cwd, "app", "page.jsx"), "export default () => <p>Empty</p>;"),
  ]);
  const started = performance.now();
  await run(process.execPath, [next, "build"], { cwd, timeoutMs: buildTimeoutMs, env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } });
  const start = { args: [next, "start", "--hostname", "127.0.0.1"], cwd, logs: cwd };
  return { start, buildSeconds: (performance.now() - started) / 1_000, remove };
}
