import { randomBytes } from "node:crypto";

/** A value that no earlier response had: only scripts that carry it run. */
export function makeNonce(): string {
  return randomBytes(16).toString("base64");
}

/**
 * The Content-Security-Policy of a page: scripts with this response's nonce and what they load; everything else from
 * here alone, nothing embedded, framed or sent elsewhere. Style attributes are React's own way to set a width.
 * Development needs eval for its stack traces, and a socket for its reloads.
 */
export function pagePolicy(nonce: string, development: boolean): string {
  const directives: Record<string, string> = {
    "default-src": "'self'",
    "script-src": `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src": development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": `'self'${development ? " ws:" : ""}`,
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  };
  return Object.entries(directives).map(([name, value]) => `${name} ${value}`).join("; ");
}
