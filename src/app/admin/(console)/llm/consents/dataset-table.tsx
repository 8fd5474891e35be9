import Link from "next/link";
import type { GuardedDataset } from "#domains/llm/index.ts";
import { formatDate } from "#lib/format-time.ts";
import { utc } from "#lib/clock.ts";
import { pageHref } from "#lib/page-href.ts";
import { DataTable } from "#ui/data-table.tsx";
import { StateDot } from "#ui/state-dot.tsx";
import { gapWords, tags, wordsOf } from "#app/admin/(console)/llm/consents/consent-words.ts";
import { DatasetActions } from "#app/admin/(console)/llm/consents/dataset-actions.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";

/** Governed datasets, each with whether models may read it now. */
export function DatasetTable({ datasets, edits }: { datasets: GuardedDataset[]; edits: boolean }) {
  return (
    <DataTable
      caption="Datasets under governance"
      rows={datasets}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Dataset",
          cell: ({ id }) => (
            <Link href={`${pageHref(consolePlaces.consents.href, { dataset: id })}#consents`} prefetch={false} className="touch-area font-mono break-all">
              {id}
            </Link>
          ),
        },
        { label: "Steward", cell: ({ steward }) => steward ?? <span className="text-muted">not known</span> },
        {
          label: "Governed under",
          cell: (dataset) => (
            <>
              {wordsOf(tags, dataset.tags)}
              <span className="block text-muted">{dataset.reason}</span>
            </>
          ),
        },
        {
          label: "Models",
          cell: ({ gap }) => (
            <span className="inline-flex items-baseline gap-2">
              <StateDot state={gap === null ? "ok" : "down"} />
              {gap === null ? "May read it: a consent is in force" : `May not read it: ${gapWords[gap]}`}
            </span>
          ),
        },
        {
          label: "Since",
          cell: ({ id, governedSince }) => (
            <Link href={pageHref(consolePlaces.audit.href, { action: "dataset.", target: id })} prefetch={false} className="touch-area whitespace-nowrap">
              {formatDate(governedSince, utc)}
            </Link>
          ),
        },
        { label: "", cell: (dataset) => edits && <DatasetActions dataset={dataset} /> },
      ]}
    />
  );
}
