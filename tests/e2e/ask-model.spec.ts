import { expect, testWithModel as test } from "./app.ts";

const ask = (question: string) => `/ask?q=${encodeURIComponent(question)}`;

test("writes the answer as it comes, cites only what it was given and says what it cost", async ({ page }) => {
  // No other test asks this: an answer from the cache costs nothing.
  await page.goto(ask("What does hour ending mean?"));
  await expect(page.getByText("It runs from 1 to 24").first()).toBeVisible();
  await expect(page.getByText(/Written by fake-model-2026-01-01 from 1 passage · .* · 366 tokens/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Source 1:/ })).toHaveCount(3);
  await expect(page.getByRole("button", { name: /^Source 9/ })).toHaveCount(0);
});

test("stops when told to, and keeps what was written", async ({ page }) => {
  await page.goto(ask("What is hour ending, slowly?"));
  await expect(page.getByText("word5").first()).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("Stopped. What was written until then is kept.")).toBeVisible();
  await expect(page.getByText("word5").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Question" }).fill("What is hour ending?");
  await page.keyboard.press("Enter");
  await expect(page.getByText("It runs from 1 to 24").first()).toBeVisible();
});

test("marks an answer that broke off", async ({ page }) => {
  await page.goto(ask("What does hour ending break?"));
  await expect(page.getByText("Hour ending names an hour by its end").first()).toBeVisible();
  await expect(page.getByText(/broke off|not complete|incomplete|partial/i).first()).toBeVisible();
});

test("says what happened when the model doesn't answer, and stays usable", async ({ page }) => {
  await page.goto(ask("What is hour ending, or do you refuse?"));
  await expect(page.getByText("The model didn't answer. Try again in a moment.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await page.getByRole("textbox", { name: "Question" }).fill("What is hour ending?");
  await page.keyboard.press("Enter");
  await expect(page.getByText("It runs from 1 to 24").first()).toBeVisible();
});
