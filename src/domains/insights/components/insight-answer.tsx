import { useId, useState } from "react";
import { badgeClass } from "#ui/badge.ts";
import { Button } from "#ui/button.tsx";
import { SampleBadge } from "#domains/grid/components/sample-badge.tsx";
import { SourceLine } from "#domains/grid/components/source-line.tsx";
import type { InsightAnswer } from "../schema.ts";
import { FactTable } from "./fact-table.tsx";
import { InsightFeedback } from "./insight-feedback.tsx";
import { originWords, unbroken } from "./insight-text.ts";
import { UnwrittenNoteMessage } from "./unwritten-note.tsx";
import { WrittenStatements } from "./written-statements.tsx";

interface InsightAnswerProps {
  answer: InsightAnswer;
  /** What the reader asked; null where they only opened the panel. */
  question: string | null;
  onRetry: () => void;
}

/** What was found: sentences first, then the numbers that they stand on, with where each can be looked up. */
export function InsightAnswerView({ answer, question, onRetry }: InsightAnswerProps) {
  const { title, sample, facts, limits, sources, statements, callId, note } = answer;
  const [computedToo, setComputedToo] = useState(false);
  const [marked, setMarked] = useState<string | null>(null);
  const rowIds = useId();
  return (
    <div className="late">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="text-16">{title}</h3>
        {sample && <SampleBadge />}
      </div>
      {question !== null && <p className="mt-2 font-strong break-words">{question}</p>}
      <p className="mt-1 text-13 text-muted">{originWords(answer)}</p>
      {note && <UnwrittenNoteMessage note={note} onRetry={onRetry} />}
      {callId === null ? (
        <Findings answer={answer} />
      ) : (
        <>
          <WrittenStatements statements={statements} facts={facts} rowIds={rowIds} onMark={setMarked} />
          <div className="mt-3 flex flex-wrap items-center gap-2">
            <InsightFeedback key={callId} callId={callId} />
            <Button className="ml-auto" aria-pressed={computedToo} onClick={() => setComputedToo(!computedToo)}>
              {computedToo ? "Hide computed sentences" : "Show computed sentences"}
            </Button>
          </div>
          {computedToo && <Findings answer={{ ...answer, statements: facts.map(({ sentence, id }) => ({ text: sentence, facts: [id] })) }} />}
        </>
      )}
      <h4 className="mt-6 mb-2 text-14">Numbers and where to look them up</h4>
      <FactTable facts={facts} rowIds={callId === null ? undefined : rowIds} marked={marked} />
      {limits.length > 0 && (
        <>
          <h4 className="mt-6 mb-1 text-14">What these numbers don’t say</h4>
          <ul className="grid list-disc gap-1 pl-5 text-13 text-muted">
            {limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </>
      )}
      <SourceLine sources={sources} />
    </div>
  );
}

/** What is computed, in sentences: with the rules that it follows, where there are any. */
function Findings({ answer }: { answer: InsightAnswer }) {
  if (answer.task === "analytics-insight") {
    if (answer.insights.length === 0) return <p className="mt-4">Nothing stands out by the rules that are checked.</p>;
    return (
      <ul className="mt-4 grid gap-4">
        {answer.insights.map(({ title, text, weight, rule }) => (
          <li key={title}>
            <Head title={title} badge={weight === "notable" ? "Notable" : null} />
            <p className="mt-1">{unbroken(text)}</p>
            <p className="mt-1 text-13 text-muted">{rule}.</p>
          </li>
        ))}
      </ul>
    );
  }
  if (answer.task === "data-quality") {
    return (
      <ul className="mt-4 grid gap-4">
        {answer.checks.map(({ check, text, state, rule }) => (
          <li key={check}>
            <Head title={checkNames[check]} badge={state === "found" ? "Found" : null} />
            <p className="mt-1">{unbroken(text)}</p>
            <p className="mt-1 text-13 text-muted">{rule}.</p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className="mt-4 grid list-disc gap-2 pl-5">
      {answer.statements.map(({ text }) => (
        <li key={text}>{unbroken(text)}</li>
      ))}
    </ul>
  );
}

const checkNames = { gaps: "Gaps", "flat-lines": "Flat lines", outliers: "Outliers", duplicates: "Overlapping intervals", revisions: "Revisions", "late-arrivals": "Late arrivals" };

function Head({ title, badge }: { title: string; badge: string | null }) {
  return (
    <div className="flex items-center gap-2">
      <h4 className="text-14">{title}</h4>
      {badge && <span className={`${badgeClass} bg-warn-soft text-text`}>{badge}</span>}
    </div>
  );
}
