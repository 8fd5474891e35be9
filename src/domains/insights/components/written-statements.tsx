import type { Fact, Statement } from "../schema.ts";
import { rowIdOf } from "./fact-table.tsx";
import { unbroken } from "./insight-text.ts";

interface WrittenStatementsProps {
  statements: readonly Statement[];
  facts: readonly Fact[];
  rowIds: string;
  onMark: (factId: string) => void;
}

/** A model's sentences, each with chips that lead to the numbers it stands on. */
export function WrittenStatements({ statements, facts, rowIds, onMark }: WrittenStatementsProps) {
  return (
    <ul className="mt-4 grid list-disc gap-2 pl-5">
      {statements.map(({ text, facts: ids }) => (
        <li key={text}>
          <span>{unbroken(text)}</span>
          {"\u00a0"}
          {ids.map((id) => {
            const place = facts.findIndex((fact) => fact.id === id);
            const fact = facts[place];
            return fact && (
              <button
                key={id}
                type="button"
                className="cite mr-1"
                aria-label={`Number ${place + 1}: ${fact.title}, ${fact.text}`}
                title={`${fact.title}: ${fact.text}`}
                onClick={() => {
                  const row = document.getElementById(rowIdOf(rowIds, id));
                  row?.scrollIntoView({ block: "center" });
                  row?.focus({ preventScroll: true });
                  onMark(id);
                }}
              >
                {place + 1}
              </button>
            );
          })}
        </li>
      ))}
    </ul>
  );
}
