import Download from "lucide-react/icons/download";
import type { Metadata } from "next";
import Link from "next/link";
import { CallListQuery, type AdminCall } from "#domains/llm/index.ts";
import { listModelCalls } from "#domains/llm/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { formatDuration } from "#lib/format-number.ts";
import { formatDateTime } from "#lib/format-time.ts";
import { formatUsd } from "#lib/format-usd.ts";
import { pageHref } from "#lib/page-href.ts";
import { buttonClass } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { CallFilterForm } from "#app/admin/(console)/llm/calls/call-filters.tsx";
import { callerWords, outcomeWords } from "#app/admin/(console)/llm/call-words.ts";
import { consolePlaces } from "#app/admin/console-places.ts";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";
import { RefusedFilters } from "#app/refused-filters.tsx";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label, href } = consolePlaces.modelCalls;

export const metadata: Metadata = { title: label };

export default async function CallsPage({ searchParams }: { searchParams: SearchParams }) {
  const { principal } = await requireAdmin();
  const { query, given, cursor, refused } = readListFilters(CallListQuery, await searchParams);
  const { items, nextCursor } = await listModelCalls(principal, query);
  return (
    <div className="mx-auto max-w-content">
      <PageHeader
        title={label}
        help={<HelpButton id="model-calls" />}
        actions={
          <a href={pageHref("/api/admin/llm/calls/export", given)} download className={buttonClass()}>
            <Download />
            CSV
          </a>
        }
      />
      <CallFilterForm given={given} />
      <RefusedFilters names={refused} />
      {items.length === 0 ? (
        <StateMessage kind="empty" title={Object.keys(given).length === 0 ? "No model was called yet" : "No call that all these filters fit"}>
          Each call of a model is listed here with what became of it and what it cost, also one that was blocked. Its texts aren’t kept.
        </StateMessage>
      ) : (
        <DataTable
          caption="Calls of models, the newest first"
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            { label: "When", cell: ({ id, at }) => <Link href={`${href}/${id}`} prefetch={false} className="touch-area font-regular whitespace-nowrap">{formatDateTime(at)}</Link> },
            { label: "What for", cell: ({ endpoint }) => endpoint },
            { label: "Model", cell: ({ model }) => <span className="break-all">{model ?? "none"}</span> },
            { label: "Who", cell: ({ organisation, principalKind }) => organisation ?? callerWords[principalKind] },
            { label: "Outcome", cell: (call) => <Outcome call={call} /> },
            { label: "Took", align: "right", cell: ({ durationMs }) => <span className="whitespace-nowrap">{formatDuration(durationMs)}</span> },
            { label: "Cost", align: "right", cell: (call) => <Cost call={call} /> },
          ]}
        />
      )}
      <Pager path={href} query={given} cursor={cursor} next={nextCursor} />
    </div>
  );
}

function Outcome({ call: { outcome, errorCode, policyCategory } }: { call: AdminCall }) {
  const why = errorCode ?? policyCategory;
  return (
    <>
      {outcomeWords[outcome]}
      {why !== null && <span className="block text-12 break-all text-muted">{why}</span>}
    </>
  );
}

function Cost({ call: { chargedUsd, usageEstimated, unpriced } }: { call: AdminCall }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {formatUsd(chargedUsd)}
      {usageEstimated && <span className="block text-12 text-muted">at most</span>}
      {unpriced.length > 0 && <span className="block text-12 text-warn">no price</span>}
    </span>
  );
}
