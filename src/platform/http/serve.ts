import type { ErrorCode } from "#lib/errors.ts";
import { anonymous, type Principal } from "#platform/auth/principal.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { withRequestContext } from "#platform/observability/request-context.ts";
import { announcedBytes, apiHeaders } from "./api-response.ts";
import type { Caller } from "#platform/auth/caller.ts";
import { authenticators } from "./authenticate.ts";
import { ResultMismatch } from "./check-result.ts";
import { requireCsrfToken, requireSameOrigin } from "./csrf.ts";
import { closeExchange, type Exchange, openExchange, type Outcome } from "./exchange.ts";
import { parseInput } from "./input.ts";
import { readBody } from "./json-body.ts";
import { isLimitReached, LimitReached, rateLimitHeaders, requireTrust, takeFromLimit } from "./limit.ts";
import type { Operation, RouteContext, RouteInput } from "./operation.ts";
import { clientClosedResponse, codeOf, problemResponse } from "./problem.ts";

/** A response and, when its body is still being written, how it will have ended. */
export interface Answer {
  response: Response;
  ended?: Promise<Omit<Outcome, "status">>;
}

/** Errors that say: these credentials don't hold. */
const refusesCredentials = new Set<ErrorCode>(["UNAUTHENTICATED", "ADMIN_FORBIDDEN"]);

/** Input whose parts have been parsed by the operation's own schemas. */
export type AnyInput = RouteInput<undefined, undefined, undefined, "anyone">;

/**
 * The chain that every request runs through: identify → cap the body → authenticate → limit → same origin and token →
 * parse → `answer`, then headers, log line and metrics. Whatever a step throws becomes a problem response.
 */
export async function serve(
  operation: Operation,
  request: Request,
  routeContext: RouteContext | undefined,
  answer: (input: AnyInput, exchange: Exchange) => Promise<Answer>,
): Promise<Response> {
  const exchange = await openExchange(request, routeContext);
  return withRequestContext(exchange.context, async () => {
    try {
      const { response, ended } = await answer(await admit(operation, exchange), exchange);
      finishHeaders(response, exchange);
      const { status } = response;
      if (ended) void ended.then((outcome) => closeExchange(exchange, { status, ...outcome }));
      else closeExchange(exchange, { status, bytes: announcedBytes(response), clientLeft: request.signal.aborted });
      return response;
    } catch (error) {
      return refuse(error, exchange);
    }
  });
}

async function admit(operation: Operation, exchange: Exchange): Promise<AnyInput> {
  const { request, params } = exchange;
  const bytes = operation.body ? await readBody(request) : null;
  const { principal, session } = await identify(operation, exchange);
  requireSameOrigin(request);
  await requireCsrfToken(request, session);
  const input = parseInput(operation, { params, request, bytes });
  // The one place where parsed values take the types of the schemas that parsed them.
  await takeRest(operation, exchange, principal, (operation.cost?.(input.body as never) ?? 1) - 1);
  const { address, cookies } = exchange;
  return { principal, request, address, setCookie: (cookie: string) => void cookies.push(cookie), signal: request.signal, ...input } as AnyInput;
}

/** Authenticates and limits. Failed credentials count too, against the address they came from. */
async function identify(operation: Operation, exchange: Exchange): Promise<Caller> {
  const { address } = exchange;
  const attempt = await settled(authenticate(operation, exchange));
  if (attempt.status === "fulfilled") exchange.principal = attempt.value.principal;
  exchange.quota = await takeFromLimit(operation.limit, exchange.principal ?? anonymous, address);
  if (exchange.quota && !exchange.quota.decision.allowed) throw new LimitReached(exchange.quota);
  if (attempt.status === "rejected") throw attempt.reason;
  return attempt.value;
}

async function authenticate(operation: Operation, { request, address, cookies }: Exchange): Promise<Caller> {
  const shown = request.headers.has("authorization") || request.headers.has("cookie");
  if (shown) await requireTrust(address);
  const attempt = { request, scope: operation.scope, setCookie: (cookie: string) => void cookies.push(cookie) };
  try {
    const caller = await authenticators[operation.auth].authenticate(attempt);
    if (caller.refused) await takeFromLimit("credentials", anonymous, address);
    return caller;
  } catch (error) {
    if (shown && refusesCredentials.has(codeOf(error))) await takeFromLimit("credentials", anonymous, address);
    throw error;
  }
}

/** Takes what a request costs beyond the one that every request costs. */
async function takeRest(operation: Operation, exchange: Exchange, principal: Principal, rest: number): Promise<void> {
  if (rest <= 0) return;
  exchange.quota = await takeFromLimit(operation.limit, principal, exchange.address, rest);
  if (exchange.quota && !exchange.quota.decision.allowed) throw new LimitReached(exchange.quota);
}

async function settled<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([promise]);
  return result;
}

function refuse(error: unknown, exchange: Exchange): Response {
  if (error instanceof ResultMismatch) {
    metrics().httpRequestsInFlight.dec();
    throw error;
  }
  const { requestId } = exchange.context;
  const clientLeft = exchange.request.signal.aborted;
  const response = clientLeft ? clientClosedResponse(requestId) : problemResponse(error, requestId);
  // The limit that refused, where one did, else the route's: every limited response tells one.
  finishHeaders(response, { ...exchange, quota: isLimitReached(error) ? error.quota : exchange.quota });
  closeExchange(exchange, { status: response.status, bytes: announcedBytes(response), error, clientLeft });
  return response;
}

/** Adds what every response carries; a header that the route set itself stays. */
function finishHeaders({ headers }: Response, { context, quota, cookies }: Exchange): void {
  // A response that changes somebody's session is kept by no cache, theirs included.
  if (cookies.length > 0 && !headers.get("cache-control")?.includes("no-store"))
    headers.set("cache-control", "no-store");
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  for (const [name, value] of apiHeaders(context.requestId)) if (!headers.has(name)) headers.set(name, value);
  if (!quota) return;
  for (const [name, value] of rateLimitHeaders(quota, Date.now())) headers.set(name, value);
}
