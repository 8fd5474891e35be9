import { AppError, isAppError } from "#lib/errors.ts";

/** Classes and codes of SQLSTATE that say "the server is away", not "the statement is wrong". */
const awaySqlState = /^(08|57P0[123]|53300|58030)/;
const awaySystem = new Set([
  "ECONNREFUSED", "ECONNRESET", "ENOENT", "ENOTFOUND", "EAI_AGAIN", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH",
]);
const awayMessage = /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|server closed the connection|pglite is clos/i;

/** SQLSTATE of a driver error, or the system's error code, or undefined. */
export function errorCodeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Turns a driver's "not reachable" into DATABASE_UNAVAILABLE; every other error is returned as it is. */
export function databaseError(error: unknown): unknown {
  if (isAppError(error)) return error;
  const code = errorCodeOf(error);
  const message = error instanceof Error ? error.message : "";
  const away = code === undefined ? awayMessage.test(message) : awaySystem.has(code) || awaySqlState.test(code);
  if (!away) return error;
  return new AppError("DATABASE_UNAVAILABLE", {
    detail: "The database doesn't answer. Nothing was lost; try again in a moment.",
    retryAfterSeconds: 5,
    cause: error,
  });
}
