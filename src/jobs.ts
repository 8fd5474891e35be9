import { deleteLoginJob, sendRecovery } from "#domains/accounts/server.ts";
import { purge } from "#domains/assistant/server.ts";
import { seedHelp } from "#domains/help/server.ts";
import { embedPassages, wantAllVectors } from "#domains/knowledge/server.ts";
import { environment } from "#platform/config/environment.ts";
import { log } from "#platform/observability/log.ts";
import { deliverMail } from "#platform/mail/mail.ts";
import { onShutdown } from "#platform/process/shutdown.ts";
import { startWorkers } from "#platform/queue/queue.ts";

const jobs = [purge, embedPassages, deliverMail, sendRecovery, deleteLoginJob];

/** Brings the seeded content up to date and starts every domain's jobs and schedules in this process. */
export async function startBackground(): Promise<void> {
  const outcome = await seedHelp();
  if (outcome.written + outcome.removed > 0) log().info(outcome, "help seeded");
  const stop = await startWorkers(jobs);
  onShutdown(() => stop(environment().SHUTDOWN_TIMEOUT_MS));
  // The schedule makes up for it.
  await wantAllVectors().catch((error: unknown) => log().error({ err: error }, "vectors were not asked for at the start"));
}
