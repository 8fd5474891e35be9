/**
 * npm run bench:grid-streams: prints how long what is recorded takes to reach the last of many readers of a stream, over
 * HTTP on the built product beside a Postgres server, and how many transactions a second the readers cost; nothing passes
 * or fails. --clients N (500), --json FILE.
 */
import { get, type IncomingMessage } from "node:http";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { run, say } from "../support/servers/process.ts";
import { temporaryFolder } from "../support/servers/exit.ts";
import { demandAt, fiveMinutes, listCatalogue, publishObservations } from "../support/grid-news.ts";
import { publish, withLoad } from "./machine.ts";
import { figure, type Findings } from "./report.ts";
import { openServerStore, type Store } from "./retrieval/store.ts";
import { product, serve } from "./served.ts";

const { values } = parseArgs({ options: { clients: { type: "string", default: "500" }, json: { type: "string" } } });
const most = Number(values.clients);
const few = 10;
const rounds = 10;
const countedMs = 10_000;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

/** A reader of Ontario's demand, from an address of its own. */
async function reader(url: string, number: number, hear: (value: number) => void): Promise<IncomingMessage> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { accept: "text/event-stream", "x-forwarded-for": `10.1.${number >> 8}.${number & 255}` };
    get(`${url}/api/streams/ontario-demand`, { headers, agent: false }, resolve).on("error", reject);
  });
  if (response.statusCode !== 200) throw new Error(`A reader was answered ${response.statusCode}`);
  let pending = "";
  response.setEncoding("utf8").on("data", (text: string) => {
    const blocks = (pending + text).split("\n\n");
    pending = blocks.pop() ?? "";
    for (const block of blocks) {
      const value = block.startsWith("event: observation") ? /"value":(\d+)/.exec(block)?.[1] : undefined;
      if (value !== undefined) hear(Number(value));
    }
  }).on("error", () => undefined);
  return response;
}

/** Transactions a second that this database sees while nothing is recorded. */
async function transactionsASecond(store: Store): Promise<number> {
  const count = async () => Number((await store.owner<{ n: string }>("select pg_stat_clear_snapshot(), xact_commit as n from pg_stat_database where datname = current_database()"))[0]?.n);
  const before = await count();
  await sleep(countedMs);
  return ((await count()) - before) / (countedMs / 1_000);
}

async function measure(store: Store): Promise<Findings> {
  await listCatalogue();
  const folder = temporaryFolder("bench-streams", null);
  const start = product(folder.path, folder.path);
  const env = { ...start.env, DATABASE_URL: store.url ?? "", SESSION_SECRET: randomBytes(36).toString("base64"), PASSWORD_PEPPER: randomBytes(36).toString("base64"), TRUSTED_PROXY_HOPS: "1" };
  const app = await serve({ ...start, env });
  try {
    let waiting = new Map<number, () => void>();
    const heard = (value: number) => waiting.get(value)?.();
    const open: IncomingMessage[] = [];
    const fill = async (to: number) => {
      while (open.length < to) open.push(...(await Promise.all(Array.from({ length: Math.min(20, to - open.length) }, (_, i) => reader(app.url, open.length + i, heard)))));
    };
    await fill(few);
    const withFew = await transactionsASecond(store);
    await fill(most);
    const withMost = await transactionsASecond(store);
    const delays: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      let left = most;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      waiting = new Map([[round, () => (left -= 1) === 0 && resolve(undefined)]]);
      await publishObservations([demandAt(fiveMinutes(5 * round), round)]);
      const written = performance.now();
      await Promise.race([promise, sleep(30_000).then(() => { throw new Error(`${left} readers heard nothing`); })]);
      delays.push(performance.now() - written);
    }
    for (const response of open) response.destroy();
    return {
      title: `Streams: ${most} readers over HTTP`,
      figures: [
        figure("from the commit to the last reader", "ms", delays, { goal: { most: 2_000, of: "maximum" } }),
        figure(`transactions a second with ${most} readers`, "/s", [withMost], { baseline: { name: `with ${few} readers`, samples: [withFew] } }),
      ],
      notes: [`${store.description}; the slowest of ${rounds} rounds took ${Math.round(Math.max(...delays))} ms. The streams are asked once a second; the other transactions are the workers' of the queue.`],
    };
  } finally {
    await app.end();
    await folder.remove();
  }
}

say("bench", "building");
await run(process.execPath, ["scripts/build.ts", "--if-changed"], { timeoutMs: 600_000 });
const store = await openServerStore();
try {
  publish([await withLoad(() => measure(store))], values.json);
} finally {
  await store.close();
}
process.exit(0);
