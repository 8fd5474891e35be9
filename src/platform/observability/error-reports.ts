import { isAppError } from "#lib/errors.ts";
import { processWide } from "#lib/process-wide.ts";
import { environment } from "#platform/config/environment.ts";
import { onShutdown } from "#platform/process/shutdown.ts";
import { log } from "./log.ts";
import { requestContext } from "./request-context.ts";
import type { ErrorReporter } from "./sentry.ts";

const holder = processWide<{ reporter: ErrorReporter | null }>("error-reports", () => ({ reporter: null }));

/**
 * Begins to send errors that nobody foresaw to Sentry where SENTRY_DSN is set, also those that nothing caught; without it nothing is
 * loaded. They are sent in the background: a Sentry that is away or slow delays and fails nothing, and what waits for it is bounded.
 */
export async function startErrorReports(): Promise<void> {
  const { SENTRY_DSN: dsn, NODE_ENV } = environment();
  if (holder.reporter || dsn === undefined) return;
  const { sentryReporter } = await import("./sentry.ts");
  holder.reporter = sentryReporter(dsn, NODE_ENV);
  // Next listens to both, too, and decides what comes of the process.
  process.on("uncaughtExceptionMonitor", reportUncaught).on("unhandledRejection", reportUncaught);
  onShutdown(stopErrorReports);
}

/** Sends what is on its way and nothing from then on; within two seconds, and without throwing. */
export async function stopErrorReports(): Promise<void> {
  const { reporter } = holder;
  holder.reporter = null;
  process.off("uncaughtExceptionMonitor", reportUncaught).off("unhandledRejection", reportUncaught);
  await reporter?.stop();
}

/** Writes down an error that is ours to mend: in the log with the given facts, and in Sentry where that is configured. */
export function logError(error: unknown, message: string, facts: Record<string, unknown> = {}): void {
  log().error({ ...facts, err: error }, message);
  reportError(error, facts);
}

/** Sends an error that is logged elsewhere. An AppError was foreseen, and isn't sent unless it is an INTERNAL one. */
export function reportError(error: unknown, facts: Record<string, unknown> = {}): void {
  if (isAppError(error) && error.code !== "INTERNAL") return;
  holder.reporter?.send(error, { requestId: requestContext()?.requestId, traceId: requestContext()?.traceId, ...facts });
}

function reportUncaught(error: unknown): void {
  reportError(error);
}
