/** How long a newcomer waits: from git clone to the first answer. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/servers/exit.ts";
import { freePort, run, startServer, waitReady } from "../support/servers/process.ts";
import type { EmptyNext } from "./empty-next.ts";
import { figure, type Figure, type Findings } from "./report.ts";
import { endGroup, untilOk } from "./served.ts";

const cloneTimeoutMs = 60_000;
const installTimeoutMs = 600_000;
const buildTimeoutMs = 300_000;
const startTimeoutMs = 120_000;
/** What npm told this process about its own run; empty counts as not set. */
const withoutOuterNpm = { npm_config_local_prefix: "", npm_package_json: "", INIT_CWD: "" };

/** Clones HEAD, then runs npm ci and npm start in the clone until a question is answered. */
export async function measureClone(empty: EmptyNext): Promise<Findings> {
  const folder = temporaryFolder("clone", null);
  const cwd = join(folder.path, "tieline");
  const figures: Figure[] = [];
  let last = performance.now();
  const reached = (name: string, baseline?: { name: string; samples: number[] }) => {
    const now = performance.now();
    figures.push(figure(name, "s", [(now - last) / 1_000], baseline ? { baseline } : {}));
    last = now;
  };
  try {
    const begun = last;
    const revision = (await run("git", ["rev-parse", "HEAD"], { timeoutMs: cloneTimeoutMs })).trim();
    const root = (await run("git", ["rev-parse", "--show-toplevel"], { timeoutMs: cloneTimeoutMs })).trim();
    await run("git", ["clone", "--quiet", "--no-hardlinks", root, cwd], { timeoutMs: cloneTimeoutMs });
    reached("git clone");
    await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd, env: withoutOuterNpm, timeoutMs: installTimeoutMs });
    reached("npm ci");
    const port = await freePort();
    const env = { ...withoutOuterNpm, PORT: String(port), HOST: "127.0.0.1", OPENAI_API_KEY: "", DATABASE_URL: "", DATA_DIR: "", GRID_INGEST: "off" };
    const server = startServer("npm", ["start"], { cwd, env, log: join(folder.path, "npm-start.log"), user: null, killSignal: "SIGKILL" });
    try {
      const built = () => Promise.resolve(existsSync(join(cwd, ".next", "sources-hash")));
      await waitReady("build", buildTimeoutMs, server, built);
      reached("npm start: build", { name: "build of the empty Next application", samples: [empty.buildSeconds] });
      await waitReady("start", startTimeoutMs, server, () => Promise.resolve(server.log().includes("Tieline is ready")));
      reached("npm start: until it says it is ready");
      await untilOk(server, startTimeoutMs, () => askOnce(port));
      reached("first answer");
    } finally {
      await endGroup(server);
    }
    figures.push(figure("in all", "s", [(last - begun) / 1_000]));
    return {
      title: "From git clone to the first answer",
      figures,
      notes: [`Revision ${revision.slice(0, 7)}, cloned from this disk. npm ci takes what this machine's npm cache holds from there.`],
    };
  } finally {
    await folder.remove();
  }
}

function askOnce(port: number): Promise<Response> {
  const body = JSON.stringify({ question: "What is hour ending?" });
  return fetch(`http://127.0.0.1:${port}/api/ask`, { method: "POST", headers: { "content-type": "application/json" }, body });
}
