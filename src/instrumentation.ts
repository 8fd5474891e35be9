import type { Instrumentation } from "next";
import { isServerProcess } from "#platform/process/shutdown.ts";

/** Called by Next once per server, before the first request. */
export async function register(): Promise<void> {
  // A constant of the compiler, not a setting: it keeps the Node modules below out of the edge bundle.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startTracing } = await import("#platform/observability/tracing.ts");
  const { startErrorReports } = await import("#platform/observability/error-reports.ts");
  await Promise.all([startTracing(), startErrorReports()]);
  if (!isServerProcess()) return;
  const { startBackground } = await import("./jobs.ts");
  await startBackground();
}

/** Called by Next for what a page or an action throws, after it was printed. Routes log their own errors. */
export const onRequestError: Instrumentation.onRequestError = async (error, { method }, { routePath }) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { reportError } = await import("#platform/observability/error-reports.ts");
  reportError(error, { method, route: routePath });
};
