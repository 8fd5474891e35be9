import CircleSlash from "lucide-react/icons/circle-slash";
import PenLine from "lucide-react/icons/pen-line";
import Quote from "lucide-react/icons/quote";
import type { ReactNode } from "react";
import type { Answer, AnswerMode } from "#domains/assistant/schema.ts";
import { modeWords } from "#domains/assistant/components/mode-words.ts";

const icons: Record<AnswerMode, ReactNode> = {
  extractive: <Quote />,
  generated: <PenLine />,
  abstained: <CircleSlash />,
};

export function ModeLine({ answer, actions }: { answer: Answer; actions: ReactNode }) {
  return (
    <StatusLine icon={icons[answer.mode]} actions={actions}>
      {answer.partial && <b className="text-text">Incomplete: the model stopped before the end. </b>}
      {modeWords(answer)}
    </StatusLine>
  );
}

interface StatusLineProps {
  icon?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The line under an answer: how it came to be, or how far it is. Its height is the same in every state. */
export function StatusLine({ icon, actions, children }: StatusLineProps) {
  return (
    <div className="mt-3 flex min-h-control flex-wrap items-center gap-x-2 gap-y-1 text-13 leading-5 text-muted">
      {icon}
      <span className="min-w-[180px] flex-1">{children}</span>
      {actions && <span className="ml-auto flex flex-wrap print:hidden">{actions}</span>}
    </div>
  );
}
