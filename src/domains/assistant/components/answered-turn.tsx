import { useState } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import { StateMessage } from "#ui/state-message.tsx";
import type { Answer } from "#domains/assistant/schema.ts";
import { sendAnswerFeedback } from "#domains/assistant/components/answer-feedback.ts";
import { AnswerText } from "#domains/assistant/components/answer-text.tsx";
import { CommentForm } from "#domains/assistant/components/comment-form.tsx";
import { setHelpful } from "#domains/assistant/components/conversation-store.ts";
import { CopyButtons } from "#domains/assistant/components/copy-buttons.tsx";
import { HelpfulButtons } from "#domains/assistant/components/helpful-buttons.tsx";
import { ModeLine } from "#domains/assistant/components/mode-line.tsx";
import { NearestList } from "#domains/assistant/components/nearest-list.tsx";
import { SourceList } from "#domains/assistant/components/source-list.tsx";

interface AnsweredTurnProps {
  turnId: string;
  answer: Answer;
  helpful: boolean | undefined;
}

export function AnsweredTurn({ turnId, answer, helpful }: AnsweredTurnProps) {
  const [thanks, setThanks] = useState<"none" | "ask" | "sending" | "sent">("none");
  const [problem, setProblem] = useState<Problem>();

  async function rate(value: boolean, comment?: string) {
    const before = helpful;
    setProblem(undefined);
    setHelpful(turnId, value);
    setThanks(comment ? "sending" : "ask");
    try {
      await sendAnswerFeedback({ answerId: answer.id, helpful: value, ...(comment && { comment }) });
      if (comment) setThanks("sent");
    } catch (error) {
      setHelpful(turnId, before);
      // What was written stays, to be sent again.
      setThanks(comment ? "ask" : "none");
      setProblem(problemOf(error));
    }
  }

  return (
    <>
      <AnswerText turnId={turnId} text={answer.answer} citations={answer.citations} />
      <ModeLine
        answer={answer}
        actions={
          <>
            <CopyButtons answer={answer} />
            <HelpfulButtons helpful={helpful} onRate={(value) => void rate(value)} />
          </>
        }
      />
      <div role="status">{thanks === "sent" && <p className="text-13 text-muted">Thanks for the comment.</p>}</div>
      {(thanks === "ask" || thanks === "sending") && helpful !== undefined && (
        <CommentForm
          helpful={helpful}
          sending={thanks === "sending"}
          onSend={(comment) => void rate(helpful, comment)}
          onDismiss={() => setThanks("none")}
        />
      )}
      {problem && (
        <div className="mt-3">
          <StateMessage kind="error" title="The feedback wasn’t stored" requestId={problem.requestId}>
            {problem.detail ?? problem.title}
          </StateMessage>
        </div>
      )}
      {answer.citations.length > 0 && <SourceList turnId={turnId} citations={answer.citations} />}
      {answer.nearest.length > 0 && <NearestList nearest={answer.nearest} />}
    </>
  );
}
