/**
 * npm run bench:admin: prints how long a log-in takes for administrators that exist and for those that don't, how far the
 * event loop falls behind during a burst of log-ins, how many requests of the console a second one process answers, and
 * what runs before every page costs.
 * --only timing,lag,throughput,proxy measures those alone.
 */
import { delimiter, resolve } from "node:path";
import { parseArgs } from "node:util";
import autocannon from "autocannon";
import { createConsoleAdmin } from "../support/console-admin.ts";
import { temporaryFolder } from "../support/servers/exit.ts";
import { run, say } from "../support/servers/process.ts";
import { publish, withLoad } from "./machine.ts";
import { figure, type Findings } from "./report.ts";
import { product, serve, type Served } from "./served.ts";
import { median } from "./statistics.ts";

const metricsToken = "metrics-token-of-the-bench";
const knownAccounts = 12;
const pairs = 60;
const burst = 50;
const bursts = 5;
const connections = 10;
const seconds = 4;
const rounds = 3;

let addresses = 0;
/** A client's address that no request had before: limits by address are not what is measured. */
const freshAddress = () => `10.${((addresses += 1) >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;

function logIn({ url }: Served, email: string): Promise<Response> {
  return fetch(`${url}/api/admin/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": freshAddress() },
    body: JSON.stringify({ email, password: "not the password" }),
  });
}

async function timed(app: Served, email: string): Promise<number> {
  const started = performance.now();
  const response = await logIn(app, email);
  await response.arrayBuffer();
  if (response.status !== 401) throw new Error(`A log-in that must fail answered ${response.status}`);
  return performance.now() - started;
}

/** Known and unknown in turn, so that whatever else the machine does meets both. */
async function measureTiming(app: Served, emails: string[]): Promise<Findings> {
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let warmUp = 0; warmUp < 4; warmUp += 1) await timed(app, `warm-up-${warmUp}@example.com`);
  for (let pair = 0; pair < pairs; pair += 1) {
    const email = emails[pair % emails.length] ?? "";
    const one = async () => void known.push(await timed(app, email));
    const other = async () => void unknown.push(await timed(app, `nobody-${pair}@example.com`));
    for (const measure of pair % 2 === 0 ? [one, other] : [other, one]) await measure();
  }
  const difference = ((median(unknown) - median(known)) / median(known)) * 100;
  return {
    title: "POST /api/admin/login with a wrong password",
    figures: [
      figure("an e-mail that is nobody's", "ms", unknown, { baseline: { name: "an administrator's", samples: known } }),
      figure("difference of the medians, %", "", [Math.abs(difference)], { goal: { most: 10 } }),
    ],
    notes: [`${pairs} of each in turn over HTTP, one at a time, each from an address of its own.`],
  };
}

