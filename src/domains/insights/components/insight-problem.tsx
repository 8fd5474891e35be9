import type { Problem } from "#lib/problem.ts";
import { Button } from "#ui/button.tsx";
import { RetryTime } from "#ui/retry-time.tsx";
import { StateMessage } from "#ui/state-message.tsx";

interface InsightProblemProps {
  problem: Problem;
  onRetry: () => void;
  /** Asks for what is computed alone, without the question. */
  onCompute: () => void;
}

/** Why there is no answer, and what to do: what a model may not be asked or given is still computed. */
export function InsightProblem({ problem, onRetry, onCompute }: InsightProblemProps) {
  const { status, code, title, detail, requestId } = problem;
  if (status === 404) return <StateMessage kind="empty" title="No values in this range">{detail}</StateMessage>;
  const isRefused = code === "SAFETY_BLOCKED" || code === "CONSENT_REQUIRED";
  return (
    <StateMessage
      kind={isRefused ? "forbidden" : "error"}
      title={title}
      requestId={requestId}
      action={isRefused ? <Button onClick={onCompute}>Show what is computed</Button> : status === 400 ? undefined : <Button onClick={onRetry}>Try again</Button>}
    >
      {detail ?? "This chart couldn’t be explained. The chart itself isn’t affected."}
      <RetryTime problem={problem} />
    </StateMessage>
  );
}
