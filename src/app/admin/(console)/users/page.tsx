import type { Metadata } from "next";
import Link from "next/link";
import { PeopleQuery } from "#domains/accounts/index.ts";
import { listUsers } from "#domains/accounts/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { formatDate, formatDateTime } from "#lib/format-time.ts";
import { DataTable } from "#ui/data-table.tsx";
import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";
import { RefusedFilters } from "#app/refused-filters.tsx";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label, href } = consolePlaces.users;

export const metadata: Metadata = { title: label };

export default async function UsersPage({ searchParams }: { searchParams: SearchParams }) {
  const { principal } = await requireAdmin();
  const { query, given, cursor, refused } = readListFilters(PeopleQuery, await searchParams);
  const { users, next } = await listUsers(principal, query);
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="console-people" />} />
      <FilterForm path={href} label="Users" active={given.q !== undefined}>
        <Filter label="Name or e-mail" className="w-72">
          <Input type="search" name="q" defaultValue={given.q} maxLength={200} />
        </Filter>
      </FilterForm>
      <RefusedFilters names={refused} />
      {users.length === 0 ? (
        <StateMessage kind="empty" title={given.q === undefined ? "Nobody has an account yet" : "Nobody by this name or e-mail"}>
          {given.q === undefined ? "People appear here when they sign in for the first time." : "Try a part of it."}
        </StateMessage>
      ) : (
        <DataTable
          caption="Users, the newest first"
          rows={users}
          keyOf={({ id }) => id}
          columns={[
            { label: "E-mail", cell: ({ id, email }) => <Link href={`${href}/${id}`} prefetch={false} className="touch-area break-all">{email}</Link> },
            { label: "Name", cell: ({ name }) => name || <span className="text-muted">none</span> },
            { label: "Organisations", align: "right", cell: ({ organisations }) => organisations },
            { label: "Joined", cell: ({ createdAt }) => formatDate(createdAt) },
            { label: "Last seen", cell: ({ lastSeenAt }) => formatDateTime(lastSeenAt) },
          ]}
        />
      )}
      <Pager path={href} query={given} cursor={cursor} next={next} />
    </div>
  );
}
