import { pino, stdTimeFunctions, type DestinationStream, type Logger } from "pino";
import { processWide } from "#lib/process-wide.ts";
import { environment } from "#platform/config/environment.ts";
import { redactLine } from "./log-redaction.ts";

/**
 * A logger that writes one JSON object a line: `time` (ISO 8601, UTC), `level` by name, `msg`, and the given fields.
 * Credentials are taken out of the finished line, so no call can forget to. Writes to stdout unless given a stream.
 */
export function createLogger(level: string, stream?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: redactLine },
  };
  return stream ? pino(options, stream) : pino(options);
}

/** The process's logger, at LOG_LEVEL. */
export function log(): Logger {
  return processWide("log", () => createLogger(environment().LOG_LEVEL));
}
