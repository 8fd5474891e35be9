import type { IncomingMessage } from "node:http";
import { clientAddress } from "./client-address.ts";

/** Read by the application itself, from any client. */
const fromClients = new Set(["x-csrf-token"]);

/** Next's browser code sends these in development to match debug output to a page; production reads neither. */
const fromNextInDevelopment = new Set(["x-nextjs-request-id", "x-nextjs-html-request-id"]);

/** Believed by Next (origin of a request, https or not) once a proxy of ours writes them. */
const fromProxies = new Set(["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port"]);

/** Outside the `x-` namespace, yet read as the word of a proxy or of Next itself. */
const otherInternal = new Set(["forwarded", "next-resume"]);

/** Next takes the nonce for the scripts of a page from here, where proxy.ts puts it. */
const fromOurProxy = new Set(["content-security-policy", "content-security-policy-report-only"]);

/**
 * Makes the headers of a request our own, before Next sees it: `x-forwarded-for` becomes the one computed address, and
 * every `x-` header that a server could take for its own word is removed (Next routes, rewrites and revalidates by
 * some: x-matched-path, x-middleware-*, x-invoke-*, x-nextjs-data, x-prerender-revalidate). A list of what may stay is
 * shorter, and safer against the next version, than a list of what must go. Changes `request.headers` in place.
 */
export function ownRequestHeaders(request: IncomingMessage, trustedHops: number): void {
  const { headers } = request;
  const forwardedFor = headers["x-forwarded-for"];
  const address = clientAddress(
    request.socket.remoteAddress,
    Array.isArray(forwardedFor) ? forwardedFor.join(",") : forwardedFor,
    trustedHops,
  );
  for (const name of Object.keys(headers)) {
    if (!mayStay(name, trustedHops)) delete headers[name];
  }
  headers["x-forwarded-for"] = address;
}

/**
 * Takes scheme and host off a request target that names them (RFC 9112, section 3.2.2): they are the client's words, and
 * Next would lead a redirect to them. Changes `request.url` in place.
 */
export function ownRequestTarget(request: Pick<IncomingMessage, "url">): void {
  const absolute = /^[a-z][a-z\d+.-]{0,30}:\/\/[^/?#]*(.*)$/is.exec(request.url ?? "");
  if (absolute) request.url = absolute[1]?.startsWith("/") ? absolute[1] : `/${absolute[1] ?? ""}`;
}

function mayStay(name: string, trustedHops: number): boolean {
  if (otherInternal.has(name) || fromOurProxy.has(name)) return false;
  if (!name.startsWith("x-")) return true;
  return fromClients.has(name) || fromNextInDevelopment.has(name) || (trustedHops > 0 && fromProxies.has(name));
}
