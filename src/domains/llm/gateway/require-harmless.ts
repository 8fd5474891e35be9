import { AppError } from "#lib/errors.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { decide } from "#domains/llm/policy/policy.ts";
import type { PolicyCategory } from "#domains/llm/policy/policy-signals.ts";

/** What a question is refused for, with the error that says so. */
export interface HarmRefusal {
  category: PolicyCategory;
  error: AppError;
}

/** Step 2: whether a person's words ask for harm; null when they don't. Passages and data are not read: they are not what is asked. */
export function harmIn(question: string, earlier: readonly string[] = []): HarmRefusal | null {
  const decision = decide(question, { earlier });
  metrics().policyDecisions.inc({ verdict: decision.verdict, category: decision.verdict === "block" ? decision.category : "none" });
  if (decision.verdict === "allow") return null;
  return { category: decision.category, error: new AppError("SAFETY_BLOCKED", { detail: decision.detail }) };
}
