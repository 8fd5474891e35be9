"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { conversationGridClass } from "#domains/assistant/components/ask-layout.ts";
import { askHref } from "#domains/assistant/components/ask-href.ts";
import { PassagesContext, type OpenPassage } from "#domains/assistant/components/citation-chip.tsx";
import { Composer } from "#domains/assistant/components/composer.tsx";
import { isRunning, type Turn } from "#domains/assistant/components/conversation.ts";
import { ask, stop } from "#domains/assistant/components/conversation-store.ts";
import { HistoryNotice } from "#domains/assistant/components/history-notice.tsx";
import { OfflineNotice } from "#domains/assistant/components/offline-notice.tsx";
import { PassagePanel } from "#domains/assistant/components/passage-panel.tsx";
import { TurnSection, turnElementId } from "#domains/assistant/components/turn-section.tsx";
import { useConversation } from "#domains/assistant/components/use-conversation.ts";
import { useFollow } from "#domains/assistant/components/use-follow.ts";

interface ConversationViewProps {
  maxLength: number;
  /** Stands where the conversation will be. */
  empty: ReactNode;
}

/** The questions of this tab and their answers, and the field for the next one. */
export function ConversationView({ maxLength, empty }: ConversationViewProps) {
  const { ready, turns, cleared, announcement } = useConversation();
  const linked = useLinkedQuestion(ready, turns);
  const { open, toggle, close } = usePassage();
  const composer = useRef<HTMLDivElement>(null);
  const bottomEdge = useCallback(() => composer.current?.getBoundingClientRect().top ?? innerHeight, []);
  useFollow(turns.at(-1), bottomEdge);

  const answer = turns.find(({ id }) => id === open?.turnId)?.state;
  const citation = answer?.phase === "answered" ? answer.answer.citations.find(({ n }) => n === open?.n) : undefined;

  return (
    <PassagesContext value={{ open, toggle }}>
      <div
        className={conversationGridClass}
        onKeyDown={(event) => {
          if (event.key === "Escape" && open) close();
        }}
      >
        <div className="min-w-0">
          {turns.map((turn) => (
            <TurnSection key={turn.id} turn={turn} />
          ))}
          {!ready && linked && <TurnSection turn={{ id: "linked", question: linked, state: { phase: "searching" } }} />}
          {turns.length === 0 && (ready || !linked) && (cleared?.length ? <HistoryNotice /> : <div className="late-150">{empty}</div>)}
        </div>
        <div className="min-w-0 lg:sticky lg:top-5 lg:row-span-2 lg:mt-5 lg:self-start">
          <PassagePanel citation={citation} onClose={close} />
        </div>
        <div ref={composer} className="sticky bottom-0 min-w-0 bg-bg pt-2 pb-3 print:hidden">
          <OfflineNotice />
          <Composer
            placeholder={turns.length > 0 ? "Ask another question" : "Ask about the grid"}
            maxLength={maxLength}
            running={turns.some(isRunning)}
            onAsk={askHere}
            onStop={stop}
          />
        </div>
      </div>
      <p role="status" className="sr-only">
        {announcement}
      </p>
    </PassagesContext>
  );
}

/** Asks, and puts the question into the address, so that it can be shared and survives a reload. */
function askHere(question: string): void {
  ask(question);
  history.replaceState(null, "", askHref(question));
}

/** Asks the question of the address, unless this tab has its answer already: that one is shown instead. */
function useLinkedQuestion(ready: boolean, turns: Turn[]): string | undefined {
  const question = useSearchParams().get("q")?.trim();
  const handled = useRef<string>(undefined);

  useEffect(() => {
    if (!ready || handled.current === question) return;
    handled.current = question;
    if (!question) return;
    const known = turns.findLast((turn) => turn.question === question);
    if (known) document.getElementById(turnElementId(known.id))?.scrollIntoView({ block: "start" });
    else ask(question);
  }, [ready, question, turns]);

  return question;
}

function usePassage() {
  const [open, setOpen] = useState<OpenPassage>();
  const opener = useRef<HTMLElement>(undefined);

  const close = useCallback(() => {
    setOpen(undefined);
    opener.current?.focus({ preventScroll: true });
  }, []);

  function toggle(passage: OpenPassage, from: HTMLElement) {
    opener.current = from;
    if (open?.turnId === passage.turnId && open.n === passage.n) close();
    else setOpen(passage);
  }

  return { open, toggle, close };
}
