import { memo } from "react";
import { AnsweredTurn } from "#domains/assistant/components/answered-turn.tsx";
import { isRunning, type Turn } from "#domains/assistant/components/conversation.ts";
import { retry } from "#domains/assistant/components/conversation-store.ts";
import { UnfinishedTurn } from "#domains/assistant/components/unfinished-turn.tsx";

export const turnElementId = (turnId: string) => `turn-${turnId}`;

/** One question and what came of it. */
export const TurnSection = memo(function TurnSection({ turn }: { turn: Turn }) {
  const { id, question, state } = turn;
  return (
    <section
      id={turnElementId(id)}
      aria-labelledby={`${turnElementId(id)}-question`}
      aria-busy={isRunning(turn)}
      className="scroll-mt-5 border-t pt-5 pb-6 text-16 leading-read"
    >
      <h2 id={`${turnElementId(id)}-question`} className="mb-2 text-16 leading-6 whitespace-pre-wrap">
        {question}
      </h2>
      {state.phase === "answered" ? (
        <AnsweredTurn turnId={id} answer={state.answer} helpful={state.helpful} />
      ) : (
        <UnfinishedTurn turnId={id} state={state} onRetry={() => retry(turn)} />
      )}
    </section>
  );
});
