import { metrics } from "#platform/observability/metrics.ts";
import { redactionKinds, type RedactionSummary } from "#platform/security/redaction/kinds.ts";
import { redact } from "#platform/security/redaction/redact.ts";
import { RedactionSession } from "#platform/security/redaction/session.ts";
import type { LlmCall } from "./call.ts";

/** What leaves the house: the user's side as JSON, with placeholders where values were. */
export interface RedactedCall {
  session: RedactionSession;
  input: string;
  summary: RedactionSummary;
}

/** In placeholders of texts that are made into vectors: nothing is put back for them. */
const vectorTag = "TEXTS";

/**
 * Texts that are made into vectors, each by itself: its placeholders don't depend on what is sent beside it, so that equal texts have
 * equal vectors.
 */
export function redactTexts(texts: readonly string[]): { texts: string[]; summary: RedactionSummary } {
  const summary: RedactionSummary = {};
  const redacted = texts.map((text) => {
    const session = new RedactionSession(vectorTag);
    const made = redact(text, session);
    for (const kind of redactionKinds) {
      const count = session.summary[kind] ?? 0;
      if (count > 0) summary[kind] = (summary[kind] ?? 0) + count;
    }
    return made;
  });
  countRedactions(summary);
  return { texts: redacted, summary };
}

/** Step 6: one session for question and passages together; `tag` repeats the placeholders of an earlier equal call. */
export function redactCall({ input }: Pick<LlmCall, "input">, tag?: string): RedactedCall {
  const session = new RedactionSession(tag);
  const redacted = JSON.stringify(redact(input, session));
  const { summary } = session;
  if (tag === undefined) countRedactions(summary);
  return { session, input: redacted, summary };
}

function countRedactions(summary: RedactionSummary): void {
  for (const [kind, count] of Object.entries(summary)) metrics().redactions.inc({ kind }, count);
}
