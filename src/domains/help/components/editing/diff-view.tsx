import type { DiffRow, DiffSpan, FieldDiff } from "#domains/help/components/editing/text-diff.ts";

const signs = { same: " ", removed: "−", added: "+" } as const;
const words = { removed: "Removed: ", added: "Added: " } as const;
const looks = { same: "", removed: "bg-bad-soft", added: "bg-ok-soft" } as const;

interface DiffViewProps {
  diffs: FieldDiff[];
  /** What the removed and the added lines are of: "Revision 3". */
  before: string;
  after: string;
}

/** What changed between two texts: signs, words for screen readers and underlines say it, not colour alone. */
export function DiffView({ diffs, before, after }: DiffViewProps) {
  if (diffs.length === 0) return <p className="text-14 text-muted">The two texts are the same.</p>;
  return (
    <div className="grid gap-4">
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-13 text-muted">
        <span>
          <span className="font-mono">−</span> only in {before}
        </span>
        <span>
          <span className="font-mono">+</span> only in {after}
        </span>
      </p>
      {diffs.map(({ field, rows }) => (
        <section key={field} aria-label={field} className="min-w-0">
          <h3 className="mb-1 text-13">{field}</h3>
          <div className="overflow-hidden rounded border bg-surface font-mono text-13 leading-read">
            {rows.map((row, index) => (
              <Row key={index} row={row} />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function Row({ row }: { row: DiffRow }) {
  if (row.kind === "gap") {
    return <p className="border-y bg-sunken px-3 py-1 text-12 text-muted first:border-t-0 last:border-b-0">{row.lines === 1 ? "1 unchanged line" : `${row.lines} unchanged lines`}</p>;
  }
  const text = row.spans.map((span, index) => <Span key={index} span={span} />);
  return (
    <div className={`grid grid-cols-[20px_minmax(0,1fr)] px-2 ${looks[row.kind]}`}>
      <span aria-hidden>{signs[row.kind]}</span>
      <span className="min-h-[1.6em] break-words whitespace-pre-wrap">
        {row.kind === "same" ? (
          text
        ) : row.kind === "removed" ? (
          <del className="no-underline">
            <span className="sr-only">{words.removed}</span>
            {text}
          </del>
        ) : (
          <ins className="no-underline">
            <span className="sr-only">{words.added}</span>
            {text}
          </ins>
        )}
      </span>
    </div>
  );
}

function Span({ span: { text, changed } }: { span: DiffSpan }) {
  return changed ? <span className="font-strong underline decoration-2 underline-offset-2">{text}</span> : text;
}
