"use client";

import { useRef, useState, type SubmitEvent } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import { fieldProblem, isCheckable } from "#ui/field-problem.ts";

/** What a form is doing, and what was wrong when it was last sent. */
export interface Submission {
  pending: boolean;
  /** Why it was refused, when that isn't the fault of one field. */
  problem: Problem | null;
  /** What is wrong with a field, by its name. */
  errorOf: (name: string) => string | undefined;
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
}

/**
 * Sends a form once at a time: what the browser finds wrong with a field, and what the server says about one, is shown at
 * that field, and the first of them gets focus. `send` throws what its request throws; it answers "leaving" when the
 * browser is on its way to another page, so that the form stays closed until then.
 */
export function useSubmit(send: (values: FormData, form: HTMLFormElement) => Promise<"leaving" | undefined>): Submission {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  // State is too slow to stop the second press of a double one.
  const sending = useRef(false);

  function refuse(form: HTMLFormElement, wrong: ReadonlyMap<string, string>) {
    setErrors(wrong);
    controlsOf(form).find(({ name }) => wrong.has(name))?.focus();
  }

  async function submit(form: HTMLFormElement) {
    setProblem(null);
    const wrong = new Map(controlsOf(form).flatMap((control) => (control.validity.valid ? [] : [[control.name, fieldProblem(control)] as const])));
    refuse(form, wrong);
    if (wrong.size > 0) return;
    sending.current = true;
    setPending(true);
    let left: "leaving" | undefined;
    try {
      left = await send(new FormData(form), form);
    } catch (error) {
      const refused = problemOf(error);
      const names = new Set(controlsOf(form).map(({ name }) => name));
      const ofFields = new Map(refused.errors?.filter(({ path }) => names.has(path)).map(({ path, message }) => [path, message]));
      refuse(form, ofFields);
      if (ofFields.size === 0) setProblem(refused);
    } finally {
      if (left !== "leaving") {
        sending.current = false;
        setPending(false);
      }
    }
  }

  return {
    pending,
    problem,
    errorOf: (name) => errors.get(name),
    onSubmit(event) {
      event.preventDefault();
      if (!sending.current) void submit(event.currentTarget);
    },
  };
}

function controlsOf(form: HTMLFormElement) {
  return [...form.elements].filter(isCheckable);
}
