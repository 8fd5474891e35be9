/** The process: opens the database, starts Next, owns client addresses and shutdown. */
import { createServer, type Server } from "node:http";
import next from "next";
import openApiDocument from "#app/api/openapi.json/openapi.json" with { type: "json" };
import { appSecrets } from "#platform/auth/app-secrets.ts";
import { loadEnvFiles } from "#platform/config/env-files.ts";
import { listensOn } from "#platform/config/origin.ts";
import { environment } from "#platform/config/environment.ts";
import { useDatabase, type Database } from "#platform/db/database.ts";
import { openForServer } from "#platform/db/open.ts";
import { guardResponse } from "#platform/http/guard-response.ts";
import { identifyResponse } from "#platform/http/identify-response.ts";
import { oneATurn } from "#platform/http/one-a-turn.ts";
import { refusalOf, sendRefusal } from "#platform/http/refusal.ts";
import { ownRequestHeaders, ownRequestTarget } from "#platform/http/own-request-headers.ts";
import { redactConsole } from "#platform/observability/console.ts";
import { logError } from "#platform/observability/error-reports.ts";
import { log } from "#platform/observability/log.ts";
import { becomeServer, beginShutdown, runShutdown, stopping } from "#platform/process/shutdown.ts";

async function start(): Promise<void> {
  loadEnvFiles();
  const settings = environment();
  const dev = process.argv.includes("--dev");
  becomeServer();
  redactConsole();
  await appSecrets();
  const database = await openForServer(settings);
  useDatabase(Promise.resolve(database));
  const app = next({ dev, hostname: settings.HOST, port: settings.PORT });
  const inItsTurn = oneATurn();
  const server = createServer((request, response) => {
    if (stopping().aborted) response.setHeader("Connection", "close");
    ownRequestTarget(request);
    ownRequestHeaders(request, settings.TRUSTED_PROXY_HOPS);
    identifyResponse(request, response);
    guardResponse(response);
    const refusal = refusalOf(request, dev ? {} : openApiDocument.paths);
    if (refusal) sendRefusal(response, refusal);
    // Who left while waiting is nobody's to answer: what Next ends with the connection would never end.
    else inItsTurn(() => void (response.destroyed || handle(request, response)));
  });
  let handle: ReturnType<typeof app.getRequestHandler>;
  let port: number;
  try {
    await app.prepare();
    handle = app.getRequestHandler();
    const upgrade = app.getUpgradeHandler();
    if (dev) server.on("upgrade", (request, socket, head) => void upgrade(request, socket, head));
    port = await listen(server, settings.HOST, settings.PORT);
    listensOn(port);
  } catch (error) {
    await runShutdown();
    await database.close();
    throw error;
  }
  stopOnSignal({ server, database, close: () => app.close(), timeoutMs: settings.SHUTDOWN_TIMEOUT_MS });
  const host = ["127.0.0.1", "0.0.0.0", "::"].includes(settings.HOST) ? "localhost" : settings.HOST;
  console.log(`Tieline is ready at http://${host}:${port} (${database.description})`);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new Error(`Port ${port} is in use. Choose another with PORT.`) : error),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

interface Stoppable {
  server: Server;
  database: Database;
  close(): Promise<void>;
  timeoutMs: number;
}

/** Requests that were already on their way are still taken, each as its connection's last, until none has come for so long. */
const quietMs = 250;
const drainAtMostMs = 2_000;

async function drained(server: Server): Promise<void> {
  const until = performance.now() + drainAtMostMs;
  let last = performance.now();
  server.on("request", () => (last = performance.now()));
  while (performance.now() < Math.min(until, last + quietMs)) await new Promise((resume) => setTimeout(resume, 50));
}

/** Open requests are finished, within the time limit; then jobs; then the database is closed. A second signal ends at once. */
function stopOnSignal({ server, database, close, timeoutMs }: Stoppable): void {
  const stop = async (signal: string) => {
    if (stopping().aborted) process.exit(1);
    beginShutdown();
    log().info({ signal }, "stopping");
    const impatient = setTimeout(() => server.closeAllConnections(), timeoutMs);
    await drained(server);
    await new Promise<void>((done) => {
      server.close(() => done());
      server.closeIdleConnections();
    });
    clearTimeout(impatient);
    for (const failure of await runShutdown()) logError(failure, "shutdown step failed");
    await close();
    await database.close();
    log().info("stopped");
    process.exit(0);
  };
  process.on("SIGTERM", (signal) => void stop(signal));
  process.on("SIGINT", (signal) => void stop(signal));
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof Error && error.cause !== undefined) console.error(error.cause);
  process.exit(1);
});
