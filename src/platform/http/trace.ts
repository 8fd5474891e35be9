import { randomBytes } from "node:crypto";

/** Version, trace id, parent id, flags; a version above 00 may append more (W3C Trace Context, section 3.2). */
const traceparent = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/;

/** The trace id of a valid W3C `traceparent` header, 32 hex digits, or a new random one. */
export function continuedTraceId(header: string | null): string {
  const [, version, traceId, extra] = traceparent.exec(header ?? "") ?? [];
  if (!traceId || (version === "00" && extra !== undefined)) return randomBytes(16).toString("hex");
  return traceId;
}
