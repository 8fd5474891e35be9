import type { Metadata } from "next";
import Link from "next/link";
import { getUser } from "#domains/accounts/server.ts";
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
import { requireAdmin } from "#app/admin/require-admin.ts";

export const metadata: Metadata = { title: "User" };

export default async function UserPage({ params }: { params: Promise<{ id: string }> }) {
  const { principal } = await requireAdmin();
  const user = await orNotFound(getUser(principal, (await params).id));
  const { users, organisations, audit } = consolePlaces;
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={[{ label: users.label, href: users.href }, { label: user.email }]} />
      <PageHeader
        title={user.name || user.email}
        help={<HelpButton id="console-people" />}
        actions={
          <Link href={pageHref(audit.href, { actor: user.id })} className={buttonClass()}>
            What they did
          </Link>
        }
      />
      <div className="grid gap-4">
        <Card id="facts" title="Account">
          <FactList
            facts={[
              ["E-mail", user.email],
              ["Name", user.name || "none"],
              ["Joined", formatDateTime(user.createdAt)],
              ["Last seen", formatDateTime(user.lastSeenAt)],
              ["Id", <code key="id" className="font-mono text-12">{user.id}</code>],
            ]}
          />
        </Card>
        <Card id="memberships" title="Organisations">
          {user.memberships.length === 0 ? (
            <p className="text-14 text-muted">Belongs to none.</p>
          ) : (
            <DataTable
              caption="Organisations this user belongs to"
              rows={user.memberships}
              keyOf={({ organisationId }) => organisationId}
              columns={[
                { label: "Organisation", cell: ({ organisationId, organisation }) => <Link href={`${organisations.href}/${organisationId}`} prefetch={false} className="touch-area">{organisation}</Link> },
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
