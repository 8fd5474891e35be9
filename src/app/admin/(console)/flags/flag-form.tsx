"use client";

import { useRef, useState } from "react";
import type { FlagView } from "#platform/flags/schema.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/input.tsx";
import { flagState } from "#app/admin/(console)/flags/flag-state.ts";
import { ProblemNotice } from "#app/admin/problem-notice.tsx";
import { useAction } from "#app/admin/use-action.ts";

type State = Pick<FlagView, "enabled" | "rolloutPercent">;

/** Switches a flag for everybody, for a share, or off at once. */
export function FlagForm({ flag }: { flag: FlagView }) {
  const { busy, problem, run } = useAction();
  const [typed, setTyped] = useState<string>();
  const percent = typed ?? String(flag.rolloutPercent);
  const [done, setDone] = useState("");
  const submit = useRef<HTMLButtonElement>(null);
  const rolloutPercent = /^\d{1,3}$/.test(percent) && Number(percent) <= 100 ? Number(percent) : undefined;
  const off = flagState(flag) === "off";

  async function put(state: State) {
    setDone("");
    const put = () => api.PUT("/api/admin/flags/{key}", { params: { path: { key: flag.key } }, body: state });
    if (!(await run(put))) return;
    setTyped(undefined);
    // The button that switches off goes when it has done so.
    submit.current?.focus();
    setDone(`${flag.key} is ${flagState(state)}.`);
  }

  return (
    <form
      className="mt-3 grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (rolloutPercent !== undefined) void put({ enabled: true, rolloutPercent });
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <label className="grid gap-1 text-13 text-muted *:text-text">
          Share in %
          <Input
            inputMode="numeric"
            value={percent}
            onChange={(event) => setTyped(event.target.value.trim())}
            aria-invalid={rolloutPercent === undefined || undefined}
            aria-describedby={rolloutPercent === undefined ? `${flag.key}-share` : undefined}
            className="max-w-24"
          />
        </label>
        <Button ref={submit} type="submit" aria-disabled={busy || rolloutPercent === undefined} aria-label={off ? `Switch on ${flag.key}` : `Save the share of ${flag.key}`}>
          {off ? "Switch on" : "Save the share"}
        </Button>
        {!off && (
          <Button aria-disabled={busy} onClick={() => void put({ enabled: false, rolloutPercent: flag.rolloutPercent })} aria-label={`Switch ${flag.key} off now`}>
            Off now
          </Button>
        )}
      </div>
      {rolloutPercent === undefined && (
        <p id={`${flag.key}-share`} className="text-13 text-bad">
          Write a whole number from 0 to 100.
        </p>
      )}
      <p role="status" className="text-13 text-muted empty:hidden">
        {done}
      </p>
      <ProblemNotice title="The flag was not switched" problem={problem} />
    </form>
  );
}
