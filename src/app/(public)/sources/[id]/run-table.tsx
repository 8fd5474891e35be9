import type { SourceRun } from "#domains/grid/index.ts";
import type { Clock } from "#lib/clock.ts";
import { formatCount, formatDuration } from "#lib/format-number.ts";
import { formatDateTime } from "#lib/format-time.ts";
import { DataTable } from "#ui/data-table.tsx";
import { StateDot } from "#ui/state-dot.tsx";

const outcomes = {
  ok: { dot: "ok", words: "New values" },
  unchanged: { dot: "ok", words: "Nothing new" },
  failed: { dot: "down", words: "Failed" },
  stopped: { dot: "off", words: "Stopped" },
} as const;

/** What each attempt to read a source found, or why it failed. */
export function RunTable({ runs, clock }: { runs: SourceRun[]; clock: Clock }) {
  return (
    <div className="mt-2">
      <DataTable
        caption="Attempts to read the source, the newest first"
        rows={runs}
        keyOf={({ id }) => id}
        columns={[
          { label: "Began", cell: ({ startedAt }) => <span className="font-regular">{formatDateTime(startedAt, clock)}</span> },
          { label: "Outcome", cell: (run) => <Outcome {...run} /> },
          { label: "Took", cell: ({ startedAt, endedAt }) => (endedAt === null ? "" : formatDuration(Date.parse(endedAt) - Date.parse(startedAt))) },
          { label: "Documents", align: "right", cell: ({ documents }) => formatCount(documents) },
          { label: "Values read", align: "right", cell: ({ observations }) => formatCount(observations) },
          { label: "New", align: "right", cell: ({ inserted }) => formatCount(inserted) },
          { label: "Revised", align: "right", cell: ({ revised }) => formatCount(revised) },
          { label: "Why", cell: ({ cause }) => cause },
        ]}
      />
    </div>
  );
}

function Outcome({ outcome, endedAt, error, warnings }: SourceRun) {
  const { dot, words } = outcome === null ? { dot: "off" as const, words: endedAt === null ? "Under way, or broken off" : "Broken off" } : outcomes[outcome];
  return (
    <>
      <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
        <StateDot state={dot} />
        {words}
      </span>
      {error !== null && <span className="block text-12 break-words text-muted">{error}</span>}
      {warnings.length > 0 && (
        <details className="text-12 text-muted">
          <summary className="min-h-6 cursor-pointer py-1 max-md:py-3">{warnings.length === 1 ? "1 remark" : `${warnings.length} remarks`}</summary>
          <ul>
            {warnings.map((warning, index) => (
              <li key={index} className="break-words">
                {warning}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
