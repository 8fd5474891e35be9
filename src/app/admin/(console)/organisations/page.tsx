import type { Metadata } from "next";
import Link from "next/link";
import { PeopleQuery } from "#domains/accounts/index.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { formatDate } from "#lib/format-time.ts";
import { DataTable } from "#ui/data-table.tsx";
import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { listOrganisationsWithFigures } from "#app/admin/organisation-figures.ts";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";
import { RefusedFilters } from "#app/refused-filters.tsx";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label, href } = consolePlaces.organisations;

export const metadata: Metadata = { title: label };

export default async function OrganisationsPage({ searchParams }: { searchParams: SearchParams }) {
  const { principal } = await requireAdmin();
  const { query, given, cursor, refused } = readListFilters(PeopleQuery, await searchParams);
  const { organisations, next } = await listOrganisationsWithFigures(principal, query);
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="console-people" />} />
      <FilterForm path={href} label="Organisations" active={given.q !== undefined}>
        <Filter label="Name" className="w-72">
          <Input type="search" name="q" defaultValue={given.q} maxLength={200} />
        </Filter>
      </FilterForm>
      <RefusedFilters names={refused} />
      {organisations.length === 0 ? (
        <StateMessage kind="empty" title={given.q === undefined ? "There is no organisation yet" : "No organisation by this name"}>
          {given.q === undefined ? "Organisations appear here when members make them." : "Try a part of it."}
        </StateMessage>
      ) : (
        <DataTable
          caption="Organisations, the newest first"
          rows={organisations}
          keyOf={({ id }) => id}
          columns={[
            { label: "Name", cell: ({ id, name }) => <Link href={`${href}/${id}`} prefetch={false} className="touch-area">{name}</Link> },
            { label: "Members", align: "right", cell: ({ members }) => members },
            { label: "Documents", align: "right", cell: ({ documents }) => documents },
            { label: "Answers kept", align: "right", cell: ({ answers }) => answers },
            { label: "Made", cell: ({ createdAt }) => formatDate(createdAt) },
          ]}
        />
      )}
      <Pager path={href} query={given} cursor={cursor} next={next} />
    </div>
  );
}
