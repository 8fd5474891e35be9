"use client";

import { useState } from "react";
import type { LlmQuota } from "#domains/llm/index.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/input.tsx";
import { quotaWords } from "#app/admin/(console)/llm/budgets/budget-words.ts";
import { ProblemNotice } from "#app/admin/problem-notice.tsx";
import { useAction } from "#app/admin/use-action.ts";

/** Sets how many calls each caller of a kind may make in a day. */
export function QuotaForm({ quota: { kind, callsPerDay, version } }: { quota: LlmQuota }) {
  const { busy, problem, run, reread } = useAction();
  const [typed, setTyped] = useState<string>();
  const [done, setDone] = useState("");
  const value = typed ?? String(callsPerDay);
  const wrong = !/^\d{1,8}$/.test(value) || Number(value) > 10_000_000;

  async function save() {
    setDone("");
    if (!(await run(() => api.PATCH("/api/admin/llm/quotas/{kind}", { params: { path: { kind } }, body: { version, callsPerDay: Number(value) } })))) return;
    setTyped(undefined);
    setDone("Saved.");
  }

  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) void save();
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <label className="grid w-52 gap-1 text-13 text-muted *:text-text">
          {quotaWords[kind]}
          <Input inputMode="numeric" value={value} onChange={(event) => setTyped(event.target.value.trim())} aria-invalid={wrong || undefined} aria-describedby={wrong ? `quota-${kind}` : undefined} />
        </label>
        <Button type="submit" aria-disabled={busy || wrong} aria-label={`Save: ${quotaWords[kind]}`}>
          Save
        </Button>
        {typed !== undefined && typed !== String(callsPerDay) && <span className="text-13 text-muted">{`on record: ${callsPerDay}`}</span>}
        <span role="status" className="text-13 text-muted empty:hidden">
          {done}
        </span>
      </div>
      {wrong && (
        <p id={`quota-${kind}`} className="text-13 text-bad">
          Write a whole number up to 10 000 000.
        </p>
      )}
      <ProblemNotice title="The number was not changed" problem={problem} onReread={reread} />
    </form>
  );
}
