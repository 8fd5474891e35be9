"use client";

import { useState } from "react";
import type { Budget } from "#domains/llm/index.ts";
import { formatUsd } from "#lib/format-usd.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Input } from "#ui/input.tsx";
import { budgetName } from "#app/admin/(console)/llm/budgets/budget-words.ts";
import { ProblemNotice } from "#app/admin/problem-notice.tsx";
import { useAction } from "#app/admin/use-action.ts";

/** Sets a budget's limit, switches it, or deletes it. */
export function BudgetForm({ budget }: { budget: Budget }) {
  const change = useAction();
  const removal = useAction();
  const [typed, setTyped] = useState<string>();
  const [done, setDone] = useState("");
  const [asked, setAsked] = useState(false);
  const name = budgetName(budget);
  const limit = typed ?? budget.limitUsd;
  const wrong = !/^\d{1,9}(\.\d{1,6})?$/.test(limit);

  async function put(enabled: boolean) {
    setDone("");
    const body = { version: budget.version, limitUsd: limit, enabled };
    if (!(await change.run(() => api.PATCH("/api/admin/llm/budgets/{id}", { params: { path: { id: budget.id } }, body })))) return;
    setTyped(undefined);
    setDone(enabled ? `The limit is ${formatUsd(limit)}.` : "It is off and refuses nobody.");
  }

  function reread() {
    change.reread();
    setDone("It was read again. What you typed is still in the field: save it, or write what stands above.");
  }

  async function remove() {
    const params = { path: { id: budget.id }, query: { version: budget.version } };
    if (await removal.run(() => api.DELETE("/api/admin/llm/budgets/{id}", { params }))) setAsked(false);
  }

  return (
    <>
      <form
        className="mt-3 grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!wrong) void put(true);
        }}
      >
        <div className="flex flex-wrap items-end gap-2">
          <label className="grid gap-1 text-13 text-muted *:text-text">
            Limit in US$
            <Input
              inputMode="decimal"
              value={limit}
              onChange={(event) => setTyped(event.target.value.trim())}
              aria-invalid={wrong || undefined}
              aria-describedby={wrong ? `${budget.id}-limit` : undefined}
              className="max-w-32"
            />
          </label>
          <Button type="submit" aria-disabled={change.busy || wrong} aria-label={`${budget.enabled ? "Save the limit" : "Switch on"}: ${name}`}>
            {budget.enabled ? "Save the limit" : "Switch on"}
          </Button>
          {budget.enabled && (
            <Button aria-disabled={change.busy || wrong} onClick={() => void (wrong || put(false))} aria-label={`Switch off: ${name}`}>
              Switch off
            </Button>
          )}
          <Button onClick={() => setAsked(true)} aria-label={`Delete: ${name}`}>
            Delete
          </Button>
        </div>
        {wrong && (
          <p id={`${budget.id}-limit`} className="text-13 text-bad">
            Write an amount such as 25 or 0.50.
          </p>
        )}
        <p role="status" className="text-13 text-muted empty:hidden">
          {done}
        </p>
        <ProblemNotice title="The budget was not changed" problem={change.problem} onReread={reread} />
      </form>
      <ConfirmDialog
        open={asked}
        title={`Delete the budget “${name}”?`}
        confirm="Delete"
        busy={removal.busy}
        problem={removal.problem}
        onConfirm={() => void remove()}
        onClose={() => {
          setAsked(false);
          if (removal.problem) removal.reread();
        }}
      >
        What it has counted goes with it. A new one like it begins with what the ledger has of its running {budget.period}.
      </ConfirmDialog>
    </>
  );
}
