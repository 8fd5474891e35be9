import type { AppError } from "#lib/errors.ts";
import type { LlmCall } from "./call.ts";
import { CallRecord } from "./call-record.ts";
import { harmIn } from "./require-harmless.ts";

/** A question before it is known whether a model is asked at all. */
export type Question = Pick<LlmCall, "endpoint" | "prompt" | "principal" | "address" | "signal" | "span" | "earlier"> & { question: string };

/**
 * Judges a question that may be answered without a model, too. Answers the SAFETY_BLOCKED that it is to be refused with, which then is in
 * the books; null for what may be asked: a call of it is `judged`.
 */
export async function refuseHarm({ question, earlier, ...call }: Question): Promise<AppError | null> {
  const refusal = harmIn(question, earlier, call.span);
  if (!refusal) return null;
  const record = new CallRecord(call);
  record.policyCategory = refusal.category;
  record.failed(refusal.error);
  await record.close();
  return refusal.error;
}
