import ThumbsDown from "lucide-react/icons/thumbs-down";
import ThumbsUp from "lucide-react/icons/thumbs-up";
import { useState } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { StateMessage } from "#ui/state-message.tsx";

/** Whether what a model wrote helped: the last word counts. */
export function InsightFeedback({ callId }: { callId: string }) {
  const [helpful, setHelpful] = useState<boolean>();
  const [problem, setProblem] = useState<Problem>();

  async function rate(value: boolean) {
    const before = helpful;
    setProblem(undefined);
    setHelpful(value);
    try {
      await api.POST("/api/llm/feedback", { body: { callId, helpful: value } });
    } catch (error) {
      setHelpful(before);
      setProblem(problemOf(error));
    }
  }

  return (
    <>
      <span className="flex">
        <IconButton label="Helpful" aria-pressed={helpful === true} onClick={() => void rate(true)}>
          <ThumbsUp />
        </IconButton>
        <IconButton label="Not helpful" aria-pressed={helpful === false} onClick={() => void rate(false)}>
          <ThumbsDown />
        </IconButton>
      </span>
      <span role="status" className={helpful === undefined ? "sr-only" : "text-13 text-muted"}>{helpful !== undefined && !problem && "Thanks"}</span>
      {problem && (
        <div className="w-full">
          <StateMessage kind="error" title="The feedback wasn’t stored" requestId={problem.requestId}>
            {problem.detail ?? problem.title}
          </StateMessage>
        </div>
      )}
    </>
  );
}
