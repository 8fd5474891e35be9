import type { Metadata } from "next";
import Link from "next/link";
import { pageHref } from "#lib/page-href.ts";
import { hasAdminRole } from "#platform/auth/principal.ts";
import { buttonClass } from "#ui/button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { HelpListQuery } from "#domains/help/index.ts";
import { EntryFilters } from "#domains/help/components/editing/entry-filters.tsx";
import { EntryTable } from "#domains/help/components/editing/entry-table.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { listHelpEntries } from "#domains/help/server.ts";
import { consolePlaces } from "#app/admin/console-places.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";

const { label, href } = consolePlaces.help;

export const metadata: Metadata = { title: label };

export default async function HelpEntriesPage({ searchParams }: { searchParams: SearchParams }) {
  const { principal } = await requireAdmin();
  const { query, cursor } = readListFilters(HelpListQuery, await searchParams);
  const { items, nextCursor } = await listHelpEntries(principal, query);
  const { cursor: _cursor, limit: _limit, ...filters } = query;
  const add = hasAdminRole(principal.role, "admin") && (
    <Link href={pageHref(`${href}/new`, {})} className={buttonClass("primary")}>
      New entry
    </Link>
  );
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="help-editing" />} actions={add} />
      <EntryFilters path={href} filters={filters} />
      <EntryTable path={href} entries={items} filtered={Object.keys(filters).length > 0} />
      <Pager path={href} query={filters} cursor={cursor} next={nextCursor} />
    </div>
  );
}
