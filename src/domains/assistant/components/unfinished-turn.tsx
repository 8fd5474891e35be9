import CircleStop from "lucide-react/icons/circle-stop";
import { formatQuantity } from "#lib/format-number.ts";
import { Button } from "#ui/button.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { RetryTime } from "#ui/retry-time.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { keptText, settledText } from "#domains/assistant/components/answer-blocks.ts";
import { AnswerText } from "#domains/assistant/components/answer-text.tsx";
import type { TurnState } from "#domains/assistant/components/conversation.ts";
import { StatusLine } from "#domains/assistant/components/mode-line.tsx";

interface UnfinishedTurnProps {
  turnId: string;
  state: Exclude<TurnState, { phase: "answered" }>;
  onRetry: () => void;
}

/** A question whose answer is on its way, or didn't get to its end. */
export function UnfinishedTurn({ turnId, state, onRetry }: UnfinishedTurnProps) {
  switch (state.phase) {
    case "searching":
      return (
        <>
          <Lines />
          <StatusLine>Searching the sources</StatusLine>
        </>
      );
    case "writing":
      return (
        <>
          <AnswerText turnId={turnId} text={settledText(state.text)} />
          <Lines short={state.text !== ""} />
          <StatusLine>{formatQuantity(state.passages, "passage")} found, writing</StatusLine>
        </>
      );
    case "stopped":
      return (
        <>
          <AnswerText turnId={turnId} text={keptText(state.text)} />
          <StatusLine icon={<CircleStop />} actions={<Button onClick={onRetry}>Ask again</Button>}>
            {state.text ? "Stopped. What was written until then is kept." : "Stopped before an answer came."}
          </StatusLine>
        </>
      );
    case "failed":
      return (
        <div className="grid gap-3">
          {state.text && <AnswerText turnId={turnId} text={keptText(state.text)} />}
          <StateMessage
            kind="error"
            title={state.problem.title}
            requestId={state.problem.requestId}
            action={<Button onClick={onRetry}>Try again</Button>}
          >
            {state.problem.detail}
            <RetryTime problem={state.problem} />
          </StateMessage>
        </div>
      );
  }
}

/** Two or three lines in the place where text will stand. */
function Lines({ short = false }: { short?: boolean }) {
  return (
    <div className="grid gap-3.5 py-1.5">
      {!short && <Skeleton className="w-full" />}
      <Skeleton className="w-[86%]" />
      <Skeleton className="w-[52%]" />
    </div>
  );
}
