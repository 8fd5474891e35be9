import type { Metadata } from "next";
import Link from "next/link";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { formatDate, formatDateTime } from "#lib/format-time.ts";
import { pageHref } from "#lib/page-href.ts";
import { buttonClass } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { FactList } from "#ui/fact-list.tsx";
import { orNotFound } from "#app/or-not-found.ts";
import { getOrganisationWithFigures } from "#app/admin/organisation-figures.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";

export const metadata: Metadata = { title: "Organisation" };

export default async function OrganisationPage({ params }: { params: Promise<{ id: string }> }) {
  const { principal } = await requireAdmin();
  const organisation = await orNotFound(getOrganisationWithFigures(principal, (await params).id));
  const { users, organisations, audit } = consolePlaces;
  const { memberships, members } = organisation;
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={[{ label: organisations.label, href: organisations.href }, { label: organisation.name }]} />
      <PageHeader
        title={organisation.name}
        help={<HelpButton id="console-people" />}
        actions={
          <Link href={pageHref(audit.href, { organisation: organisation.id })} className={buttonClass()}>
            What was done in it
          </Link>
        }
      />
      <div className="grid gap-4">
        <Card id="facts" title="Organisation">
          <FactList
            facts={[
              ["Made", formatDateTime(organisation.createdAt)],
              ["Documents", organisation.documents],
              ["Answers kept", organisation.answers],
              ["API keys that work", organisation.keys],
              ["Open invitations", organisation.invitations],
              ["Id", <code key="id" className="font-mono text-12">{organisation.id}</code>],
            ]}
          />
        </Card>
        <Card id="members" title="Members" aside={memberships.length < members ? `The first ${memberships.length} of ${members}` : undefined}>
          {memberships.length === 0 ? (
            <p className="text-14 text-muted">Nobody belongs to it.</p>
          ) : (
            <DataTable
              caption="Members"
              rows={memberships}
              keyOf={({ userId }) => userId}
              columns={[
                {
                  label: "E-mail",
                  cell: ({ userId, email }) =>
                    email === null ? (
                      <code className="font-mono text-12">{userId}</code>
                    ) : (
                      <Link href={`${users.href}/${userId}`} prefetch={false} className="touch-area break-all">{email}</Link>
                    ),
                },
                { label: "Name", cell: ({ name }) => name ?? "" },
                { label: "Role", cell: ({ role }) => role },
                { label: "Since", cell: ({ joinedAt }) => formatDate(joinedAt) },
              ]}
            />
          )}
        </Card>
      </div>
    </div>
  );
}
