import { AppError } from "#lib/errors.ts";
import { langfuse, tieline } from "#platform/observability/gen-ai-attributes.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { startSpan, type TraceSpan } from "#platform/observability/tracing.ts";
import { decide } from "#domains/llm/policy/policy.ts";
import type { PolicyCategory } from "#domains/llm/policy/policy-signals.ts";
import type { LlmCall } from "./call.ts";
import type { CallRecord } from "./call-record.ts";

/** What a question is refused for, with the error that says so. */
export interface HarmRefusal {
  category: PolicyCategory;
  error: AppError;
}

/** Step 2, of the question: throws SAFETY_BLOCKED where it asks for harm, noted with its category. What was judged before isn't judged again. */
export function requireHarmless({ question, earlier, judged = false }: Pick<LlmCall, "question" | "earlier" | "judged">, record: CallRecord): void {
  if (question === undefined || judged) return;
  const refusal = harmIn(question, earlier, record.span);
  if (!refusal) return;
  record.policyCategory = refusal.category;
  throw refusal.error;
}

/**
 * Whether a person's words ask for harm; null when they don't. Passages and data are not read: they are not what is asked. A piece of
 * `parent` in the trace, counted.
 */
export function harmIn(question: string, earlier: readonly string[] = [], parent?: TraceSpan): HarmRefusal | null {
  const span = startSpan("policy", { [langfuse.type]: "guardrail" }, parent);
  const decision = decide(question, { earlier });
  const category = decision.verdict === "block" ? decision.category : undefined;
  metrics().policyDecisions.inc({ verdict: decision.verdict, category: category ?? "none" });
  span.set({ [tieline.outcome]: category ? "blocked" : "allowed", [tieline.policyCategory]: category });
  span.end();
  if (decision.verdict === "allow") return null;
  return { category: decision.category, error: new AppError("SAFETY_BLOCKED", { detail: decision.detail }) };
}
