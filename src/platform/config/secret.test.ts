import { expect, test } from "vitest";
import { Secret } from "./secret.ts";

const random = "Vb7xUq0tWm3rKf9zLc2yHn5pJd8sGa1e";

test.each([
  [random, true],
  [random.slice(1), false],
  ["a".repeat(64), false],
  ["abababababababababababababababababab", false],
  ["please-change-me-please-change-me-now", false],
  ["your_secret_goes_here_and_is_long_enough", false],
  [`password${random}`, false],
  ["", false],
])("%j is a secret: %j", (text, expected) => {
  const { success, error } = Secret.safeParse(text);
  expect(success).toBe(expected);
  if (text) expect(error?.message ?? "").not.toContain(text);
});
