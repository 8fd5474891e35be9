"use client";

import X from "lucide-react/icons/x";
import { useEffect, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { ProblemError } from "#lib/problem.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { useFetched } from "#ui/use-fetched.ts";
import { useMediaQuery } from "#ui/use-media-query.ts";
import type { InsightTask } from "../schema.ts";
import { CopyButton } from "./copy-insight.tsx";
import { InsightAnswerView } from "./insight-answer.tsx";
import { InsightProblem } from "./insight-problem.tsx";
import { insightText } from "./insight-text.ts";
import { loadInsight, type ShownSelection } from "./load-insight.ts";
import { QuestionForm } from "./question-form.tsx";
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
  const [question, setQuestion] = useState<string | null>(null);
  const [mode, setMode] = useState<"any" | "computed">("any");
  // Questions need a model: the field is there from when one has shown itself.
  const [hasModel, setHasModel] = useState(false);
  const key = JSON.stringify([task, selection, question, mode]);
  const { answer, problem, loading, retry } = useFetched({
    key,
    load: async (signal) => {
      try {
        const loaded = await loadInsight(task, selection, { prompt: question, mode }, signal);
        if (loaded.mode === "generated" || (loaded.note && loaded.note.code !== "LLM_DISABLED")) setHasModel(true);
        return loaded;
      } catch (error) {
        if (error instanceof ProblemError && error.problem.code === "CONSENT_REQUIRED") setHasModel(true);
        throw error;
      }
    },
  });
  const shown = answer && !loading && !problem ? answer : null;
  const ask = (next: string | null, nextMode: "any" | "computed") => {
    setQuestion(next);
    setMode(nextMode);
    // The same once more is asked anew.
    if (next === question && nextMode === mode && !loading) retry();
  };
  return (
    <div className="flex h-full max-h-[inherit] flex-col text-14 leading-body">
      <header className="flex items-center gap-2 border-b px-4 py-2">
        <h2 className="text-16">Explain this chart</h2>
        {help}
        <span className="ml-auto flex items-center gap-1">
          {shown && <CopyButton text={() => insightText(shown, question, location.href)} />}
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
        {(question !== null || (mode === "computed" && hasModel)) && (
          <Button className="mb-3" onClick={() => ask(null, "any")}>
            {question === null ? "Let the model write" : "Clear the question"}
          </Button>
        )}
        <div aria-live="polite" aria-busy={loading}>
          {problem ? (
            <InsightProblem problem={problem} onRetry={retry} onCompute={() => ask(null, "computed")} />
          ) : shown ? (
            <InsightAnswerView key={key} answer={shown} question={question} onRetry={retry} />
          ) : (
            <Waiting key={key} {...(mode === "any" && { onCompute: () => ask(null, "computed") })} />
          )}
        </div>
      </div>
      {hasModel && <QuestionForm disabled={loading} onAsk={(next) => ask(next, "any")} />}
    </div>
  );
}

/** After so long somebody may rather have what is computed. */
const longMs = 1_500;

function Waiting({ onCompute }: { onCompute?: () => void }) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), longMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div>
      <span className="sr-only">Computing</span>
      <Skeleton className="mb-4 h-5 w-3/4" />
      {["w-full", "w-11/12", "w-full", "w-4/5", "w-full"].map((width, index) => (
        <Skeleton key={index} className={`mb-3 ${width}`} />
      ))}
      {long && onCompute && (
        <p className="late mt-4 flex flex-wrap items-center gap-2 text-13 text-muted">
          This takes a while. <Button onClick={onCompute}>Show what is computed</Button>
        </p>
      )}
    </div>
  );
}
