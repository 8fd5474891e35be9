import { expect, test } from "vitest";
import { makePassword, passwordWeakness } from "./admin-password.ts";

const email = "ana.roy@example.com";

test.each(["three unrelated words", "Ro4d-Kelp-Zinc-Lute", "ünïcödé påsswörter", "correct horse battery stapler", "1f0bC9e2-77aa"])("%j will do", (password) => {
  expect(passwordWeakness(password, email)).toBeNull();
});

test.each([
  ["", /12 characters/], ["elevenchars", /12 characters/], ["🦆🦆🦆🦆🦆🦆🦆🦆", /12 characters/], ["x".repeat(201), /200/],
  ["ANA.ROY@example.com", /e-mail/], ["ana.roy and more", /e-mail/], ["aaaaaaaaaaaaaaaa", /different/], ["abababababab", /different/],
  ["Password1234!", /well known/], ["passwordpassword", /well known/], ["123456789012", /well known|different/], ["abcdefghijklm", /well known/], ["Administrator1", /well known/], ["correct horse battery staple", /well known/],
])("%j is refused", (password, why) => {
  expect(passwordWeakness(password, email)).toMatch(why);
});

test("a password that is made is different each time, and would be accepted", () => {
  const made = Array.from({ length: 500 }, makePassword);
  expect(new Set(made).size).toBe(500);
  for (const password of made) expect([password, passwordWeakness(password, email)]).toEqual([expect.stringMatching(/^(\w{4}-){4}\w{4}$/), null]);
});
