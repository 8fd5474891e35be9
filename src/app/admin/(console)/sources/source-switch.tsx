"use client";

import { useState } from "react";
import type { SwitchedSource } from "#domains/grid/index.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { ProblemNotice } from "#app/admin/problem-notice.tsx";
import { useAction } from "#app/admin/use-action.ts";

type Shown = Pick<SwitchedSource, "id" | "name" | "enabled" | "switchedBy" | "obstacle">;

/** Switches a source on, off or back to its own check, and asks for a run. */
export function SourceSwitch({ source: { id, name, enabled, switchedBy, obstacle } }: { source: Shown }) {
  const { busy, problem, run } = useAction();
  const [done, setDone] = useState("");
  const params = { path: { id } };

  async function act(sentence: string, work: () => Promise<unknown>) {
    setDone("");
    if (await run(work)) setDone(sentence);
  }
  const change = (to: boolean | null, sentence: string) => void act(sentence, () => api.PATCH("/api/admin/sources/{id}", { params, body: { enabled: to } }));

  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        {enabled ? (
          <Button aria-disabled={busy} onClick={() => change(false, "It is off.")} aria-label={`Switch off ${name}`}>
            Switch off
          </Button>
        ) : (
          <Button aria-disabled={busy} onClick={() => change(true, "It is on.")} aria-label={`Switch on ${name}`}>
            Switch on
          </Button>
        )}
        {switchedBy === "admin" && (
          <Button aria-disabled={busy} onClick={() => change(null, "Its own check decides again.")} aria-label={`Leave to its check: ${name}`}>
            Leave to its check
          </Button>
        )}
        {obstacle === null && (
          <Button
            aria-disabled={busy}
            onClick={() => void act("A run is waiting: reload the page in a moment.", () => api.POST("/api/admin/sources/{id}/run", { params }))}
            aria-label={`Run now: ${name}`}
          >
            Run now
          </Button>
        )}
      </div>
      <p role="status" className="text-13 text-muted empty:hidden">
        {done}
      </p>
      <ProblemNotice title={`${name} was left as it is`} problem={problem} />
    </div>
  );
}
