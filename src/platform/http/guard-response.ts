import type { ServerResponse } from "node:http";
import { inertPolicy, securityHeaders } from "./security-headers.ts";

/**
 * Gives a response what it lacks of the headers that guard it: Next sets them on pages, routes and files, but not on what
 * it answers by itself, such as redirects, and we refuse some requests before it sees them. A response that says nothing
 * of caches is kept by none.
 */
export function guardResponse(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...values: unknown[]) => ServerResponse;
  const setIfAbsent = (name: string, value: string) => {
    if (!response.hasHeader(name)) response.setHeader(name, value);
  };
  response.writeHead = (...values: unknown[]) => {
    for (const { key, value } of securityHeaders) setIfAbsent(key, value);
    setIfAbsent("Content-Security-Policy", inertPolicy);
    setIfAbsent("Cache-Control", "no-store");
    return writeHead(...values);
  };
}
