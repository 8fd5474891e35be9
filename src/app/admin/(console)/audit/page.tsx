import Download from "lucide-react/icons/download";
import type { Metadata } from "next";
import Link from "next/link";
import { AuditQuery, type AuditEntry } from "#domains/accounts/index.ts";
import { listAudit } from "#domains/accounts/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { formatDateTime } from "#lib/format-time.ts";
import { pageHref } from "#lib/page-href.ts";
import { buttonClass } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { AuditFilterForm } from "#app/admin/(console)/audit/audit-filters.tsx";
import { ChangeList } from "#app/admin/(console)/audit/change-list.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";
import { RefusedFilters } from "#app/refused-filters.tsx";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label, href } = consolePlaces.audit;

export const metadata: Metadata = { title: label };

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const { principal } = await requireAdmin();
  const { query, given, cursor, refused } = readListFilters(AuditQuery, await searchParams);
  const { entries, next } = await listAudit(principal, query);
  return (
    <div className="mx-auto max-w-content">
      <PageHeader
        title={label}
        help={<HelpButton id="audit-log" />}
        actions={
          <a href={pageHref("/api/admin/audit/export", given)} download className={buttonClass()}>
            <Download />
            CSV
          </a>
        }
      />
      <AuditFilterForm given={given} />
      <RefusedFilters names={refused} />
      {entries.length === 0 ? (
        <StateMessage kind="empty" title={Object.keys(given).length === 0 ? "Nothing was done yet" : "Nothing that all these filters fit"}>
          What administrators, members and the system change is listed here, with who did it.
        </StateMessage>
      ) : (
        <DataTable
          caption="What was done, the newest first"
          rows={entries}
          keyOf={({ id }) => id}
          columns={[
            { label: "When", cell: ({ at }) => <span className="font-regular whitespace-nowrap">{formatDateTime(at)}</span> },
            { label: "Who", cell: ({ actor }) => <Actor {...actor} /> },
            { label: "What", cell: ({ action }) => <Link href={pageHref(href, { ...given, action })} prefetch={false} className="touch-area font-mono text-12">{action}</Link> },
            { label: "On", cell: ({ target }) => <span className="break-all">{target}</span> },
            { label: "Organisation", cell: ({ organisation }) => organisation && (organisation.name ?? "deleted") },
            { label: "", cell: (entry) => <Detail entry={entry} /> },
          ]}
        />
      )}
      <Pager path={href} query={given} cursor={cursor} next={next} />
    </div>
  );
}

const kinds: Record<string, string> = { admin: "administrator", authenticated: "member", api_key: "API key", service_role: "the system", anon: "nobody signed in" };

function Actor({ role, id, name }: AuditEntry["actor"]) {
  return (
    <>
      <span className="break-all">{name ?? id ?? "unknown"}</span> <span className="text-muted">{kinds[role] ?? role}</span>
    </>
  );
}

function Detail({ entry: { before, after, requestId } }: { entry: AuditEntry }) {
  return (
    <details className="max-w-[420px]">
      <summary className="touch-area cursor-pointer text-13 whitespace-nowrap">Before and after</summary>
      <div className="mt-2 grid gap-2">
        <ChangeList before={before} after={after} />
        {requestId !== null && (
          <p className="text-12 text-muted">
            Request{" "}
            <Link href={pageHref(href, { request: requestId })} prefetch={false} className="font-mono break-all">
              {requestId}
            </Link>
          </p>
        )}
      </div>
    </details>
  );
}
