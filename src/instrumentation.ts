import { isServerProcess } from "#platform/process/shutdown.ts";

/** Called by Next once per server, before the first request. */
export async function register(): Promise<void> {
  // A constant of the compiler, not a setting: it keeps the Node modules below out of the edge bundle.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startTracing } = await import("#platform/observability/tracing.ts");
  await startTracing();
  if (!isServerProcess()) return;
  const { startBackground } = await import("./jobs.ts");
  await startBackground();
}
