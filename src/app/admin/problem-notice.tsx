"use client";

import type { Problem } from "#lib/problem.ts";
import { pageHref } from "#lib/page-href.ts";
import { Button } from "#ui/button.tsx";
import { StateMessage } from "#ui/state-message.tsx";

/** Why something wasn't done; offers to log in again where that may help. */
export function ProblemNotice({ title, problem }: { title: string; problem: Problem | null | undefined }) {
  if (!problem) return null;
  const again = problem.code === "ADMIN_FORBIDDEN" || problem.code === "CSRF_FAILED";
  return (
    <StateMessage
      kind="error"
      title={title}
      requestId={problem.status >= 500 ? problem.requestId : undefined}
      action={again && <Button onClick={() => location.assign(pageHref("/admin/login", { next: location.pathname + location.search }))}>Log in again</Button>}
    >
      {problem.detail ?? problem.title}
    </StateMessage>
  );
}
