"use client";

import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import X from "lucide-react/icons/x";
import { useEffect, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { useFetched } from "#ui/use-fetched.ts";
import { useMediaQuery } from "#ui/use-media-query.ts";
import type { InsightTask } from "../schema.ts";
import { InsightAnswerView } from "./insight-answer.tsx";
import { insightText } from "./insight-text.ts";
import { loadInsight, type InsightAnswer, type ShownSelection } from "./load-insight.ts";
import { taskNames, tasksOf } from "./tasks.ts";

interface InsightPanelProps {
  open: boolean;
  onClose: () => void;
  selection: ShownSelection;
  /** The help entry's button. */
  help?: ReactNode;
}

/** What can be said of a chart, beside the page or as a sheet from below. To be rendered in the browser alone. */
export function InsightPanel({ open, onClose, selection, help }: InsightPanelProps) {
  const wide = useMediaQuery("(width >= 48rem)");
  // Outside of the chart's menu, which would hide it with itself.
  return createPortal(
    <Dialog open={open} onClose={onClose} label="Explain this chart" className={wide ? "sheet sheet-side" : "sheet sheet-bottom"}>
      {open && <Content selection={selection} onClose={onClose} help={help} />}
    </Dialog>,
    document.body,
  );
}

function Content({ selection, onClose, help }: Omit<InsightPanelProps, "open">) {
  const tasks = tasksOf(selection.metric);
  const [task, setTask] = useState<InsightTask>("explain-chart");
  const { answer, problem, loading, retry } = useFetched({ key: JSON.stringify([task, selection]), load: (signal) => loadInsight(task, selection, signal) });
  const shown = answer?.task === task && !problem ? answer : null;
  return (
    <div className="flex h-full max-h-[inherit] flex-col text-14 leading-body">
      <header className="flex items-center gap-2 border-b px-4 py-2">
        <h2 className="text-16">Explain this chart</h2>
        {help}
        <span className="ml-auto flex items-center gap-1">
          {shown && <CopyButton answer={shown} />}
          <IconButton label="Close" onClick={onClose} data-focus-first>
            <X />
          </IconButton>
        </span>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-3 pb-6">
        <div role="group" aria-label="What to look at" className="segments mb-4">
          {tasks.map((each) => (
            <button key={each} type="button" aria-pressed={each === task} onClick={() => setTask(each)}>
              {taskNames[each]}
            </button>
          ))}
        </div>
        <div aria-live="polite" aria-busy={loading}>
          {problem ? (
            <StateMessage
              kind={problem.status === 404 ? "empty" : "error"}
              title={problem.status === 404 ? "No values in this range" : problem.title}
              {...(problem.status !== 404 && { requestId: problem.requestId })}
              action={problem.status === 400 || problem.status === 404 ? undefined : <Button onClick={retry}>Try again</Button>}
            >
              {problem.detail ?? "This chart couldn’t be explained. The chart itself isn’t affected."}
            </StateMessage>
          ) : shown ? (
            <InsightAnswerView answer={shown} />
          ) : (
            <Waiting />
          )}
        </div>
      </div>
    </div>
  );
}

function Waiting() {
  return (
    <div>
      <span className="sr-only">Computing</span>
      <Skeleton className="mb-4 h-5 w-3/4" />
      {["w-full", "w-11/12", "w-full", "w-4/5", "w-full"].map((width, index) => (
        <Skeleton key={index} className={`mb-3 ${width}`} />
      ))}
    </div>
  );
}

const shownForMs = 2_000;

function CopyButton({ answer }: { answer: InsightAnswer }) {
  const [result, setResult] = useState<"Copied" | "Copying isn’t allowed here">();
  useEffect(() => {
    if (!result) return;
    const timer = setTimeout(() => setResult(undefined), shownForMs);
    return () => clearTimeout(timer);
  }, [result]);
  async function copy() {
    try {
      await navigator.clipboard.writeText(insightText(answer, location.href));
      setResult("Copied");
    } catch {
      setResult("Copying isn’t allowed here");
    }
  }
  return (
    <span className="flex items-center gap-1">
      <span role="status" className="text-12 text-muted">{result}</span>
      <IconButton label="Copy as text" onClick={() => void copy()}>
        {result === "Copied" ? <Check className="text-ok" /> : <Copy />}
      </IconButton>
    </span>
  );
}
