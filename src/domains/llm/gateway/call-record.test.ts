import { describe, expect, test } from "vitest";
import { AppError } from "#lib/errors.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { CallRecord } from "./call-record.ts";

function newRecord(): { record: CallRecord; caller: AbortController } {
  const caller = new AbortController();
  return { caller, record: new CallRecord({ endpoint: "ask", prompt: null, principal: anonymous, signal: caller.signal }) };
}

describe("CallRecord", () => {
  test("a call that nothing else has ended was left by its reader", () => {
    expect(newRecord().record).toMatchObject({ outcome: "aborted", errorCode: null });
  });

  test.each([
    ["stop", false, "ok", null],
    ["length", false, "ok", null],
    ["stop", true, "cached", null],
    ["unusable", false, "failed", "UNUSABLE_ANSWER"],
    ["unusable", true, "failed", "UNUSABLE_ANSWER"],
  ] as const)("an answer that ended with %s, kept before: %s, is %s", (finish, cached, outcome, errorCode) => {
    const { record } = newRecord();
    record.answered(finish, cached);
    expect(record).toMatchObject({ outcome, errorCode });
  });

  test.each([
    ["LLM_DISABLED", "disabled"],
    ["SAFETY_BLOCKED", "blocked"],
    ["CONSENT_REQUIRED", "consent_required"],
    ["RATE_LIMITED", "limited"],
    ["BUDGET_EXCEEDED", "over_budget"],
    ["UPSTREAM_UNAVAILABLE", "failed"],
    ["DATABASE_UNAVAILABLE", "failed"],
  ] as const)("%s ends it as %s", (code, outcome) => {
    const { record } = newRecord();
    record.failed(new AppError(code));
    expect(record).toMatchObject({ outcome, errorCode: code });
  });

  test("what nobody foresaw is INTERNAL; what comes of the caller's leaving is no error", () => {
    const { record, caller } = newRecord();
    record.failed(new TypeError("undefined is not a function"));
    expect(record).toMatchObject({ outcome: "failed", errorCode: "INTERNAL" });
    caller.abort();
    record.failed(new AppError("UPSTREAM_UNAVAILABLE"));
    expect(record).toMatchObject({ outcome: "aborted", errorCode: null });
  });

  test("the first text counts", async () => {
    const { record } = newRecord();
    record.sawText();
    const first = record.firstTokenMs;
    await new Promise((resolve) => setTimeout(resolve, 5));
    record.sawText();
    expect([first, record.firstTokenMs]).toEqual([expect.any(Number), first]);
  });
});
