import { describe, expect, test } from "vitest";
import { anonymous, system, type Principal } from "#platform/auth/principal.ts";
import { answerKey, createAnswerCache, type KnownAnswer } from "./answer-cache.ts";

const member = (tenantId: string, userId = "u"): Principal => ({ kind: "member", tenantId, userId, role: "owner" });
const answer = (text: string): KnownAnswer => ({
  version: "1:1", mode: "keyword", passages: 1,
  draft: { answer: text, mode: "extractive", partial: false, citations: [], nearest: [], model: null, usage: null, callId: null },
});

describe("answerKey", () => {
  const base = answerKey(anonymous, "What is ramp?", undefined, null, 6);

  test.each([
    ["case, white space and a question mark", answerKey(anonymous, " what  IS ramp", undefined, null, 6)],
    ["a scope that restricts nothing", answerKey(anonymous, "What is ramp?", {}, null, 6)],
  ])("is the same but for %s", (_, key) => {
    expect(key).toBe(base);
  });

  test.each([
    ["question", answerKey(anonymous, "What is a ramp?", undefined, null, 6)],
    ["tenant", answerKey(member("a"), "What is ramp?", undefined, null, 6)],
    ["kind of reader", answerKey(system("x"), "What is ramp?", undefined, null, 6)],
    ["scope", answerKey(anonymous, "What is ramp?", { sources: ["help"] }, null, 6)],
    ["model", answerKey(anonymous, "What is ramp?", undefined, "gpt", 6)],
    ["number of passages", answerKey(anonymous, "What is ramp?", undefined, null, 8)],
  ])("differs by %s", (_, key) => {
    expect(key).not.toBe(base);
  });

  test("is one for all members of a tenant, and another for the next tenant", () => {
    const keys = [member("a", "u"), member("a", "v"), member("b", "u")].map((principal) => answerKey(principal, "q", undefined, null, 6));
    expect(keys[0]).toBe(keys[1]);
    expect(keys[0]).not.toBe(keys[2]);
  });

  test("holds no word of the question", () => {
    expect(answerKey(anonymous, "Is ana@example.com the operator?", undefined, null, 6)).not.toContain("ana");
  });

  test("doesn't care for the order of a scope's lists or the way a moment is written", () => {
    const one = answerKey(anonymous, "q", { tags: ["a", "b"], updatedFrom: "2026-01-01" }, null, 6);
    expect(answerKey(anonymous, "q", { tags: ["b", "a", "b"], updatedFrom: "2026-01-01T01:00:00+01:00" }, null, 6)).toBe(one);
  });
});

describe("createAnswerCache", () => {
  test("holds so many answers and drops the oldest", () => {
    const cache = createAnswerCache(2);
    for (const key of ["a", "b", "c"]) cache.set(key, answer(key));
    expect([...cache.keys()].sort()).toEqual(["b", "c"]);
  });

  test("holds so many bytes, and nothing that is larger than all of it", () => {
    const cache = createAnswerCache(100, 10_000);
    for (let i = 0; i < 10; i += 1) cache.set(String(i), answer("x".repeat(1_000)));
    expect(cache.size).toBe(3);
    cache.set("large", answer("x".repeat(6_000)));
    expect(cache.has("large")).toBe(false);
  });
});
