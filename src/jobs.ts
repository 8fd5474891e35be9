import { deleteLoginJob, sendRecovery } from "#domains/accounts/server.ts";
import { purge } from "#domains/assistant/server.ts";
import { gridJobs, startGrid } from "#domains/grid/server.ts";
import { seedHelp } from "#domains/help/server.ts";
import { embedPassages, wantAllVectors } from "#domains/knowledge/server.ts";
import { llmJobs, seedPrices } from "#domains/llm/server.ts";
import { seedResilience } from "#domains/resilience/server.ts";
import { environment } from "#platform/config/environment.ts";
import { logError } from "#platform/observability/error-reports.ts";
import { log } from "#platform/observability/log.ts";
import { deliverMail } from "#platform/mail/mail.ts";
import { onShutdown } from "#platform/process/shutdown.ts";
import { connectRateLimits } from "#platform/security/process-limiter.ts";
import { startWorkers } from "#platform/queue/queue.ts";

const jobs = [purge, embedPassages, deliverMail, sendRecovery, deleteLoginJob];

/** Brings the seeded content up to date and starts every domain's jobs and schedules in this process. */
export async function startBackground(): Promise<void> {
  await connectRateLimits();
  await seed("help", seedHelp);
  await seed("resilience", seedResilience);
  await seed("prices", seedPrices);
  const stop = await startWorkers([...jobs, ...llmJobs, ...gridJobs()]);
  onShutdown(() => stop(environment().SHUTDOWN_TIMEOUT_MS));
  await startGrid();
  // The schedule makes up for it.
  await wantAllVectors().catch((error: unknown) => logError(error, "vectors were not asked for at the start"));
}

const seedAgainMs = 60_000;

/** Content that can't be brought up to date keeps nobody from the rest: it is tried again. */
async function seed(name: string, bring: () => Promise<{ written: number; removed: number }>): Promise<void> {
  try {
    const outcome = await bring();
    if (outcome.written + outcome.removed > 0) log().info(outcome, `${name} seeded`);
  } catch (error) {
    logError(error, `${name} was not seeded; it is tried again in a minute`);
    const again = setTimeout(() => void seed(name, bring), seedAgainMs);
    onShutdown(() => Promise.resolve(clearTimeout(again)));
  }
}
