/** Runs before every page: its content security policy, and its reader's session while cookies can still be set. */
import { NextResponse, type NextRequest } from "next/server";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { renewSessions, withCookies } from "#platform/auth/page-session.ts";
import { environment } from "#platform/config/environment.ts";
import { pagePathHeader } from "#platform/http/page-path.ts";
import { makeNonce, pagePolicy } from "#platform/http/page-policy.ts";
import { problemResponse } from "#platform/http/problem.ts";

export async function proxy(request: NextRequest): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") return notAllowed(request);
  const policy = pagePolicy(makeNonce(), environment().NODE_ENV === "development");
  const headers = new Headers(request.headers);
  // Next takes the nonce for its own scripts from here.
  headers.set("content-security-policy", policy);
  // For pages that send somebody to log in and back again; a client's own is overwritten.
  headers.set(pagePathHeader, request.nextUrl.pathname + request.nextUrl.search);
  headers.delete("content-security-policy-report-only");
  const cookies = await renewSessions(request, request.nextUrl.pathname.startsWith("/admin"));
  if (cookies.length > 0) headers.set("cookie", withCookies(headers.get("cookie"), cookies));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/**
 * A page is read. Nothing of what is sent to one reaches Next, which would decode it as the call of a server action. A
 * reader whose form went off before its script was there gets the page again.
 */
function notAllowed({ method, headers, nextUrl }: NextRequest): Response {
  if (method === "POST" && headers.get("sec-fetch-mode") === "navigate" && headers.get("sec-fetch-site") === "same-origin") {
    return NextResponse.redirect(nextUrl, { status: 303, headers: { "cache-control": "no-store" } });
  }
  const problem = problemResponse(new AppError("METHOD_NOT_ALLOWED", { detail: `Pages don't answer ${method}.` }), newId());
  problem.headers.set("allow", "GET, HEAD");
  return problem;
}

/** Pages, whatever their address, missing ones included; not the API, which route() guards, nor files of the build. */
export const config = { matcher: ["/((?!api/|_next/static/|icon\\.svg$|favicon\\.ico$).*)"] };
