import { createHmac, randomBytes } from "node:crypto";
import { processWide } from "#lib/process-wide.ts";

const secret = processWide("memory-keys", () => randomBytes(32));

/** A key for a cache in this process's memory: equal for equal parts, which can't be read from it. */
export function memoryKey(parts: readonly unknown[]): string {
  return createHmac("sha256", secret).update(JSON.stringify(parts)).digest("base64url");
}
