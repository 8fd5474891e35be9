import type { Metadata } from "next";
import { hasAdminRole } from "#platform/auth/principal.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { FeedbackQuery } from "#domains/help/index.ts";
import { FeedbackFilters } from "#domains/help/components/editing/feedback-filters.tsx";
import { FeedbackInbox } from "#domains/help/components/editing/feedback-inbox.tsx";
import { FeedbackSummaryTable } from "#domains/help/components/editing/feedback-summary.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { listHelpFeedback, summariseHelpFeedback } from "#domains/help/server.ts";
import { consolePlaces } from "#app/admin/console-places.ts";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label, href } = consolePlaces.feedback;

export const metadata: Metadata = { title: label };

export default async function FeedbackPage({ searchParams }: { searchParams: SearchParams }) {
  const { principal } = await requireAdmin();
  const { query, cursor } = readListFilters(FeedbackQuery, await searchParams);
  const [{ items, nextCursor }, { entries }] = await Promise.all([listHelpFeedback(principal, query), summariseHelpFeedback(principal)]);
  const { cursor: _cursor, limit: _limit, ...filters } = query;
  const page = JSON.stringify([filters, cursor]);
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="help-editing" />} />
      <FeedbackFilters path={href} filters={filters} entries={entries} />
      <FeedbackInbox key={page} items={items} filtered={Object.keys(filters).length > 0} canMark={hasAdminRole(principal.role, "admin")} />
      <Pager path={href} query={filters} cursor={cursor} next={nextCursor} />
      <FeedbackSummaryTable path={href} entries={entries} />
    </div>
  );
}
