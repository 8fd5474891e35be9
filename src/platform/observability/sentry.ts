import { createTransport, defaultStackParser, LightNodeClient, linkedErrorsIntegration, Scope, type ErrorEvent } from "@sentry/node-core/light";
import { redact } from "#platform/security/redaction/redact.ts";
import { RedactionSession } from "#platform/security/redaction/session.ts";
import { redactLine } from "./log-redaction.ts";
import { version } from "./version.ts";

export interface ErrorReporter {
  /** Returns at once; never throws. */
  send(error: unknown, facts: Record<string, unknown>): void;
  stop(): Promise<void>;
}

/** What may be told of the place where an error happened. Nothing of who met it. */
const toldFacts = ["requestId", "traceId", "method", "route", "errorCode", "job", "jobId", "callId"];

const sendingMs = 5_000;
const stoppingMs = 2_000;
const waitingAtMost = 30;
/** In placeholders: the same in all events, so that errors that differ in a person alone are one issue. */
const tag = "ERROR";

/** A client of Sentry by itself: it patches nothing of the process, traces nothing, and sends errors alone. */
export function sentryReporter(dsn: string, environment: string): ErrorReporter {
  const client = new LightNodeClient({
    dsn, environment, release: `tieline@${version}`, includeServerName: false, sendDefaultPii: false, sendClientReports: false, maxBreadcrumbs: 0,
    integrations: [linkedErrorsIntegration()], stackParser: defaultStackParser, beforeSend: redacted, transportOptions: { bufferSize: waitingAtMost },
    // Its own waits without end for a server that doesn't answer.
    transport: (options) => createTransport(options, async ({ body }) => {
      const response = await fetch(options.url, { method: "POST", body: body as BodyInit, headers: options.headers ?? {}, signal: AbortSignal.timeout(sendingMs) });
      await response.body?.cancel();
      return { statusCode: response.status, headers: { "retry-after": response.headers.get("retry-after"), "x-sentry-rate-limits": response.headers.get("x-sentry-rate-limits") } };
    }),
  });
  client.init();
  return {
    send(error, facts) {
      const scope = new Scope();
      for (const name of toldFacts) if (typeof facts[name] === "string") scope.setTag(name, facts[name]);
      client.captureException(error, { originalException: error, mechanism: { type: "generic", handled: false } }, scope);
    },
    stop: async () => void (await client.close(stoppingMs)),
  };
}

/** What is sent of an event: where it happened, and what the errors say without credentials and personal data. */
function redacted({ event_id, timestamp, platform, level, environment, release, sdk, tags, exception }: ErrorEvent): ErrorEvent {
  const session = new RedactionSession(tag);
  const values = exception?.values?.map(({ value = "", ...error }) => ({ ...error, value: redact(redactLine(value), session) }));
  return { type: undefined, event_id, timestamp, platform, level, environment, release, sdk, tags, exception: { values } };
}
