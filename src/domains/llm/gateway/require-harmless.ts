import { AppError } from "#lib/errors.ts";
import { langfuse, tieline } from "#platform/observability/gen-ai-attributes.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { decide } from "#domains/llm/policy/policy.ts";
import type { PolicyCategory } from "#domains/llm/policy/policy-signals.ts";
import type { LlmCall } from "./call.ts";
import type { CallRecord } from "./call-record.ts";

/** What a question is refused for, with the error that says so. */
export interface HarmRefusal {
  category: PolicyCategory;
  error: AppError;
}

/** Step 2, of the question: throws SAFETY_BLOCKED where it asks for harm, noted with its category. */
export function requireHarmless({ question, earlier }: Pick<LlmCall, "question" | "earlier">, record: CallRecord): void {
  if (question === undefined) return;
  const span = record.span.child("policy", { [langfuse.type]: "guardrail" });
  const refusal = harmIn(question, earlier);
  span.set({ [tieline.outcome]: refusal ? "blocked" : "allowed", [tieline.policyCategory]: refusal?.category });
  span.end();
  if (!refusal) return;
  record.policyCategory = refusal.category;
  throw refusal.error;
}

/** Whether a person's words ask for harm; null when they don't. Passages and data are not read: they are not what is asked. */
export function harmIn(question: string, earlier: readonly string[] = []): HarmRefusal | null {
  const decision = decide(question, { earlier });
  metrics().policyDecisions.inc({ verdict: decision.verdict, category: decision.verdict === "block" ? decision.category : "none" });
  if (decision.verdict === "allow") return null;
  return { category: decision.category, error: new AppError("SAFETY_BLOCKED", { detail: decision.detail }) };
}
