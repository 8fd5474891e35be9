import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { pending, problem, serveApi } from "../../../../tests/support/fake-api.ts";
import { makeExplanation, makeWritten } from "../../../../tests/support/insights.ts";
import { visit } from "../../../../tests/support/next/navigation.ts";
import { InsightPanel } from "./insight-panel.tsx";

const selection = { region: "CA-ON", metric: "demand", from: "2026-11-20", to: "2026-11-21", tz: "Etc/GMT+5", resolution: "hour" } as const;
const explain = "POST /api/llm/explain-chart";
const panel = () => page.getByRole("dialog", { name: "Explain this chart" });
const show = () => render(<InsightPanel open onClose={() => undefined} selection={selection} />);
const field = () => panel().getByRole("textbox", { name: "Ask about this chart" });

beforeEach(() => visit("/grid/ontario"));
afterEach(() => vi.unstubAllGlobals());

test("says who wrote it, leads from a sentence to its numbers, and shows the computed sentences when asked", async () => {
  serveApi({ [explain]: () => Response.json(makeWritten()) });
  await show();
  await expect.element(panel().getByText("Demand peaked at 18 196 MW in the evening.")).toBeVisible();
  await expect.element(panel().getByText(/^Written by gpt-4\.1-mini from 1 computed number\./)).toBeVisible();
  await panel().getByRole("button", { name: "Number 1: Highest, 18 196 MW" }).click();
  await expect.element(panel().getByRole("rowheader", { name: "1 Highest" })).toHaveFocus();
  await panel().getByRole("button", { name: "Show computed sentences" }).click();
  await expect.element(panel().getByText("The highest value is 18 196 MW.")).toBeVisible();
});

test("keeps whether it helped, and takes it back when it can't be kept", async () => {
  const answers = [new Response(null, { status: 204 }), problem(404, "NOT_FOUND", "Not found", "There is no such call of yours.")];
  const requests = serveApi({ [explain]: () => Response.json(makeWritten()), "POST /api/llm/feedback": () => answers.shift() ?? Response.error() });
  await show();
  await panel().getByRole("button", { name: "Helpful", exact: true }).click();
  await expect.element(panel().getByText("Thanks")).toBeVisible();
  expect(await requests.at(-1)?.json()).toEqual({ callId: makeWritten().callId, helpful: true });
  await panel().getByRole("button", { name: "Not helpful" }).click();
  await expect.element(panel().getByText("There is no such call of yours.")).toBeVisible();
  await expect.element(panel().getByRole("button", { name: "Helpful", exact: true })).toHaveAttribute("aria-pressed", "true");
});

test("a question is sent by Enter and answered, and can be cleared again", async () => {
  const requests = serveApi({ [explain]: async (request) => Response.json(makeWritten({ statements: [{ text: (await request.clone().text()).includes("prompt") ? "In the evening." : "It peaked.", facts: ["highest"] }] })) });
  await show();
  await field().fill("  When was it highest? ");
  await userEvent.keyboard("{Enter}");
  await expect.element(panel().getByText("In the evening.")).toBeVisible();
  expect(await requests.at(-1)?.json()).toEqual({ ...selection, prompt: "When was it highest?" });
  await expect.element(panel().getByText("When was it highest?")).toBeVisible();
  await expect.element(field()).toHaveValue("  When was it highest? ");
  await panel().getByRole("button", { name: "Clear the question" }).click();
  await expect.element(panel().getByText("It peaked.")).toBeVisible();
});

test("where no model is, nothing can be asked", async () => {
  serveApi({ [explain]: () => Response.json(makeExplanation()) });
  await show();
  await expect.element(panel().getByText("The highest value is 18 196 MW.")).toBeVisible();
  expect(field().elements()).toEqual([]);
  expect(panel().getByRole("button", { name: "Helpful", exact: true }).elements()).toEqual([]);
});

test.each([
  ["UPSTREAM_UNAVAILABLE", null, "The model didn’t answer", true],
  ["UNUSABLE_ANSWER", null, "What the model wrote isn’t shown", true],
  ["BUDGET_EXCEEDED", 3_600, "The budget for language models is used up", false],
  ["BUDGET_EXCEEDED", 5, "The budget for language models is used up", true],
  ["RATE_LIMITED", 3_600, "The limit of model calls is reached", false],
  ["UNANSWERED", null, "No answer in these numbers", false],
] as const)("says why the computed sentences stand: %s, again in %s s", async (code, retryAfterSeconds, title, canRetry) => {
  const answers = [makeExplanation({ note: { code, text: "So it is.", retryAfterSeconds } }), makeWritten()];
  serveApi({ [explain]: () => Response.json(answers.shift()) });
  await show();
  await expect.element(panel().getByText(title)).toBeVisible();
  await expect.element(panel().getByText("The highest value is 18 196 MW.")).toBeVisible();
  await expect.element(field()).toBeVisible();
  if (!canRetry) return expect(panel().getByRole("button", { name: "Try again" }).elements()).toEqual([]);
  await panel().getByRole("button", { name: "Try again" }).click();
  await expect.element(panel().getByText("Demand peaked at 18 196 MW in the evening.")).toBeVisible();
});

test.each([
  [403, "SAFETY_BLOCKED", "The question was refused"],
  [451, "CONSENT_REQUIRED", "Consent is required"],
] as const)("a %d leads to what is computed, and from there back to the model", async (status, code, title) => {
  const requests = serveApi({ [explain]: async (request) => (await request.clone().text()).includes('"computed"') ? Response.json(makeExplanation()) : problem(status, code, title, "Leave it out.") });
  await show();
  await expect.element(panel().getByText(title)).toBeVisible();
  await panel().getByRole("button", { name: "Show what is computed" }).click();
  await expect.element(panel().getByText("The highest value is 18 196 MW.")).toBeVisible();
  expect(await requests.at(-1)?.json()).toEqual({ ...selection, mode: "computed" });
});

test.each([429, 503])("after a %d it is asked again", async (status) => {
  const answers = [problem(status, "RATE_LIMITED", "Too many requests", "Wait."), Response.json(makeWritten())];
  serveApi({ [explain]: () => answers.shift() ?? Response.error() });
  await show();
  await panel().getByRole("button", { name: "Try again" }).click();
  await expect.element(panel().getByText("Demand peaked at 18 196 MW in the evening.")).toBeVisible();
});

test("while a model writes for long, what is computed can be had; what isn't waited for is broken off", async () => {
  const requests = serveApi({ [explain]: async (request) => ((await request.clone().text()).includes('"computed"') ? Response.json(makeExplanation()) : pending().answering(request)) });
  const screen = await show();
  await panel().getByRole("button", { name: "Show what is computed" }).click();
  await expect.element(panel().getByText("The highest value is 18 196 MW.")).toBeVisible();
  expect(requests[0]?.signal.aborted).toBe(true);
  await screen.unmount();
  const again = await show();
  await expect.poll(() => requests.length).toBe(3);
  await again.unmount();
  expect(requests[2]?.signal.aborted).toBe(true);
});
