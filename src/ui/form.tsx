"use client";

import { useSyncExternalStore, type ComponentProps, type ReactNode } from "react";
import { Button } from "#ui/button.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { cx } from "#ui/class-names.ts";
import type { Submission } from "#ui/use-submit.ts";

interface FormProps extends Omit<ComponentProps<"form">, "onSubmit" | "method" | "noValidate" | "action"> {
  submission: Submission;
  /** Says what didn't happen when the whole form is refused, such as "You weren’t signed in". */
  refused: string;
  /** What helps when it is. */
  action?: ReactNode;
}

/** A form with its fields one below the other; what it is refused for as a whole stands at the end. */
export function Form({ submission, refused, action, className, children, ...props }: FormProps) {
  const { problem, onSubmit } = submission;
  return (
    // Were it sent without script, a method of GET would put its values into the address.
    <form {...props} method="post" noValidate onSubmit={onSubmit} className={cx("grid gap-4", className)}>
      {children}
      {problem && (
        <StateMessage kind="error" title={refused} requestId={problem.requestId} action={action}>
          {problem.detail ?? problem.title}
        </StateMessage>
      )}
    </form>
  );
}

interface SubmitButtonProps extends Omit<ComponentProps<"button">, "type" | "disabled"> {
  submission: Submission;
  /** Stands in the button while the form is sent, such as "Saving". */
  working: ReactNode;
  kind?: "default" | "primary" | "danger";
}

/** Sends its form. Closed until the page can, and while it does; it keeps its width and focus. */
export function SubmitButton({ submission: { pending }, working, kind = "primary", children, ...props }: SubmitButtonProps) {
  const ready = useSyncExternalStore(never, () => true, () => false);
  return (
    <Button {...props} type="submit" kind={kind} disabled={!ready} aria-disabled={pending || undefined}>
      <span className="grid justify-items-center *:col-start-1 *:row-start-1">
        <span aria-hidden={pending || undefined} className={pending ? "invisible" : undefined}>{children}</span>
        {pending && <span>{working}</span>}
      </span>
    </Button>
  );
}

const never = () => () => undefined;
