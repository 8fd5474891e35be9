/** Starts, asks and stops every server once: `node tests/support/servers/servers.check.ts`. Exits with 1 when one fails. */
import { findChromium } from "./chromium.ts";
import { temporaryFolder } from "./exit.ts";
import { startPgBouncer } from "./pgbouncer.ts";
import { startPostgres, type RunningPostgres } from "./postgres.ts";
import { queryPostgres } from "./postgres-wire.ts";
import { run } from "./process.ts";
import { askRedis, startRedis } from "./redis.ts";

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  console.log(`${`${Math.round(performance.now() - started)} ms`.padStart(9)}  ${name}${typeof result === "string" ? `: ${result}` : ""}`);
  return result;
}

function expect(actual: string | undefined, expected: string): string {
  if (actual !== expected) throw new Error(`Expected ${expected}, got ${actual ?? "nothing"}`);
  return expected;
}

async function checkPostgres(postgres: RunningPostgres): Promise<void> {
  const distance = "create temp table point (at vector(2)); insert into point values ('[3,4]'); select at <-> '[0,0]' from point";
  await step("PostgreSQL computes a distance", async () => {
    await queryPostgres(postgres.url, "create extension if not exists vector; create extension if not exists pg_trgm");
    return expect((await queryPostgres(postgres.url, distance))[0]?.[0], "5");
  });
  const { restart } = postgres;
  if (restart === null) return;
  await step("PostgreSQL goes away", async () => {
    await restart.down();
    return queryPostgres(postgres.url, "select 1").then(() => Promise.reject(new Error("It still answers")), () => "no answer");
  });
  await step("PostgreSQL comes back", async () => {
    await restart.up();
    return expect((await queryPostgres(postgres.url, "select count(*) from pg_extension where extname = 'vector'"))[0]?.[0], "1");
  });
}

async function checkPgBouncer(postgres: RunningPostgres): Promise<void> {
  const pooler = await step("PgBouncer started", () => startPgBouncer(postgres.url));
  try {
    console.log(`           ${pooler.description}`);
    await step("PgBouncer passes a query on", async () => expect((await queryPostgres(pooler.url, "select 6 * 7"))[0]?.[0], "42"));
  } finally {
    await step("PgBouncer stopped", pooler.stop);
  }
}

async function checkRedis(): Promise<void> {
  const redis = await step("Redis started", startRedis);
  try {
    console.log(`           ${redis.description}`);
    await step("Redis answers", async () => expect((await askRedis(redis.url, "PING")).trim(), "+PONG"));
  } finally {
    await step("Redis stopped", redis.stop);
  }
}

async function checkChromium(): Promise<void> {
  const chromium = await step("Chromium found", findChromium);
  console.log(`           ${chromium.description}`);
  const profile = temporaryFolder("chromium", null);
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"];
  const page = "data:text/html,<script>document.write(6*7)</script>";
  try {
    await step("Chromium runs a script", async () => {
      const dom = await run(chromium.executablePath, [...flags, `--user-data-dir=${profile.path}`, "--dump-dom", page], { timeoutMs: 60_000 });
      return expect(/42(?=<\/body>)/.exec(dom)?.[0], "42");
    });
  } finally {
    await profile.remove();
  }
}

try {
  const postgres = await step("PostgreSQL started", startPostgres);
  try {
    console.log(`           ${postgres.description}`);
    await checkPostgres(postgres);
    await checkPgBouncer(postgres);
  } finally {
    await step("PostgreSQL stopped", postgres.stop);
  }
  await checkRedis();
  await checkChromium();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
