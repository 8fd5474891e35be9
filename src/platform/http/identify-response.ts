import type { IncomingMessage, ServerResponse } from "node:http";
import { newId } from "#lib/ids.ts";
import { log } from "#platform/observability/log.ts";

/** Paths that write their own line (route handlers) or are files of the build, not worth one. */
const silent = /^\/(api|_next)\//;
const pathMaxLength = 200;

/**
 * Gives a response an X-Request-Id where no route handler does: pages, files, and what Next answers by itself, such as
 * 405. Pages get one log line, with their path but without their query.
 */
export function identifyResponse(request: IncomingMessage, response: ServerResponse): void {
  const started = performance.now();
  const requestId = newId();
  const writeHead = response.writeHead.bind(response) as (...values: unknown[]) => ServerResponse;
  response.writeHead = (...values: unknown[]) => {
    if (!response.hasHeader("x-request-id")) response.setHeader("X-Request-Id", requestId);
    return writeHead(...values);
  };
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  if (silent.test(path)) return;
  response.once("close", () => {
    const durationMs = Math.round((performance.now() - started) * 10) / 10;
    const line = { requestId, method: request.method, path: path.slice(0, pathMaxLength), status: response.statusCode, durationMs };
    log().info({ ...line, clientLeft: !response.writableFinished }, "page");
  });
}
