import { describe, expect, test } from "vitest";
import { metrics } from "#platform/observability/metrics.ts";
import { redactCall, redactTexts } from "./redact-call.ts";

const question = "Who is ana@example.com?";
const passages = [{ text: "Write to ana@example.com or bob@example.com." }];

async function counted(): Promise<number> {
  return (await metrics().redactions.get()).values.find(({ labels }) => labels.kind === "email")?.value ?? 0;
}

describe("redactCall", () => {
  test("question and passages share placeholders, and stay JSON", () => {
    const { input, summary, session } = redactCall({ input: { question, passages } });
    const [ana, bob] = [`[EMAIL-${session.tag}-1]`, `[EMAIL-${session.tag}-2]`];
    expect(JSON.parse(input)).toEqual({ question: `Who is ${ana}?`, passages: [{ text: `Write to ${ana} or ${bob}.` }] });
    expect(summary).toEqual({ email: 3 });
    expect(session.restore(`${ana} and ${bob}`)).toBe("ana@example.com and bob@example.com");
  });

  test("under the tag of an equal call it has that call's placeholders; another call has others", () => {
    const first = redactCall({ input: { question } });
    expect(redactCall({ input: { question } }, first.session.tag).input).toBe(first.input);
    expect(redactCall({ input: { question } }).input).not.toBe(first.input);
  });

  test("what is redacted for a kept answer has been counted before", async () => {
    const before = await counted();
    const { session } = redactCall({ input: { question } });
    redactCall({ input: { question } }, session.tag);
    expect(await counted()).toBe(before + 1);
  });
});

test("redactTexts sums what it found in all texts", () => {
  expect(redactTexts([question, "bob@example.com, 416-555-0182", "none"]).summary).toEqual({ email: 2, phone: 1 });
});
