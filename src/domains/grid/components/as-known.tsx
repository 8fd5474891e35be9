"use client";

import History from "lucide-react/icons/history";
import { useId, useState, type SubmitEvent } from "react";
import { momentOf, wallOf } from "#domains/grid/pages/filters.ts";
import type { PageZone } from "#domains/grid/pages/page-zones.ts";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/input.tsx";

interface AsKnownProps {
  zone: PageZone;
  asOf: string | null;
  now: number | null;
  change: (asOf: string | null) => void;
  open: boolean;
  setOpen: (open: boolean) => void;
  /** Of the form below. */
  formId: string;
}

/** Opens the choice of the instant whose knowledge is shown: later revisions are left out. */
export function AsKnownButton({ asOf, open, setOpen, formId }: Pick<AsKnownProps, "asOf" | "open" | "setOpen" | "formId">) {
  return (
    <Button className="max-sm:w-full" aria-expanded={open} aria-controls={open ? formId : undefined} onClick={() => setOpen(!open)}>
      <History aria-hidden /> {asOf === null ? "As known: now" : "As known: earlier"}
    </Button>
  );
}

/** The instant, on the page's clocks. */
export function AsKnownForm({ zone, asOf, now, change, setOpen, formId }: Omit<AsKnownProps, "open">) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get("at");
    const moment = momentOf(typeof text === "string" ? text.slice(0, 16) : "", zone.minutes);
    const wrong = moment === null ? "Choose a day and a time." : Date.parse(moment) > Date.now() ? "Choose a time that has passed: what will be known later can’t be shown." : null;
    setProblem(wrong);
    if (moment === null || wrong !== null) return event.currentTarget.querySelector<HTMLInputElement>("[name=at]")?.focus();
    setOpen(false);
    change(moment);
  }
  return (
    <form id={formId} noValidate onSubmit={submit} aria-label="As known at" className="flex w-full flex-wrap items-end gap-2">
      <label className="grid gap-1 text-13 text-muted">
        As it was known at, {zone.label}
        <Input
          type="datetime-local" name="at" required defaultValue={asOf !== null ? wallOf(asOf, zone.minutes) : ""} max={now === null ? undefined : wallOf(new Date(now).toISOString(), zone.minutes)}
          aria-invalid={problem !== null || undefined} aria-describedby={problem === null ? undefined : `${id}-problem`} className="text-text"
        />
      </label>
      <Button type="submit">Show</Button>
      {asOf !== null && <Button onClick={() => (setOpen(false), change(null))}>Back to now</Button>}
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className="w-full text-13 text-bad">
          {problem}
        </p>
      )}
    </form>
  );
}
