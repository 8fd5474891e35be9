"use client";

import type { Problem } from "#lib/problem.ts";
import { pageHref } from "#lib/page-href.ts";
import { Button } from "#ui/button.tsx";
import { StateMessage } from "#ui/state-message.tsx";

interface ProblemNoticeProps {
  title: string;
  problem: Problem | null | undefined;
  /** Shows what somebody else has changed meanwhile, without losing what is typed. */
  onReread?: () => void;
}

/** Why something wasn't done; offers to log in again, or to read again what was changed meanwhile, where that may help. */
export function ProblemNotice({ title, problem, onReread }: ProblemNoticeProps) {
  if (!problem) return null;
  const again = problem.code === "ADMIN_FORBIDDEN" || problem.code === "CSRF_FAILED";
  return (
    <StateMessage
      kind="error"
      title={title}
      requestId={problem.status >= 500 ? problem.requestId : undefined}
      action={
        again ? (
          <Button onClick={() => location.assign(pageHref("/admin/login", { next: location.pathname + location.search }))}>Log in again</Button>
        ) : (
          problem.code === "CONFLICT" && onReread && <Button onClick={onReread}>Read it again</Button>
        )
      }
    >
      {problem.detail ?? problem.title}
    </StateMessage>
  );
}
