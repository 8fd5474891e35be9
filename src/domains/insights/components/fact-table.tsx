import { cx } from "#ui/class-names.ts";
import type { Fact } from "../schema.ts";

interface FactTableProps {
  facts: readonly Fact[];
  /** Begins the ids of rows, which chips lead to; without it, rows have no numbers. */
  rowIds?: string | undefined;
  /** The fact that a chip has led to. */
  marked?: string | null;
}

/** Where a chip leads to. */
export const rowIdOf = (rowIds: string, factId: string) => `${rowIds}-${factId}`;

/** On phones each row is a small card, laid out in blocks: roles keep it a table for those who have it read out. */
export function FactTable({ facts, rowIds, marked = null }: FactTableProps) {
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
          {facts.map(({ id, title, text, when, check }, place) => (
            <tr key={id} role="row" className={cx(marked === id && "bg-accent-soft")}>
              <th scope="row" role="rowheader" {...(rowIds !== undefined && { id: rowIdOf(rowIds, id), tabIndex: -1 })}>
                {rowIds !== undefined && <span className="mr-1 text-12 text-muted">{`${place + 1} `}</span>}
                {title}
              </th>
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