/** Largest lag of the server's event loop since this was last asked, ms (perf_hooks.monitorEventLoopDelay, as prom-client reports it). */
async function largestLag({ url }: Served): Promise<number> {
  const text = await (await fetch(`${url}/api/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })).text();
  const seconds = /^nodejs_eventloop_lag_max_seconds ([\d.e+-]+)$/m.exec(text)?.[1];
  if (seconds === undefined) throw new Error("The metrics don't tell the event loop's lag");
  return Number(seconds) * 1_000;
}

async function measureLag(app: Served): Promise<Findings> {
  const [lags, idle, first]: [number[], number[], number[]] = [[], [], []];
  const statuses = new Map<number, number>();
  for (let round = 0; round <= bursts; round += 1) {
    await largestLag(app);
    await new Promise((done) => setTimeout(done, 2_000));
    const rest = await largestLag(app);
    const answers = await Promise.all(Array.from({ length: burst }, (_, n) => logIn(app, `burst-${round}-${n}@example.com`)));
    (round === 0 ? first : lags).push(await largestLag(app));
    if (round === 0) continue;
    idle.push(rest);
    for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  return {
    title: `Event loop of the server during ${burst} log-ins at once`,
    figures: [
      figure("largest lag of a burst", "ms", lags, { baseline: { name: "at rest", samples: idle }, goal: { most: 50, of: "maximum" } }),
      figure("of the first one after the start, which compiles what the others run", "ms", first),
      figure("largest lag of the worst burst", "ms", [Math.max(...lags)]),
    ],
    notes: [
      `${bursts} bursts after a first one. Answered: ${[...statuses].map(([status, count]) => `${count} × ${status}`).join(", ")}; as many passwords are compared at a time as there are cores but one (three at most), eight wait, the others are told to come again.`,
      "Measured in the server's own process, at a resolution of 10 ms, which a loop at rest shows too.",
    ],
  };
}

interface Load {
  name: string;
  url: string;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  /** What every answer must be. */
  status: number;
}

/** Requests a second of each load, in turn, after a warm-up. Throws when an answer has another status. */
async function ratesOf(loads: Load[]): Promise<number[][]> {
  const rates = loads.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [place, { name, url, method = "GET", headers = {}, status }] of loads.entries()) {
      const result = await autocannon({ url, method, headers, connections, duration: round === 0 ? 2 : seconds });
      const fine = result.statusCodeStats?.[`${status}`]?.count ?? 0;
      const others = Object.keys(result.statusCodeStats ?? {}).filter((code) => code !== String(status));
      if (fine === 0 || others.length > 0 || result.errors > 0) throw new Error(`${name}: ${fine} × ${status}, others ${others.join()}, ${result.errors} errors`);
      if (round > 0) rates[place]?.push(fine / result.duration);
    }
  }
  return rates;
}

async function measureThroughput(app: Served, token: string): Promise<Findings> {
  const headers = { authorization: `Bearer ${token}` };
  const [session = [], flags = [], health = []] = await ratesOf([
    { name: "GET /api/admin/session", url: `${app.url}/api/admin/session`, headers, status: 200 },
    { name: "GET /api/admin/flags", url: `${app.url}/api/admin/flags`, headers, status: 200 },
    { name: "GET /api/health", url: `${app.url}/api/health`, status: 200 },
  ]);
  const baseline = { name: "GET /api/health", samples: health };
  return {
    title: "The console's API, requests per second",
    figures: [figure("GET /api/admin/session", "/s", session, { baseline }), figure("GET /api/admin/flags", "/s", flags, { baseline })],
    notes: [`autocannon, ${connections} connections, ${rounds} × ${seconds} s each in turn. The baseline is a handler that reads nothing; the others read session, role and what they answer from the embedded database.`],
  };
}

/** What proxy.ts costs a page: a POST to one is answered by it alone, with everything that Next does before and around it. */
async function measureProxy(app: Served): Promise<Findings> {
  const [page = [], proxied = []] = await ratesOf([
    { name: "GET /help", url: `${app.url}/help`, status: 200 },
    { name: "POST /help", url: `${app.url}/help`, method: "POST", status: 405 },
  ]);
  const share = (median(page) / median(proxied)) * 100;
  return {
    title: "What runs before every page (proxy.ts)",
    figures: [figure("POST /help, which it refuses itself", "/s", proxied, { baseline: { name: "GET /help", samples: page } }), figure("its share of a page at most, %", "", [share])],
    notes: ["The share holds Next's routing to it as well, which a page without it would have too."],
  };
}

async function addAccounts({ url }: Served, token: string): Promise<string[]> {
  const emails = Array.from({ length: knownAccounts }, (_, n) => `known-${n}@example.com`);
  for (const email of emails) {
    const response = await fetch(`${url}/api/admin/admins`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ email, name: "Known", role: "viewer" }),
    });
    if (response.status !== 201) throw new Error(`No account: ${response.status} ${await response.text()}`);
  }
  return emails;
}

const { values } = parseArgs({ options: { only: { type: "string", default: "timing,lag,throughput,proxy" } } });
const names = values.only.split(",");
process.env["PATH"] = [resolve("node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter);
say("bench", "building");
await run(process.execPath, ["scripts/build.ts", "--if-changed"], { timeoutMs: 600_000 });
const folder = temporaryFolder("admin", null);
const start = product(folder.path, folder.path);
const app = await serve({ ...start, env: { ...start.env, METRICS_TOKEN: metricsToken, TRUSTED_PROXY_HOPS: "1" } });
try {
  const { cookie } = await createConsoleAdmin({ url: app.url, dataDir: folder.path });
  const emails = await addAccounts(app, cookie.value);
  const findings: Findings[] = [];
  const measures = { timing: () => measureTiming(app, emails), lag: () => measureLag(app), throughput: () => measureThroughput(app, cookie.value), proxy: () => measureProxy(app) };
  for (const [name, measure] of Object.entries(measures)) {
    if (!names.includes(name)) continue;
    say("bench", name);
    findings.push(await withLoad(measure));
  }
  publish(findings, undefined);
} finally {
  await app.end();
  await folder.remove();
}
