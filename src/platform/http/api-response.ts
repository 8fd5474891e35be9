import { inertPolicy } from "./security-headers.ts";

const encoder = new TextEncoder();

/**
 * The headers of every API response: nothing in it may run, be framed or be guessed to be of another type, and unless a
 * route says otherwise it is stored nowhere.
 */
export function apiHeaders(requestId: string): Headers {
  return new Headers({
    "x-request-id": requestId,
    "content-security-policy": inertPolicy,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
}

/** A response with a body of known length. */
export function textResponse(text: string, contentType: string, status: number, headers = new Headers()): Response {
  return bytesResponse(encoder.encode(text), contentType, status, headers);
}

/** The same of a text that is encoded already. */
export function bytesResponse(bytes: Uint8Array<ArrayBuffer>, contentType: string, status: number, headers = new Headers()): Response {
  headers.set("content-type", contentType);
  headers.set("content-length", String(bytes.byteLength));
  return new Response(bytes, { status, headers });
}

/** Bytes of the body that a response announces; 0 for an empty or streamed one. */
export function announcedBytes(response: Response): number {
  return Number(response.headers.get("content-length") ?? 0);
}
