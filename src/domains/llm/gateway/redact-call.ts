import { metrics } from "#platform/observability/metrics.ts";
import type { RedactionSummary } from "#platform/security/redaction/kinds.ts";
import { redact } from "#platform/security/redaction/redact.ts";
import { RedactionSession } from "#platform/security/redaction/session.ts";
import type { LlmCall } from "./call.ts";

/** What leaves the house: the user's side as JSON, with placeholders where values were. */
export interface RedactedCall {
  session: RedactionSession;
  input: string;
  summary: RedactionSummary;
}

/** Step 6: one session for question and passages together; `tag` repeats the placeholders of an earlier equal call. */
export function redactCall({ input }: Pick<LlmCall, "input">, tag?: string): RedactedCall {
  const session = new RedactionSession(tag);
  const redacted = JSON.stringify(redact(input, session));
  const { summary } = session;
  if (tag === undefined) for (const [kind, count] of Object.entries(summary)) metrics().redactions.inc({ kind }, count);
  return { session, input: redacted, summary };
}
