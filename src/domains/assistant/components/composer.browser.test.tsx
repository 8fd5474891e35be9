import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { Composer } from "#domains/assistant/components/composer.tsx";

const field = page.getByRole("textbox", { name: "Question" });
const button = (name: string) => page.getByRole("button", { name });

async function renderComposer({ running = false, maxLength = 100 } = {}) {
  const onAsk = vi.fn();
  const onStop = vi.fn();
  await render(<Composer placeholder="Ask about the grid" maxLength={maxLength} running={running} onAsk={onAsk} onStop={onStop} />);
  return { onAsk, onStop };
}

test("Enter asks the question without the space around it, and empties the field", async () => {
  const { onAsk } = await renderComposer();
  await field.fill("  What is a ramp? ");
  await userEvent.keyboard("{Enter}");
  expect(onAsk.mock.calls).toEqual([["What is a ramp?"]]);
  await expect.element(field).toHaveValue("");
});

test("the button asks too", async () => {
  const { onAsk } = await renderComposer();
  await field.fill("What is a ramp?");
  await button("Ask").click();
  expect(onAsk.mock.calls).toEqual([["What is a ramp?"]]);
});

test("Shift and Enter start a new line, for which the field grows, up to its limit", async () => {
  const { onAsk } = await renderComposer();
  const height = () => field.element().getBoundingClientRect().height;
  const one = height();
  await userEvent.type(field, "first{Shift>}{Enter}{/Shift}second{Shift>}{Enter}{/Shift}third");
  await expect.element(field).toHaveValue("first\nsecond\nthird");
  expect(height()).toBeGreaterThan(one);
  expect(onAsk).not.toHaveBeenCalled();
  await field.fill("line\n".repeat(18));
  expect(height()).toBeLessThanOrEqual(168);
  await userEvent.keyboard("{Enter}");
  await expect.poll(height).toBe(one);
});

test.each([["an empty field", ""], ["space alone", "   "]])("%s asks nothing", async (_name, text) => {
  const { onAsk } = await renderComposer();
  await field.fill(text);
  await userEvent.keyboard("{Enter}");
  await button("Ask").click();
  expect(onAsk).not.toHaveBeenCalled();
});

test.each([
  ["by its flag", { isComposing: true }],
  ["by its key code, as Safari does", { keyCode: 229 }],
])("Enter that confirms a word of an input method (%s) doesn't ask", async (_name, sign) => {
  const { onAsk } = await renderComposer();
  await field.fill("需求");
  field.element().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...sign }));
  expect(onAsk).not.toHaveBeenCalled();
  await expect.element(field).toHaveValue("需求");
});

test("close to the limit, the room left is told", async () => {
  await renderComposer();
  await field.fill("x".repeat(90));
  await expect.element(page.getByRole("status")).not.toBeInTheDocument();
  await field.fill("x".repeat(91));
  await expect.element(page.getByRole("status")).toHaveTextContent("91 of 100");
});

test("beyond the limit, nothing is cut and nothing sent, and the field says why", async () => {
  const { onAsk } = await renderComposer();
  await field.fill("x".repeat(103));
  await expect.element(page.getByRole("status")).toHaveTextContent("3 characters too many");
  await expect.element(field).toHaveAttribute("aria-invalid", "true");
  await expect.element(field).toHaveAccessibleDescription(/3 characters too many/);
  await expect.element(button("Ask")).toBeDisabled();
  await userEvent.keyboard("{Enter}");
  expect(onAsk).not.toHaveBeenCalled();
  await expect.element(field).toHaveValue("x".repeat(103));
});

test("while an answer is written, Stop stands in the place of Ask, and Enter keeps the text", async () => {
  const { onAsk, onStop } = await renderComposer({ running: true });
  await field.fill("The next question");
  await userEvent.keyboard("{Enter}");
  expect(onAsk).not.toHaveBeenCalled();
  await expect.element(field).toHaveValue("The next question");
  await expect.element(button("Ask")).not.toBeInTheDocument();
  await button("Stop").click();
  expect(onStop).toHaveBeenCalledTimes(1);
});
