import type { Metadata } from "next";
import { headers } from "next/headers";
import { adminPasswordMaxLength, adminPasswordMinLength } from "#domains/accounts/index.ts";
import { listAdminSessions } from "#domains/accounts/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { formatDateTime } from "#lib/format-time.ts";
import { badgeClass } from "#ui/badge.ts";
import { Card } from "#ui/card.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EndSession } from "#app/admin/(console)/account/end-session.tsx";
import { PasswordForm } from "#app/admin/(console)/account/password-form.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { FactList } from "#ui/fact-list.tsx";
import { requireAdmin } from "#app/admin/require-admin.ts";
import { roleWords } from "#app/admin/role-words.ts";

const { label } = consolePlaces.account;

export const metadata: Metadata = { title: label };

export default async function AccountPage() {
  const { principal } = await requireAdmin();
  const sessions = await listAdminSessions(principal, new Request("http://page.invalid/", { headers: await headers() }));
  const { label: role, may } = roleWords[principal.role];
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="administrators" />} />
      <div className="grid gap-4">
        <Card id="who" title={principal.name}>
          <FactList facts={[["E-mail", principal.email], ["Role", `${role}. ${may}.`], ["This session ends", formatDateTime(principal.expiresAt)]]} />
        </Card>
        <Card id="password" title="Password">
          <PasswordForm email={principal.email} minLength={adminPasswordMinLength} maxLength={adminPasswordMaxLength} />
        </Card>
        <Card id="sessions" title="Where you are logged in">
          <DataTable
            caption="Your sessions, the newest first"
            rows={sessions}
            keyOf={({ id }) => id}
            columns={[
              {
                label: "Browser",
                cell: ({ userAgent, current }) => (
                  <span className="flex flex-wrap items-center gap-x-2 font-regular">
                    <span className="min-w-0 break-words">{userAgent || "not named"}</span>
                    {current && <span className={badgeClass}>this one</span>}
                  </span>
                ),
              },
              { label: "Network", cell: ({ address }) => address },
              { label: "Begun", cell: ({ createdAt }) => formatDateTime(createdAt) },
              { label: "Last used", cell: ({ lastSeenAt }) => formatDateTime(lastSeenAt) },
              { label: "", cell: ({ id, current, createdAt }) => !current && <EndSession id={id} name={`the session begun ${formatDateTime(createdAt)}`} /> },
            ]}
          />
        </Card>
      </div>
    </div>
  );
}
