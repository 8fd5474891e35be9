import { badgeClass } from "#ui/badge.ts";
import { SampleBadge } from "#domains/grid/components/sample-badge.tsx";
import { SourceLine } from "#domains/grid/components/source-line.tsx";
import type { Fact } from "../schema.ts";
import type { InsightAnswer } from "./load-insight.ts";

/** What was found: sentences first, then the numbers that they stand on, with where each can be looked up. */
export function InsightAnswerView({ answer }: { answer: InsightAnswer }) {
  const { title, sample, facts, limits, sources } = answer;
  return (
    <div className="late">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="text-16">{title}</h3>
        {sample && <SampleBadge />}
      </div>
      <p className="mt-1 text-13 text-muted">Computed from the values; no model was used.</p>
      <Findings answer={answer} />
      <h4 className="mt-6 mb-2 text-14">Numbers and where to look them up</h4>
      <FactTable facts={facts} />
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

function Findings({ answer }: { answer: InsightAnswer }) {
  if (answer.task === "analytics-insight") {
    if (answer.insights.length === 0) return <p className="mt-4">Nothing stands out by the rules that are checked.</p>;
    return (
      <ul className="mt-4 grid gap-4">
        {answer.insights.map(({ title, text, weight, rule }) => (
          <li key={title}>
            <Head title={title} badge={weight === "notable" ? "Notable" : null} />
            <p className="mt-1">{text}</p>
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
            <p className="mt-1">{text}</p>
            <p className="mt-1 text-13 text-muted">{rule}.</p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className="mt-4 grid list-disc gap-2 pl-5">
      {answer.statements.map(({ text }) => (
        <li key={text}>{text}</li>
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

/** On phones each row is a small card, laid out in blocks: roles keep it a table for those who have it read out. */
function FactTable({ facts }: { facts: readonly Fact[] }) {
  return (
    <div role="region" aria-label="Numbers" tabIndex={0} className="overflow-x-auto rounded border">
      <table role="table" className="value-table fact-table">
        <caption className="sr-only">Computed numbers and where to look them up</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">Number</th>
            <th scope="col" role="columnheader">Value</th>
            <th scope="col" role="columnheader" className="fact-words">When</th>
            <th scope="col" role="columnheader" className="fact-words">Look it up</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {facts.map(({ id, title, text, when, check }) => (
            <tr key={id} role="row">
              <th scope="row" role="rowheader">{title}</th>
              <td role="cell">{text}</td>
              <td role="cell" className="fact-words">{when}</td>
              <td role="cell" className="fact-words">
                {check.map(({ label, href }) => (
                  <a key={href} href={href} target="_blank" rel="noreferrer" aria-label={`${label}: ${title} (opens in a new tab)`} className="touch-area mr-3 inline-block">
                    {label}
                  </a>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
