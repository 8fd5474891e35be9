import { newId } from "#lib/ids.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { logError } from "#platform/observability/error-reports.ts";
import { log } from "#platform/observability/log.ts";
import { metrics } from "#platform/observability/metrics.ts";
import type { RequestContext } from "#platform/observability/request-context.ts";
import { addressOf, loggedNetwork } from "./client-address.ts";
import type { Quota } from "./limit.ts";
import type { RouteContext } from "./operation.ts";
import { codeOf, problemKinds } from "./problem.ts";
import { type PathParams, routeLabel } from "./route-label.ts";
import { continuedTraceId } from "./trace.ts";

/** One request while it is being answered: what the steps of the chain learn about it. */
export interface Exchange {
  readonly request: Request;
  readonly context: RequestContext;
  readonly params: PathParams;
  /** The path pattern, for labels. */
  readonly route: string;
  readonly address: string;
  /** As performance.now(). */
  readonly startedAt: number;
  principal: Principal | null;
  quota: Quota | null;
  /** Set-Cookie values that authenticating left for the response. */
  readonly cookies: string[];
}

/** How an exchange ended. */
export interface Outcome {
  status: number;
  bytes: number;
  error?: unknown;
  clientLeft: boolean;
  /** Events sent, of a stream. */
  events?: number;
}

/** Opens the record of a request, under an id of our own: the client's would let it forge log lines. */
export async function openExchange(request: Request, routeContext: RouteContext | undefined): Promise<Exchange> {
  const startedAt = performance.now();
  const params = (await routeContext?.params) ?? {};
  metrics().httpRequestsInFlight.inc();
  return {
    request,
    context: {
      requestId: newId(),
      traceId: continuedTraceId(request.headers.get("traceparent")),
      statements: 0,
      unitsOfWork: 0,
      fields: {},
    },
    params,
    route: routeLabel(new URL(request.url).pathname, params),
    address: addressOf(request.headers),
    startedAt,
    principal: null,
    quota: null,
    cookies: [],
  };
}

/**
 * Closes the record: its metrics, and its one log line, which holds neither query, body nor a whole address. An error
 * that is ours to mend (5xx) is logged whole.
 */
export function closeExchange(exchange: Exchange, { status, bytes, error, events, clientLeft }: Outcome): void {
  const { request, context, route } = exchange;
  const durationMs = performance.now() - exchange.startedAt;
  const labels = { method: request.method, route, status: String(status) };
  metrics().httpRequestsInFlight.dec();
  metrics().httpRequests.inc(labels);
  metrics().httpRequestDuration.observe(labels, durationMs / 1_000);

  const failed = error !== undefined && !clientLeft;
  const errorCode = failed ? codeOf(error) : undefined;
  const ours = errorCode !== undefined && problemKinds[errorCode].status >= 500;
  const line = {
    ...context.fields,
    requestId: context.requestId,
    traceId: context.traceId,
    method: request.method,
    route,
    status,
    durationMs: Math.round(durationMs * 10) / 10,
    principal: exchange.principal?.kind,
    clientAddress: loggedNetwork(exchange.address),
    bytes,
    statements: context.statements,
    unitsOfWork: context.unitsOfWork,
    events,
    clientLeft,
    errorCode,
  };
  if (ours) logError(error, "request", line);
  else log().info(line, "request");
}
