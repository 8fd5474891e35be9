import type { Metadata } from "next";
import { z } from "zod";
import { hasAdminRole } from "#platform/auth/principal.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { HelpRevisionsQuery, RevisionNumber } from "#domains/help/index.ts";
import { RevisionComparison } from "#domains/help/components/editing/revision-comparison.tsx";
import { RevisionTable } from "#domains/help/components/editing/revision-table.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { getHelpRevision, listHelpRevisions } from "#domains/help/server.ts";
import { consolePlaces } from "#app/admin/console-places.ts";
import { loadEdited } from "#app/admin/load-edited.ts";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";

interface RevisionsPageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

const number = z.coerce.number().pipe(RevisionNumber).optional();
const RevisionsPageQuery = HelpRevisionsQuery.extend({ from: number, to: number });

export async function generateMetadata({ params }: RevisionsPageProps): Promise<Metadata> {
  const { principal } = await requireAdmin();
  return { title: `Revisions of ${(await loadEdited(principal, (await params).id)).title}` };
}

export default async function RevisionsPage({ params, searchParams }: RevisionsPageProps) {
  const { principal } = await requireAdmin();
  const { id } = await params;
  const entry = await loadEdited(principal, id);
  const { query: { from: askedFrom, to: askedTo, ...page }, cursor } = readListFilters(RevisionsPageQuery, await searchParams);
  const { revision: head, publishedRevision, status } = entry;
  const to = Math.min(askedTo ?? head, head);
  const from = Math.min(askedFrom ?? (publishedRevision !== null && publishedRevision < to ? publishedRevision : Math.max(to - 1, 1)), head);
  const [{ items, nextCursor }, before, after] = await Promise.all([listHelpRevisions(principal, id, page), getHelpRevision(principal, id, from), getHelpRevision(principal, id, to)]);
  const path = `${consolePlaces.help.href}/${id}/revisions`;
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={[{ label: consolePlaces.help.label, href: consolePlaces.help.href }, { label: id, href: `${consolePlaces.help.href}/${id}` }, { label: "Revisions" }]} />
      <PageHeader title={`Revisions of ${entry.title}`} help={<HelpButton id="help-editing" />} />
      <RevisionTable
        path={path}
        entryId={id}
        revisions={items}
        head={head}
        published={status === "published" ? publishedRevision : null}
        from={from}
        to={to}
        canRestore={hasAdminRole(principal.role, "admin") && status !== "deleted"}
      />
      <Pager path={path} query={{ from: askedFrom, to: askedTo }} cursor={cursor} next={nextCursor} />
      <RevisionComparison before={before} after={after} />
    </div>
  );
}
