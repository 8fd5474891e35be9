import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { AddBudget } from "#app/admin/(console)/llm/budgets/add-budget.tsx";
import { BudgetForm } from "#app/admin/(console)/llm/budgets/budget-form.tsx";
import { QuotaForm } from "#app/admin/(console)/llm/budgets/quota-form.tsx";
import { providerNames, type Budget, type LlmQuota } from "#domains/llm/index.ts";
import { problem, serveApi } from "../../../../../../tests/support/fake-api.ts";

const id = "0197a000-0000-7000-8000-000000000001";
const budget: Budget = { id, organisation: null, provider: "openai", period: "month", limitUsd: "25", enabled: true, version: 3, updatedAt: "2026-11-21T00:00:00.000Z", spentUsd: "1", reservedUsd: "0" };
const quota: LlmQuota = { kind: "anonymous", callsPerDay: 300, version: 2, updatedAt: "2026-11-21T00:00:00.000Z" };
const path = `/api/admin/llm/budgets/${id}`;
const limit = page.getByLabelText("Limit in US$");
const button = (name: RegExp) => page.getByRole("button", { name });

test("a limit is sent with the version that was read, and said; a wrong one says how to write it and isn't sent", async () => {
  const requests = serveApi({ [`PATCH ${path}`]: () => Response.json({}) });
  await render(<BudgetForm budget={budget} />);
  await limit.fill("2,5");
  await expect.element(limit).toHaveAccessibleDescription("Write an amount such as 25 or 0.50.");
  await button(/^Save the limit/).click({ force: true });
  expect(requests).toEqual([]);
  await limit.fill("40.5");
  await button(/^Save the limit/).click();
  await expect.element(page.getByRole("status")).toMatchTextContent(/The limit is .*40\.50/);
  expect(await requests[0]?.json()).toEqual({ version: 3, limitUsd: "40.5", enabled: true });
});

test("what somebody else has changed meanwhile is said, what was typed stays, and goes with the version that is read then", async () => {
  const answers = [problem(409, "CONFLICT", "Conflict", "Somebody else changed this meanwhile."), Response.json({})];
  const requests = serveApi({ [`PATCH ${path}`]: () => answers.shift() ?? Response.error() });
  const { rerender } = await render(<BudgetForm budget={budget} />);
  await limit.fill("40");
  await button(/^Save the limit/).click();
  await expect.element(page.getByText("Somebody else changed this meanwhile.")).toBeVisible();
  await button(/^Read it again$/).click();
  await rerender(<BudgetForm budget={{ ...budget, limitUsd: "30", version: 4 }} />);
  await expect.element(page.getByRole("status")).toMatchTextContent(/^It was read again\./);
  await expect.element(limit).toHaveValue("40");
  await button(/^Save the limit/).click();
  await expect.element(page.getByRole("status")).toMatchTextContent(/The limit is .*40/);
  expect(await requests[1]?.json()).toEqual({ version: 4, limitUsd: "40", enabled: true });
});

test("deleting names the budget and asks first", async () => {
  const requests = serveApi({ [`DELETE ${path}`]: () => new Response(null, { status: 204 }) });
  await render(<BudgetForm budget={budget} />);
  await button(/^Delete: /).click();
  const dialog = page.getByRole("dialog");
  await expect.element(dialog).toMatchTextContent(/Delete the budget “.*OpenAI.*”\?/);
  expect(requests).toEqual([]);
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect.poll(() => requests.map(({ url }) => new URL(url).search)).toEqual(["?version=3"]);
});

test("a quota is a whole number", async () => {
  const requests = serveApi({ "PATCH /api/admin/llm/quotas/anonymous": () => Response.json({}) });
  await render(<QuotaForm quota={quota} />);
  const calls = page.getByRole("textbox");
  await calls.fill("12.5");
  await expect.element(calls).toHaveAccessibleDescription("Write a whole number up to 10 000 000.");
  await button(/^Save/).click({ force: true });
  expect(requests).toEqual([]);
  await calls.fill("0");
  await button(/^Save/).click();
  await expect.element(page.getByRole("status")).toMatchTextContent("Saved.");
  expect(await requests[0]?.json()).toEqual({ version: 2, callsPerDay: 0 });
});

test("a budget that the server refuses keeps the dialog open, with the reason at its field", async () => {
  const requests = serveApi({
    "POST /api/admin/llm/budgets": () => Response.json(
      { type: "about:blank", title: "Invalid request", status: 400, code: "INVALID_REQUEST", detail: "Some values can't be used.", requestId: "r", errors: [{ path: "limitUsd", message: "Write an amount in US dollars such as 25 or 0.50." }] },
      { status: 400, headers: { "content-type": "application/problem+json" } },
    ),
  });
  await render(<AddBudget providers={providerNames} />);
  await button(/^Add a budget$/).click();
  await limit.fill("much");
  await button(/^Add$/).click();
  await expect.element(limit).toHaveAccessibleDescription(/such as 25 or 0\.50/);
  expect(await requests[0]?.json()).toEqual({ organisationId: null, provider: null, period: "month", limitUsd: "much" });
});
