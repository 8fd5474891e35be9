import { sql } from "kysely";
import { system } from "#platform/auth/principal.ts";
import { database } from "#platform/db/database.ts";
import { readMigrations, type Migration } from "#platform/db/migrate.ts";
import { db } from "#platform/db/unit-of-work.ts";
import type { HealthCheck, Readiness } from "./health-schema.ts";
import { version } from "./version.ts";
import { queueIsWorked } from "#platform/queue/queue.ts";
import { rateLimiter, rateLimitStore } from "#platform/security/process-limiter.ts";

type Finding = Pick<HealthCheck, "state" | "detail">;

const checkTimeoutMs = 3_000;

/** Asks everything the application stands on, each for at most three seconds. Never throws. */
export async function checkReadiness(): Promise<Readiness> {
  const checks = await Promise.all([
    check("database", databaseAnswers),
    check("migrations", migrationsApplied),
    check("queue", queueWorks),
    check("limits", limitsAreShared),
  ]);
  const down = checks.some(({ state }) => state === "down");
  const degraded = checks.some(({ state }) => state === "degraded");
  return {
    state: down ? "unavailable" : degraded ? "degraded" : "ready",
    checkedAt: new Date().toISOString(),
    version,
    checks,
  };
}

async function databaseAnswers(): Promise<Finding> {
  const { engine } = await database();
  await db.as(system("health"), (tx) => sql`select 1`.execute(tx));
  return { state: "ok", detail: engine === "embedded" ? "The embedded database answers." : "The database server answers." };
}

let known: Migration[] | undefined;

async function migrationsApplied(): Promise<Finding> {
  known ??= await readMigrations();
  const applied = await db.as(system("health"), (tx) => sql<{ version: string }>`select app.applied_migrations() as version`.execute(tx));
  const versions = new Set(applied.rows.map((row) => row.version));
  const missing = known.filter((migration) => !versions.has(migration.version));
  if (missing.length === 0) return { state: "ok", detail: `All ${known.length} migrations are applied.` };
  return { state: "down", detail: `${missing.length} of ${known.length} migrations are missing. Run npm run db:migrate.` };
}

async function queueWorks(): Promise<Finding> {
  const { rows } = await db.as(system("health"), (tx) =>
    sql<{ waiting: number; failed: number }>`
      select count(*) filter (where state < 'active' and start_after < now() - interval '5 minutes')::int as waiting,
        count(*) filter (where state = 'failed' and completed_on > now() - interval '1 day')::int as failed
      from pgboss.job`.execute(tx));
  const { waiting, failed } = rows[0] ?? { waiting: 0, failed: 0 };
  if (!queueIsWorked()) return { state: "off", detail: "This process doesn't work the queue." };
  if (waiting + failed > 0) return { state: "degraded", detail: `${waiting} jobs wait longer than 5 minutes, ${failed} failed today.` };
  return { state: "ok", detail: "No job waits or has failed today." };
}

const stores = { upstash: "Upstash", redis: "Redis", memory: "memory" };

/** By a request of the limiter's own kind, so that a store which is back is found back. */
async function limitsAreShared(): Promise<Finding> {
  await rateLimiter().check("health", { name: "health", limit: 1, windowMs: 60_000 }, 0);
  const { backend, available } = rateLimitStore();
  if (!available) return { state: "degraded", detail: `${stores[backend]} doesn't answer: limits are counted in memory, and nobody can sign in.` };
  return { state: "ok", detail: `Limits are counted in ${stores[backend]}.` };
}

async function check(name: string, ask: () => Promise<Finding>): Promise<HealthCheck> {
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ state: "down", detail: "No answer within 3 seconds." }), checkTimeoutMs);
  });
  const finding = await Promise.race([ask().catch((): Finding => ({ state: "down", detail: "It doesn't answer." })), late]);
  clearTimeout(timer);
  return { name, ...finding, durationMs: Math.round((performance.now() - started) * 10) / 10 };
}
